package dev.lintel.setup;

import dev.lintel.bus.Bus;
import dev.lintel.face.Outcome;
import dev.lintel.messages.SettingsMessages;
import dev.lintel.messages.SetupMessages;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Answers for the configuration, one question after the other, and beside them for cameras to be found. Deploy one. */
public final class SetupVerticle extends VerticleBase {
    private final Bus bus;
    private final SettingsDesk desk;
    private final CameraDesk cameras;
    private final Runnable restart;
    private WorkerExecutor worker;
    private WorkerExecutor looker;

    /** @param restart stops the box and starts it again; returns before it does */
    public SetupVerticle(Bus bus, SettingsDesk desk, CameraDesk cameras, Runnable restart) {
        this.bus = bus;
        this.desk = desk;
        this.cameras = cameras;
        this.restart = restart;
    }

    @Override
    public Future<?> start() {
        worker = vertx.createSharedWorkerExecutor("settings", 1, 3, TimeUnit.MINUTES);
        looker = vertx.createSharedWorkerExecutor("setup-cameras", 2, 3, TimeUnit.MINUTES);
        return Future.all(List.of(
                bus.serve(SettingsMessages.READ, ask -> change(desk::read)),
                bus.serve(SettingsMessages.CHANGE, ask -> change(() -> desk.change(ask))),
                bus.serve(SettingsMessages.VERSIONS, ask -> change(desk::versions)),
                bus.serve(SettingsMessages.GO_BACK, ask -> change(() -> desk.goBack(ask))),
                bus.serve(
                        SettingsMessages.RESTART,
                        ask -> change(() -> {
                            restart.run();
                            return Outcome.done(true);
                        })),
                bus.serve(SetupMessages.FIND, ask -> look(cameras::find)),
                bus.serve(SetupMessages.STREAMS, ask -> look(() -> cameras.streams(ask))),
                bus.serve(SetupMessages.TRY, ask -> look(() -> cameras.look(ask)))));
    }

    private <T> Future<T> change(Callable<T> task) {
        return worker.executeBlocking(task, true);
    }

    private <T> Future<T> look(Callable<T> task) {
        return looker.executeBlocking(task, false);
    }

    @Override
    public Future<?> stop() {
        return Future.join(worker.close(), looker.close());
    }
}

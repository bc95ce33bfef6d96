package dev.lintel.setup;

import dev.lintel.bus.Bus;
import dev.lintel.face.Outcome;
import dev.lintel.messages.SettingsMessages;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Answers for the configuration, one question after the other. Deploy one. */
public final class SettingsVerticle extends VerticleBase {
    private final Bus bus;
    private final SettingsDesk desk;
    private final Runnable restart;
    private WorkerExecutor worker;

    /** @param restart stops the box and starts it again; returns before it does */
    public SettingsVerticle(Bus bus, SettingsDesk desk, Runnable restart) {
        this.bus = bus;
        this.desk = desk;
        this.restart = restart;
    }

    @Override
    public Future<?> start() {
        worker = vertx.createSharedWorkerExecutor("settings", 1, 3, TimeUnit.MINUTES);
        return Future.all(
                bus.serve(SettingsMessages.READ, ask -> work(desk::read)),
                bus.serve(SettingsMessages.CHANGE, ask -> work(() -> desk.change(ask))),
                bus.serve(SettingsMessages.VERSIONS, ask -> work(desk::versions)),
                bus.serve(SettingsMessages.GO_BACK, ask -> work(() -> desk.goBack(ask))),
                bus.serve(
                        SettingsMessages.RESTART,
                        ask -> work(() -> {
                            restart.run();
                            return Outcome.done(true);
                        })));
    }

    private <T> Future<T> work(Callable<T> task) {
        return worker.executeBlocking(task, true);
    }

    @Override
    public Future<?> stop() {
        return worker.close();
    }
}

package dev.lintel.camera;

import dev.lintel.bus.Bus;
import dev.lintel.bus.WorkPool;
import dev.lintel.face.Outcome;
import dev.lintel.liveness.CameraLevel;
import dev.lintel.liveness.FrameInspector;
import dev.lintel.messages.CameraMessages;
import dev.lintel.messages.EventMessages;
import dev.lintel.messages.PeopleMessages;
import dev.lintel.messages.ScreenMessages;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.tracking.VisitTracker;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Every camera of the box: follows who is before it, says how it is and what it sees. Deploy one, after the doors. */
public final class CameraVerticle extends VerticleBase {
    private final Bus bus;
    private final Cameras cameras;
    private final Function<CameraConfig, VisitTracker> trackers;
    private final FrameInspector inspector;
    private final int threads;
    private final ApplianceMetrics metrics;

    /**
     * @param trackers a new one for each camera
     * @param inspector closed by whoever opened it
     * @param threads liveness judgements made at once for all cameras
     * @param levels of the live faces at each camera, by its id
     * @param learning whether views of those who are recognised are announced
     */
    public CameraVerticle(
            Bus bus,
            List<CameraConfig> configs,
            FaceSearch search,
            Function<CameraConfig, VisitTracker> trackers,
            FrameInspector inspector,
            int threads,
            Map<String, CameraLevel> levels,
            boolean learning,
            ApplianceMetrics metrics) {
        this.bus = bus;
        this.cameras = new Cameras(bus, configs, search, levels, learning, metrics);
        this.trackers = trackers;
        this.inspector = inspector;
        this.threads = threads;
        this.metrics = metrics;
    }

    @Override
    public Future<?> start() {
        var pool = new WorkPool(vertx, "tracking", threads, metrics);
        var loop = vertx.getOrCreateContext();
        cameras.start(work -> loop.runOnContext(v -> work.run()), trackers, inspector, pool);
        bus.listen(PeopleMessages.FORGOTTEN, gone -> cameras.forget(gone.label()));
        bus.listen(ScreenMessages.WOKEN, woken -> cameras.woken(woken.door()));
        bus.listen(EventMessages.RECORDED, cameras::recorded);
        cameras.readLevels();
        vertx.setPeriodic(VisitFlow.QUIET.toMillis(), tick -> cameras.idle());
        return Future.all(
                bus.serve(CameraMessages.LIST, ask -> Future.succeededFuture(Outcome.done(cameras.states()))),
                bus.serve(CameraMessages.PICTURE, ask -> Future.fromCompletionStage(cameras.picture(ask))));
    }

    @Override
    public Future<?> stop() {
        return vertx.executeBlocking(() -> {
            cameras.close();
            return null;
        });
    }
}

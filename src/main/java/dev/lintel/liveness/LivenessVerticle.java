package dev.lintel.liveness;

import dev.lintel.bus.Bus;
import dev.lintel.bus.WorkPool;
import dev.lintel.messages.FaceMessages;
import dev.lintel.metrics.ApplianceMetrics;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Screens images on its own pool of threads. */
public final class LivenessVerticle extends VerticleBase {
    private final Bus bus;
    private final FaceScreening screening;
    private final int threads;
    private final ApplianceMetrics metrics;

    public LivenessVerticle(Bus bus, FaceScreening screening, LivenessConfig config, ApplianceMetrics metrics) {
        this.bus = bus;
        this.screening = screening;
        this.threads = config.threads();
        this.metrics = metrics;
    }

    @Override
    public Future<?> start() {
        var pool = new WorkPool(vertx, "screening", threads, metrics);
        return bus.serve(
                FaceMessages.SCREEN,
                question -> pool.run(question.deadline(), () -> screening.screen(question.image())));
    }
}

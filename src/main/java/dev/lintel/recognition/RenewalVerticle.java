package dev.lintel.recognition;

import dev.lintel.bus.Bus;
import dev.lintel.bus.Timers;
import dev.lintel.bus.WorkPool;
import dev.lintel.face.Embedding;
import dev.lintel.face.FaceCrop;
import dev.lintel.face.Outcome;
import dev.lintel.metrics.ApplianceMetrics;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.function.Function;

/** Makes templates anew in the background: with the model in use, or with a coming one on a thread of its own. */
public final class RenewalVerticle extends VerticleBase {
    private final Bus bus;
    private final String modelId;
    private final Function<List<FaceCrop>, List<Embedding>> coming;
    private final Runnable finished;
    private final ApplianceMetrics metrics;
    private volatile TemplateRenewal renewal;

    /**
     * @param modelId of the model that makes them
     * @param coming runs it; null: it is the one in use
     * @param finished told when nothing waits any more
     */
    public RenewalVerticle(
            Bus bus,
            String modelId,
            Function<List<FaceCrop>, List<Embedding>> coming,
            Runnable finished,
            ApplianceMetrics metrics) {
        this.bus = bus;
        this.modelId = modelId;
        this.coming = coming;
        this.finished = finished;
        this.metrics = metrics;
    }

    /** What it has done and has still to do; null before it is deployed. */
    public TemplateRenewal renewal() {
        return renewal;
    }

    @Override
    public Future<?> start() {
        renewal = new TemplateRenewal(bus, modelId, model(), finished, System::nanoTime);
        metrics.renewal(renewal::waiting);
        renewal.begin(Timers.of(vertx));
        return Future.succeededFuture();
    }

    private TemplateRenewal.Model model() {
        if (coming == null) {
            return new VectorSearch(bus)::embed;
        }
        var pool = new WorkPool(vertx, "renewal", 1, metrics);
        return (crops, deadline) -> pool.run(deadline, () -> Outcome.done(coming.apply(crops)));
    }
}

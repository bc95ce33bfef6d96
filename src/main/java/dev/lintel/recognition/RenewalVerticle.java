package dev.lintel.recognition;

import dev.lintel.bus.Bus;
import dev.lintel.bus.Timers;
import dev.lintel.bus.WorkPool;
import dev.lintel.face.Embedding;
import dev.lintel.face.FaceCrop;
import dev.lintel.face.Outcome;
import dev.lintel.messages.EventMessages;
import dev.lintel.messages.PeopleMessages;
import dev.lintel.messages.RenewalMessages;
import dev.lintel.metrics.ApplianceMetrics;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/** Makes templates anew in the background: with the model in use, or with a coming one on a thread of its own. */
public final class RenewalVerticle extends VerticleBase {
    private static final Duration TIDY = Duration.ofMinutes(1);

    private final Bus bus;
    private final String modelId;
    private final Function<List<FaceCrop>, List<Embedding>> coming;
    private final boolean fromVisits;
    private final Runnable finished;
    private final ApplianceMetrics metrics;
    private volatile TemplateRenewal renewal;

    /**
     * @param modelId of the model that makes them
     * @param coming runs it; null: it is the one in use
     * @param fromVisits whether visits give it templates
     * @param finished told when nothing and nobody is waited for any more
     */
    public RenewalVerticle(
            Bus bus,
            String modelId,
            Function<List<FaceCrop>, List<Embedding>> coming,
            boolean fromVisits,
            Runnable finished,
            ApplianceMetrics metrics) {
        this.bus = bus;
        this.modelId = modelId;
        this.coming = coming;
        this.fromVisits = fromVisits;
        this.finished = finished;
        this.metrics = metrics;
    }

    /** What it has done and has still to do; null before it is deployed. */
    public TemplateRenewal renewal() {
        return renewal;
    }

    @Override
    public Future<?> start() {
        TemplateRenewal.Model model = model();
        renewal = new TemplateRenewal(bus, modelId, model, fromVisits, finished, System::nanoTime);
        metrics.renewal(renewal::waiting);
        renewal.begin(Timers.of(vertx));
        return fromVisits ? learn(model) : Future.succeededFuture();
    }

    private Future<?> learn(TemplateRenewal.Model model) {
        VisitLessons lessons = new VisitLessons(bus, model, InstantSource.system());
        bus.listen(RenewalMessages.SEEN, lessons::seen);
        bus.listen(EventMessages.RECORDED, recorded -> lessons.recorded(recorded.event()));
        bus.listen(PeopleMessages.FORGOTTEN, gone -> lessons.forget(gone.label()));
        vertx.setPeriodic(TIDY.toMillis(), tick -> lessons.tidy());
        return bus.serve(RenewalMessages.CONFIRM, lessons::confirm);
    }

    private TemplateRenewal.Model model() {
        if (coming == null) {
            return new VectorSearch(bus)::embed;
        }
        var pool = new WorkPool(vertx, "renewal", 1, metrics);
        return (crops, deadline) -> pool.run(deadline, () -> Outcome.done(coming.apply(crops)));
    }
}

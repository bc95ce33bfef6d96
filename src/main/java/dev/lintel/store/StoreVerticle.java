package dev.lintel.store;

import dev.lintel.bus.Bus;
import dev.lintel.metrics.ApplianceMetrics;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.function.BooleanSupplier;

/** Answers every question about people, events, attendance and deliveries. Whoever opened the store closes it. */
public final class StoreVerticle extends VerticleBase {
    private final Bus bus;
    private final FaceStore store;
    private final ApplianceMetrics metrics;
    private final BooleanSupplier clock;

    /** @param clock whether the machine's clock is believed: nothing is removed by its age before */
    public StoreVerticle(Bus bus, FaceStore store, ApplianceMetrics metrics, BooleanSupplier clock) {
        this.bus = bus;
        this.store = store;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        metrics.gallery(store.people()::count, store.people()::templates);
        StoreAnswers answers = new StoreAnswers(bus, store, metrics);
        new Upkeep(store, metrics, answers::endConsents, clock).begin(vertx);
        return answers.serve();
    }
}

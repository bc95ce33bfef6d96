package dev.lintel.embedding;

import dev.lintel.bus.Bus;
import dev.lintel.bus.WorkPool;
import dev.lintel.face.Outcome;
import dev.lintel.messages.FaceMessages;
import dev.lintel.messages.FaceMessages.EmbeddedFaces;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.metrics.ApplianceMetrics.Stage;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Embeds faces on its own pool of threads. */
public final class EmbeddingVerticle extends VerticleBase {
    private final Bus bus;
    private final FaceEmbedder embedder;
    private final int threads;
    private final ApplianceMetrics metrics;

    public EmbeddingVerticle(Bus bus, FaceEmbedder embedder, EmbeddingConfig config, ApplianceMetrics metrics) {
        this.bus = bus;
        this.embedder = embedder;
        this.threads = config.threads();
        this.metrics = metrics;
    }

    @Override
    public Future<?> start() {
        var pool = new WorkPool(vertx, "embedding", threads, metrics);
        return bus.serve(
                FaceMessages.EMBED,
                question -> pool.run(
                        question.deadline(),
                        () -> Outcome.done(new EmbeddedFaces(
                                metrics.timed(Stage.EMBED, () -> embedder.embed(question.crops()))))));
    }
}

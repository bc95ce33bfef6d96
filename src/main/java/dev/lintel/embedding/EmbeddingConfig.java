package dev.lintel.embedding;

import java.nio.file.Path;

/**
 * How faces become vectors.
 *
 * @param model directory of the embedding model pack
 * @param threads how many batches run at once, 1..64; each is computed by one core
 */
public record EmbeddingConfig(Path model, Integer threads) {

    public EmbeddingConfig {
        model = model == null ? Path.of("models/lintel-embed") : model;
        threads = threads == null ? Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors())) : threads;
        if (threads < 1 || threads > 64) {
            throw new IllegalArgumentException("threads: must be 1..64, was " + threads);
        }
    }

    public static EmbeddingConfig defaults() {
        return new EmbeddingConfig(null, null);
    }
}

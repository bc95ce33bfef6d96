package dev.lintel.embedding;

import dev.lintel.settings.Checks;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How faces become vectors.
 *
 * @param model directory of the embedding model pack
 * @param former directory of the pack that was configured before: it serves until this one has made the templates of all pictures that
 *     are kept; empty: this one serves at once
 * @param fromVisits whether, while the former one serves, visits that are confirmed give the next one the templates that it lacks
 * @param threads how many batches run at once, 1..64; each is computed by one core, or by all while nothing else is (TensorFlow Lite)
 */
public record EmbeddingConfig(Path model, Optional<Path> former, boolean fromVisits, int threads) {
    /** The same with another pack alone. */
    public EmbeddingConfig withModel(Path other) {
        return new EmbeddingConfig(other, Optional.empty(), fromVisits, threads);
    }

    public EmbeddingConfig {
        new Checks().range("threads", threads, 1, 64).done();
    }
}

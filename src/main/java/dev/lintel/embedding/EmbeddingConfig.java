package dev.lintel.embedding;

import dev.lintel.settings.Checks;
import java.nio.file.Path;

/**
 * How faces become vectors.
 *
 * @param model directory of the embedding model pack
 * @param threads how many batches run at once, 1..64; each is computed by one core
 */
public record EmbeddingConfig(Path model, int threads) {

    public EmbeddingConfig {
        new Checks().range("threads", threads, 1, 64).done();
    }
}

package dev.lintel;

import dev.lintel.config.LintelConfig;
import dev.lintel.embedding.EmbeddingConfig;
import dev.lintel.inference.Engine;
import dev.lintel.inference.ModelManifest.Task;
import dev.lintel.inference.ModelPack;
import dev.lintel.store.FaceStore;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which embedder runs after a change of it: the configured one; but while it can still make templates of pictures of which the former
 * one has made some, and that one is named too, the former one; where visits give templates, also while people are missing.
 *
 * @param serving what runs
 * @param coming the pack that is to take over, if another one runs
 */
record Succession(EmbeddingConfig serving, Optional<ModelPack> coming) {

    /** Whether visits give the coming embedder templates. */
    boolean fromVisits() {
        return coming.isPresent() && serving.fromVisits();
    }

    /** Reads the packs and the database, which nobody may have open for writing. */
    static Succession of(LintelConfig config) {
        EmbeddingConfig embedding = config.embedding();
        Optional<Path> former = embedding.former();
        if (former.isEmpty()) {
            return new Succession(embedding, Optional.empty());
        }
        ModelPack next = pack(embedding.model(), config);
        String nextId = next.manifest().id();
        String formerId = pack(former.get(), config).manifest().id();
        return nextId.equals(formerId)
                        || FaceStore.waiting(config.store(), formerId, nextId, embedding.fromVisits()) == 0
                ? new Succession(embedding, Optional.empty())
                : new Succession(embedding.withModel(former.get()), Optional.of(next));
    }

    private static ModelPack pack(Path directory, LintelConfig config) {
        Engine engine = config.inference().engine();
        return ModelPack.load(directory, engine, Task.EMBEDDING);
    }
}

package dev.lintel.store.people;

import dev.lintel.face.Embedding;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.store.sqlite.StoreException;
import dev.lintel.store.sqlite.StoreFiles;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Supplier;

/** What may be compared and added: faces of the model in use, and only while the disk has room. Thread-safe. */
public final class Intake {
    private final String modelId;
    private final Gallery gallery;
    private final StoreFiles files;
    private final long minFreeBytes;

    public Intake(String modelId, Gallery gallery, StoreFiles files, long minFreeBytes) {
        this.modelId = modelId;
        this.gallery = gallery;
        this.files = files;
        this.minFreeBytes = minFreeBytes;
    }

    /** The embedding model in use. */
    public String modelId() {
        return modelId;
    }

    /** Whether enough of the disk is free. */
    public boolean hasRoom() {
        return files.freeBytes() >= minFreeBytes;
    }

    /** Does the work if these can be added; fails if there is no room for them. */
    public <T> Future<Outcome<T>> adding(List<Embedding> faces, Supplier<Future<Outcome<T>>> work) {
        if (!comparable(faces)) {
            return Future.succeededFuture(
                    faces.stream().allMatch(face -> face.modelId().equals(modelId))
                            ? otherLength(faces)
                            : otherModel());
        }
        return hasRoom()
                ? work.get()
                : Future.failedFuture(new StoreException("the disk is almost full (" + (files.freeBytes() >> 20)
                        + " MiB free, " + (minFreeBytes >> 20)
                        + " needed), nothing was stored: free some space and try again"));
    }

    public boolean comparable(List<Embedding> faces) {
        return faces.stream()
                .allMatch(face -> face.modelId().equals(modelId)
                        && gallery.accepts(face.dimension())
                        && face.dimension() == faces.get(0).dimension());
    }

    /** Of vectors that go under the name of the model in use, and are not its own. */
    <T> Outcome<T> otherLength(List<Embedding> faces) {
        int own = gallery.dimension() == 0 ? faces.get(0).dimension() : gallery.dimension();
        int found = faces.stream()
                .mapToInt(Embedding::dimension)
                .filter(length -> length != own)
                .findFirst()
                .orElse(own);
        return Outcome.refused(
                Refusal.Code.MODEL_MISMATCH,
                "the vectors have " + found + " numbers, those of the model in use, " + modelId + ", have " + own
                        + ": run the model that made these, or enrol from photos");
    }

    public <T> Outcome<T> otherModel() {
        return Outcome.refused(
                Refusal.Code.MODEL_MISMATCH,
                "only faces embedded by the model in use, " + modelId
                        + ", can be compared: run the model that made these, or enrol from photos");
    }
}

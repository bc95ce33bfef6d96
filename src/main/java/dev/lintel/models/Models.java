package dev.lintel.models;

import dev.lintel.embedding.FaceEmbedder;
import dev.lintel.face.Calibration;
import dev.lintel.inference.ModelManifest;
import dev.lintel.inference.ModelManifest.Task;
import dev.lintel.liveness.LivenessChecks;
import dev.lintel.vision.FaceReader;
import java.util.List;

/**
 * Every network of the box, loaded and run once. Thread-safe. Owns the native memory.
 *
 * @param manifests of the packs that they came from, in the order of {@link ModelSet#tasks}
 */
public record Models(FaceReader reader, LivenessChecks checks, FaceEmbedder embedder, List<ModelManifest> manifests)
        implements AutoCloseable {

    /** The embedder's, as its pack has it. */
    public Calibration calibration() {
        return manifests.stream()
                .filter(manifest -> manifest.task() == Task.EMBEDDING)
                .findFirst()
                .orElseThrow()
                .calibration()
                .toCalibration();
    }

    @Override
    public void close() {
        embedder.close();
        checks.close();
        reader.close();
    }
}

package dev.lintel;

import dev.lintel.config.LintelConfig;
import dev.lintel.embedding.FaceEmbedder;
import dev.lintel.face.Calibration;
import dev.lintel.gateway.Component;
import dev.lintel.gateway.VersionInfo;
import dev.lintel.inference.ModelManifest;
import dev.lintel.inference.ModelManifest.Task;
import dev.lintel.inference.ModelPack;
import dev.lintel.liveness.FaceScreening;
import dev.lintel.liveness.FrameInspector;
import dev.lintel.liveness.LivenessChecks;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.vision.FaceReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Every network of the box, verified, loaded and run once. Owns the native memory. */
record Models(
        FaceReader reader,
        FaceScreening screening,
        FrameInspector inspector,
        FaceEmbedder embedder,
        Calibration calibration,
        List<ModelManifest> packs,
        Closing opened)
        implements AutoCloseable {

    static Models open(LintelConfig config, ApplianceMetrics metrics) {
        Closing opened = new Closing();
        try {
            ModelPack faces = ModelPack.load(config.embedding().model(), Task.EMBEDDING);
            List<ModelManifest> packs = new ArrayList<>();
            packs.add(manifest(config.vision().model(), Task.DETECTION));
            packs.add(faces.manifest());
            config.liveness().network().ifPresent(pack -> packs.add(manifest(pack, Task.LIVENESS)));
            FaceReader reader = opened.later("detector", FaceReader.open(config.vision(), metrics));
            LivenessChecks checks = opened.later("liveness checks", LivenessChecks.open(config.liveness(), metrics));
            ModelManifest manifest = faces.manifest();
            FaceEmbedder embedder = opened.later(
                    "embedder",
                    new FaceEmbedder(
                            faces.open(1),
                            manifest.id(),
                            manifest.output().names().get(0),
                            manifest.output().dimension()));
            metrics.model(
                    "embedding",
                    manifest.id(),
                    manifest.version(),
                    manifest.runtime().toString());
            return new Models(
                    reader,
                    new FaceScreening(reader, checks.onImages(), metrics),
                    new FrameInspector(checks.onFrames(), metrics),
                    embedder,
                    manifest.calibration().toCalibration(),
                    packs,
                    opened);
        } catch (RuntimeException | Error e) {
            opened.now();
            throw e;
        }
    }

    private static ModelManifest manifest(Path directory, Task task) {
        return ModelPack.load(directory, task).manifest();
    }

    /** For the readiness report: a model that did not load would have kept the box from starting. */
    List<Component> components() {
        return packs.stream()
                .map(pack -> new Component(
                        task(pack),
                        true,
                        pack.id() + " " + pack.version() + " on " + pack.runtime() + ", loaded and warm"))
                .toList();
    }

    List<VersionInfo.Model> versions() {
        return packs.stream()
                .map(pack -> new VersionInfo.Model(
                        task(pack), pack.id(), pack.version(), pack.runtime().toString()))
                .toList();
    }

    private static String task(ModelManifest pack) {
        return pack.task().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        opened.now();
    }
}

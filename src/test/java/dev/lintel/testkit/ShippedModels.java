package dev.lintel.testkit;

import dev.lintel.inference.Engine;
import dev.lintel.inference.ModelManifest.Task;
import dev.lintel.inference.ModelPack;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.vision.FaceReader;
import dev.lintel.vision.VisionConfig;

/** The repository's own networks. */
public final class ShippedModels {
    private ShippedModels() {}

    /** Detector and landmarks; whoever opens it closes it. */
    public static FaceReader reader() {
        VisionConfig vision = Configs.of(VisionConfig.class);
        return FaceReader.open(
                ModelPack.load(vision.model(), Engine.TENSORFLOW, Task.DETECTION),
                ModelPack.load(vision.landmarks(), Engine.TENSORFLOW, Task.LANDMARKS),
                vision,
                ApplianceMetrics.unpublished());
    }
}

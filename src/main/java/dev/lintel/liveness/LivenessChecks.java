package dev.lintel.liveness;

import dev.lintel.inference.ModelManifest;
import dev.lintel.inference.ModelPack;
import dev.lintel.metrics.ApplianceMetrics;
import java.util.ArrayList;
import java.util.List;

/** The checks that the configuration asks for. */
public final class LivenessChecks {
  private LivenessChecks() {}

  /**
   * Opens them, cheapest first. Whoever receives them closes them.
   *
   * @throws dev.lintel.inference.ModelException if the network that the configuration names cannot be used
   */
  public static List<LivenessCheck> open(LivenessConfig config, ApplianceMetrics metrics) {
    List<LivenessCheck> checks = new ArrayList<>();
    if (config.maxSaturation() < 1) {
      checks.add(new SaturationCheck(config.maxSaturation()));
    }
    if (config.minSharpness() > 0) {
      checks.add(new SharpnessCheck(config.minSharpness()));
    }
    if (config.network().isPresent()) {
      ModelPack pack = ModelPack.load(config.network().get(), ModelManifest.Task.LIVENESS);
      ModelManifest manifest = pack.manifest();
      ModelManifest.Output output = manifest.output();
      double threshold = config.modelThreshold() != null ? config.modelThreshold() : manifest.threshold();
      double overFrames = config.sequence().modelThreshold() != null ? config.sequence().modelThreshold()
          : manifest.sequenceThreshold() != null ? manifest.sequenceThreshold() : threshold;
      checks.add(new NetworkCheck(
          pack.open(1),
          new NetworkCheck.LiveOutput(output.names().get(0), output.liveIndex(), output.activation().equals("softmax")),
          threshold, overFrames, config.modelOnImages()));
      metrics.model("liveness", manifest.id(), manifest.version(), manifest.runtime().toString());
    }
    return checks;
  }
}

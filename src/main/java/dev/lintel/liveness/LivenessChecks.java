package dev.lintel.liveness;

import dev.lintel.inference.ModelManifest;
import dev.lintel.inference.ModelPack;
import dev.lintel.inference.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The checks that the configuration asks for, cheapest first. Owns the network that some of them share. */
public final class LivenessChecks implements AutoCloseable {
    private final List<LivenessCheck> onImages = new ArrayList<>();
    private final List<LivenessCheck> onFrames = new ArrayList<>();
    private final Optional<Network> network;
    private Optional<CameraLevel.Rule> levelRule = Optional.empty();

    private LivenessChecks(LivenessConfig config, Optional<ModelPack> pack) {
        if (config.maxSaturation() < 1) {
            everywhere(new SaturationCheck(config.maxSaturation()));
        }
        if (config.minSharpness() > 0) {
            everywhere(new SharpnessCheck(config.minSharpness()));
        }
        network = pack.map(p -> open(p, config));
    }

    /**
     * @param pack of the network; empty for the checks without one
     * @throws dev.lintel.inference.ModelException if the network cannot be used
     */
    public static LivenessChecks open(LivenessConfig config, Optional<ModelPack> pack) {
        return new LivenessChecks(config, pack);
    }

    private void everywhere(LivenessCheck check) {
        onImages.add(check);
        onFrames.add(check);
    }

    private Network open(ModelPack pack, LivenessConfig config) {
        ModelManifest manifest = pack.manifest();
        ModelManifest.Output output = manifest.output();
        NetworkCheck.LiveOutput live = new NetworkCheck.LiveOutput(
                output.names().get(0), output.liveIndex(), output.activation().equals("softmax"));
        double onImage = config.modelThreshold().orElse(manifest.threshold());
        double overVisit = config.sequence()
                .modelThreshold()
                .orElse(manifest.sequenceThreshold() == null ? onImage : manifest.sequenceThreshold());
        Network opened = pack.open();
        if (config.modelOnImages()) {
            onImages.add(new NetworkCheck(opened, live, onImage));
        }
        onFrames.add(new NetworkCheck(opened, live, overVisit));
        levelRule = Optional.ofNullable(manifest.cameraLimit())
                .map(limit -> new CameraLevel.Rule(
                        manifest.id(), overVisit, limit.margin(), limit.least(), limit.leastAsked(), limit.most()));
        return opened;
    }

    /** What a single image that was sent over HTTP must pass. */
    public List<LivenessCheck> onImages() {
        return List.copyOf(onImages);
    }

    /** What each frame of a visit is held against; the network's limit is the one for its mean. */
    public List<LivenessCheck> onFrames() {
        return List.copyOf(onFrames);
    }

    /** How the network's limit over a visit follows from the level of a camera; empty without a network that says so. */
    public Optional<CameraLevel.Rule> levelRule() {
        return levelRule;
    }

    @Override
    public void close() {
        network.ifPresent(Network::close);
    }
}

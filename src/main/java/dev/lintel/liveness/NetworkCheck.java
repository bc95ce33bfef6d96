package dev.lintel.liveness;

import dev.lintel.face.Liveness;
import dev.lintel.inference.Network;
import dev.lintel.vision.SeenFace;
import java.nio.ByteBuffer;

/**
 * A network that looks at the face and a margin around it, where screens and prints show their edges and
 * their moire. Its network belongs to whoever opened it.
 */
final class NetworkCheck implements LivenessCheck {
    static final String NAME = "network";

    private final Network network;
    private final LiveOutput output;
    private final double threshold;

    /**
     * @param output how to read the probability of "live" from the network's output
     * @param threshold smallest probability of a live face, 0..1
     */
    NetworkCheck(Network network, LiveOutput output, double threshold) {
        this.network = network;
        this.output = output;
        this.threshold = threshold;
    }

    /**
     * Where the network says "live".
     *
     * @param name of the output
     * @param liveIndex which of its values belongs to "live"
     * @param softmax whether the values are logits of exclusive classes
     */
    record LiveOutput(String name, int liveIndex, boolean softmax) {
        double probability(float[] values) {
            if (!softmax) {
                return values[liveIndex];
            }
            double sum = 0;
            for (float v : values) {
                sum += Math.exp(v - values[liveIndex]);
            }
            return 1 / sum;
        }
    }

    @Override
    public Liveness.Check check(SeenFace face) {
        int side = face.surroundings().side();
        ByteBuffer pixels = ByteBuffer.allocateDirect(side * side * 3)
                .put(face.surroundings().rgb())
                .flip();
        double live = output.probability(network.run(pixels, 1, side, side).get(output.name()));
        return new Liveness.Check(NAME, live, threshold, live >= threshold);
    }
}

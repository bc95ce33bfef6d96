package dev.lintel.liveness;

import dev.lintel.face.Liveness;
import dev.lintel.vision.SeenFace;

/**
 * One way to tell a live face from a photo or a screen. Implementations are thread-safe. A check that cannot
 * judge says so by not passing: "not proven live", never "live".
 */
@FunctionalInterface
public interface LivenessCheck {

    Liveness.Check check(SeenFace face);
}

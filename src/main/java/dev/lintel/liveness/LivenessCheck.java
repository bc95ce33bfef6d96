package dev.lintel.liveness;

import dev.lintel.face.Liveness;
import dev.lintel.vision.SeenFace;

/**
 * One way to tell a live face from a photo or a screen. Implementations are thread-safe. A check that cannot
 * judge says so by not passing: "not proven live", never "live".
 */
public interface LivenessCheck extends AutoCloseable {

  Liveness.Check check(SeenFace face);

  /** The same check as it is held against the frames of a visit; shares what it holds with this one, which is closed. */
  default LivenessCheck overFrames() {
    return this;
  }

  /** Whether it also judges a single image that was sent over HTTP; otherwise only what a camera sees. */
  default boolean onImages() {
    return true;
  }

  /** Frees what the check holds; most hold nothing. */
  @Override
  default void close() {}
}

package dev.lintel.demo;

import dev.lintel.camera.CameraConfig;
import dev.lintel.camera.MjpegServer;
import dev.lintel.testkit.WalkUp;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** The clips that the demo plays, and the server that plays them. */
final class Clip {
  private static final double FPS = 15;

  private Clip() {}

  /** The walk-up clip, then an empty corridor for so long that the next round is another visit. */
  static Path walkUp(Path folder, String face, boolean attack, double emptySeconds) throws IOException {
    WalkUp clip = new WalkUp(ImageIO.read(Path.of("src/test/resources/faces/" + face).toFile()), attack, FPS);
    Files.createDirectories(folder);
    int frames = clip.frames();
    for (int i = 0; i < frames + (int) (emptySeconds * FPS); i++) {
      write(clip, i < frames ? i : i % 8, folder, i);
    }
    return folder;
  }

  /** An empty corridor with the noise of a sensor. */
  static Path empty(Path folder) throws IOException {
    WalkUp clip = new WalkUp(ImageIO.read(Path.of("src/test/resources/faces/10-a.jpg").toFile()), false, FPS);
    Files.createDirectories(folder);
    for (int i = 0; i < 8; i++) {
      write(clip, i, folder, i);
    }
    return folder;
  }

  private static void write(WalkUp clip, int frame, Path folder, int number) throws IOException {
    try (OutputStream out = Files.newOutputStream(folder.resolve(String.format("%05d.jpg", number)))) {
      WalkUp.write(clip.frame(frame), out);
    }
  }

  /** Plays a folder or a video file over and over on a free port of the loopback address. */
  static MjpegServer play(Path clip) throws IOException {
    return new MjpegServer(
        new CameraConfig("play", null, null, clip.toAbsolutePath().toString(), true, null, null, (int) FPS, null, null, null, null,
            null, null, null, null, null), 0);
  }
}

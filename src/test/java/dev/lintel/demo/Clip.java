package dev.lintel.demo;

import dev.lintel.camera.MjpegServer;
import dev.lintel.testkit.Configs;
import dev.lintel.testkit.WalkUp;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.Java2DFrameConverter;

/** The clips that the demo plays, and the server that plays them. */
final class Clip {
    static final double FPS = 15;

    private Clip() {}

    /** The walk-up clip, then an empty corridor for so long that the next round is another visit. */
    static Path walkUp(Path folder, String face, boolean attack, double emptySeconds) throws IOException {
        WalkUp clip = new WalkUp(
                ImageIO.read(Path.of("src/test/resources/faces/" + face).toFile()), attack, FPS);
        Files.createDirectories(folder);
        int frames = clip.frames();
        for (int i = 0; i < frames + (int) (emptySeconds * FPS); i++) {
            write(clip, i < frames ? i : i % 8, folder, i);
        }
        return folder;
    }

    /**
     * Twelve frames of a still picture of one person, as a photo is held up; at once six frames of another person, live, in the
     * same place; then an empty corridor.
     */
    static Path swap(Path folder, String photo, String stranger, double emptySeconds) throws IOException {
        WalkUp still = new WalkUp(
                ImageIO.read(Path.of("src/test/resources/faces/" + photo).toFile()), false, FPS);
        WalkUp live = new WalkUp(
                ImageIO.read(Path.of("src/test/resources/faces/" + stranger).toFile()), false, FPS);
        Files.createDirectories(folder);
        // They stand still before the camera by then.
        int near = (int) (0.7 * still.frames());
        for (int i = 0; i < 18 + (int) (emptySeconds * FPS); i++) {
            if (i < 12) {
                write(still, near, folder, i);
            } else if (i < 18) {
                write(live, near + i - 12, folder, i);
            } else {
                write(still, i % 8, folder, i);
            }
        }
        return folder;
    }

    /** The same clip without colour. */
    static Path grey(Path folder) throws IOException {
        for (Path file : frames(folder)) {
            BufferedImage colour = ImageIO.read(file.toFile());
            BufferedImage grey = new BufferedImage(colour.getWidth(), colour.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
            grey.getGraphics().drawImage(colour, 0, 0, null);
            BufferedImage three =
                    new BufferedImage(colour.getWidth(), colour.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
            three.getGraphics().drawImage(grey, 0, 0, null);
            try (OutputStream out = Files.newOutputStream(file)) {
                WalkUp.write(three, out);
            }
        }
        return folder;
    }

    /** An empty corridor with the noise of a sensor. */
    static Path empty(Path folder) throws IOException {
        WalkUp clip = new WalkUp(
                ImageIO.read(Path.of("src/test/resources/faces/10-a.jpg").toFile()), false, FPS);
        Files.createDirectories(folder);
        for (int i = 0; i < 8; i++) {
            write(clip, i, folder, i);
        }
        return folder;
    }

    /** A film, then for so many seconds nothing but its noise over grey, so that the next round is another visit. */
    static Path film(Path folder, Path video, double emptySeconds) throws IOException {
        Files.createDirectories(folder);
        int number = 0;
        BufferedImage last = null;
        avutil.av_log_set_level(avutil.AV_LOG_QUIET);
        try (FFmpegFrameGrabber film = new FFmpegFrameGrabber(video.toFile());
                Java2DFrameConverter images = new Java2DFrameConverter()) {
            film.start();
            for (Frame frame = film.grabImage(); frame != null; frame = film.grabImage()) {
                while (film.getTimestamp() * FPS / 1e6
                        >= number) { // more than once where the film has fewer frames a second
                    last = images.getBufferedImage(frame);
                    save(last, folder, number++);
                }
            }
        }
        if (last == null) {
            throw new IOException(video + ": no video in it");
        }
        Random noise = new Random(1);
        BufferedImage empty = new BufferedImage(last.getWidth(), last.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        for (int i = 0; i < emptySeconds * FPS; i++) {
            byte[] pixels = ((DataBufferByte) empty.getRaster().getDataBuffer()).getData();
            for (int k = 0; k < pixels.length; k++) {
                pixels[k] = (byte) (112 + noise.nextInt(4));
            }
            save(empty, folder, number++);
        }
        return folder;
    }

    static List<Path> frames(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static void save(BufferedImage image, Path folder, int number) throws IOException {
        try (OutputStream out = Files.newOutputStream(folder.resolve(String.format("%05d.jpg", number)))) {
            WalkUp.write(image, out);
        }
    }

    private static void write(WalkUp clip, int frame, Path folder, int number) throws IOException {
        save(clip.frame(frame), folder, number);
    }

    /** Plays a folder or a video file over and over on a free port of the loopback address. */
    static MjpegServer play(Path clip) throws IOException {
        return new MjpegServer(Configs.camera("play", clip.toAbsolutePath().toString(), "fps: " + (int) FPS), 0);
    }
}

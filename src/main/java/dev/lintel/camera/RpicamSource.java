package dev.lintel.camera;

import dev.lintel.face.EncodedImage;
import dev.lintel.vision.FrameView;
import dev.lintel.vision.StillDecoder;
import dev.lintel.vision.VideoFrame;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A Raspberry Pi's own camera. Its device gives raw sensor data that only libcamera makes pictures of, so {@code rpicam-vid}
 * runs as a child and sends them as JPEGs. Confined to one thread.
 */
final class RpicamSource implements FrameSource {
    /** The second is its name before Debian 12. */
    private static final List<String> PROGRAMS = List.of("rpicam-vid", "libcamera-vid");

    /** Exposure and white balance settle before the first picture. */
    private static final Duration START = Duration.ofSeconds(10);

    /** Unless the camera is given another size. The program's own is 640x480, which some sensors cut out of their middle. */
    private static final int WIDTH = 1280;

    private static final int HEIGHT = 720;

    /** Of the JPEGs, 1..100. The program's own, 50, blurs small faces. */
    private static final int QUALITY = 85;

    private final CameraConfig camera;
    private final FrameView view;
    private final List<String> programs;
    private final Duration start;
    private final StillDecoder decoder;
    private JpegProcess process;
    private Captured first;

    RpicamSource(CameraConfig camera, FrameView view) {
        this(camera, view, PROGRAMS, START);
    }

    /**
     * @param programs tried in this order
     * @param start how long the first picture may take
     */
    RpicamSource(CameraConfig camera, FrameView view, List<String> programs, Duration start) {
        this.camera = camera;
        this.decoder = new StillDecoder(camera.maxPixels());
        this.view = view;
        this.programs = programs;
        this.start = start;
    }

    @Override
    public void open() throws SourceException {
        process = run();
        first = await(start);
    }

    private JpegProcess run() throws SourceException {
        for (String program : programs) {
            try {
                return new JpegProcess(command(program));
            } catch (IOException e) {
                // not installed, or not under this name
            }
        }
        throw new SourceException(
                programs.get(0) + " cannot be started: install rpicam-apps (sudo apt install rpicam-apps); then"
                        + " rpicam-hello --list-cameras must show the camera");
    }

    private List<String> command(String program) {
        int width = camera.width().orElse(WIDTH);
        int height = camera.height().orElse(HEIGHT);
        return List.of(
                program,
                "--camera",
                text(camera.address().number()),
                "--timeout",
                "0",
                "--nopreview",
                "--codec",
                "mjpeg",
                "--quality",
                text(QUALITY),
                "--width",
                text(width),
                "--height",
                text(height),
                "--framerate",
                text(camera.fps()),
                "--flush",
                "--output",
                "-");
    }

    private static String text(int number) {
        return Integer.toString(number);
    }

    @Override
    public Optional<Captured> next() throws SourceException {
        Captured next = first == null ? await(camera.staleAfter()) : first;
        first = null;
        return Optional.of(next);
    }

    private Captured await(Duration patience) throws SourceException {
        long until = System.nanoTime() + patience.toNanos();
        boolean damaged = false;
        try {
            for (long rest = patience.toNanos(); rest > 0; rest = until - System.nanoTime()) {
                byte[] jpeg = process.next(Duration.ofNanos(rest));
                if (jpeg != null) {
                    Optional<VideoFrame> frame = decode(jpeg);
                    if (frame.isPresent()) {
                        return new Captured(frame.get(), -1);
                    }
                    damaged = true;
                } else if (process.ended()) {
                    throw new SourceException(process.end() + ". Does rpicam-hello --list-cameras show camera "
                            + camera.address().number() + ", and does no other program use it?");
                }
            }
        } catch (InterruptedException e) {
            // The watch or the end of the feed: this source is closed next, and what follows it may wait undisturbed.
        }
        throw new SourceException(
                process.name() + (damaged ? " sends only pictures that are damaged" : " sends no pictures")
                        + ": check the cable of the camera, and the power supply");
    }

    private Optional<VideoFrame> decode(byte[] jpeg) {
        try {
            return Optional.of(decoder.decode(new EncodedImage(jpeg), view));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
            process = null;
        }
    }
}

package dev.lintel.testkit;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import javax.imageio.ImageIO;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;

/** Small videos for tests, made on the spot. */
public final class Clips {
    public static final int WIDTH = 640;
    public static final int HEIGHT = 480;
    public static final int FPS = 25;

    private Clips() {}

    /** An AVI with the frames as {@code painter} paints them onto a noisy wall. */
    public static Path record(Path file, int frames, BiConsumer<Graphics2D, Integer> painter) throws IOException {
        avutil.av_log_set_level(avutil.AV_LOG_QUIET);
        Random random = new Random(1);
        try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toFile(), WIDTH, HEIGHT, 0)) {
            recorder.setFormat("avi");
            recorder.setVideoCodec(avcodec.AV_CODEC_ID_MJPEG);
            recorder.setPixelFormat(avutil.AV_PIX_FMT_YUVJ420P);
            recorder.setFrameRate(FPS);
            recorder.setVideoQuality(3);
            recorder.start();
            try (Frame frame = new Frame(WIDTH, HEIGHT, Frame.DEPTH_UBYTE, 3)) {
                for (int i = 0; i < frames; i++) {
                    BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
                    byte[] pixels = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
                    for (int p = 0; p < pixels.length; p++) {
                        pixels[p] = (byte) (118 + random.nextInt(6));
                    }
                    Graphics2D g = picture.createGraphics();
                    painter.accept(g, i);
                    g.dispose();
                    ByteBuffer target = (ByteBuffer) frame.image[0];
                    for (int y = 0; y < HEIGHT; y++) {
                        target.position(y * frame.imageStride).put(pixels, y * 3 * WIDTH, 3 * WIDTH);
                    }
                    target.clear();
                    recorder.record(frame);
                }
            }
            recorder.stop();
        }
        return file;
    }

    /**
     * A square that moves, as H.264 in which only the first picture is a key frame.
     *
     * @param file where it may be written
     * @return each picture as its NAL units
     */
    public static List<List<byte[]>> h264(Path file, int frames) throws IOException {
        return h264(file, frames, 320, 240);
    }

    /** The same of another size, in pixels. */
    public static List<List<byte[]>> h264(Path file, int frames, int width, int height) throws IOException {
        avutil.av_log_set_level(avutil.AV_LOG_QUIET);
        try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toFile(), width, height, 0)) {
            recorder.setFormat("h264");
            recorder.setVideoCodec(avcodec.AV_CODEC_ID_H264);
            recorder.setPixelFormat(avutil.AV_PIX_FMT_YUV420P);
            recorder.setFrameRate(FPS);
            recorder.setGopSize(frames);
            recorder.setVideoBitrate(300_000);
            recorder.start();
            try (Frame frame = new Frame(width, height, Frame.DEPTH_UBYTE, 3)) {
                ByteBuffer pixels = (ByteBuffer) frame.image[0];
                for (int i = 0; i < frames; i++) {
                    for (int p = 0; p < pixels.capacity(); p++) {
                        int x = p % frame.imageStride / 3;
                        pixels.put(p, (byte) (x >= i % 280 && x < i % 280 + 40 ? 200 : 120));
                    }
                    recorder.record(frame);
                }
            }
            recorder.stop();
        }
        return pictures(Files.readAllBytes(file));
    }

    /** Cut at the start codes of H.264's annex B. Each slice that begins with the first block begins a picture. */
    private static List<List<byte[]>> pictures(byte[] stream) {
        List<List<byte[]>> pictures = new ArrayList<>();
        List<byte[]> heads = new ArrayList<>();
        String text = new String(stream, StandardCharsets.ISO_8859_1);
        for (String part : text.split("\0\0\0?\u0001")) {
            byte[] unit = part.getBytes(StandardCharsets.ISO_8859_1);
            boolean slice = unit.length > 1 && ((unit[0] & 31) == 1 || (unit[0] & 31) == 5);
            if (slice && unit[1] < 0) {
                heads.add(unit);
                pictures.add(heads);
                heads = new ArrayList<>();
            } else if (slice) {
                pictures.get(pictures.size() - 1).add(unit);
            } else if (unit.length > 0) {
                heads.add(unit);
            }
        }
        return pictures;
    }

    /** Somebody comes nearer, for {@code frames} frames. */
    public static Path walkUp(Path file, int frames) throws IOException {
        BufferedImage face =
                ImageIO.read(Path.of("src/test/resources/faces/03-a.jpg").toFile());
        return record(file, frames, (g, i) -> {
            double side = 160 + 120.0 * i / frames;
            int x = (int) (WIDTH / 2 - side / 2 + 30 * Math.sin(i / 5.0));
            g.drawImage(face, x, (int) (HEIGHT / 2 - side / 2), (int) side, (int) side, null);
        });
    }

    /** A square that jumps from place to place, so that every frame differs. */
    public static Path square(Path file, int frames) throws IOException {
        return record(file, frames, (g, i) -> {
            g.setColor(Color.RED);
            g.fillRect(20 + i * 40 % 560, 100, 60, 60);
        });
    }
}

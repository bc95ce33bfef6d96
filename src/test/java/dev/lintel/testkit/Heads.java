package dev.lintel.testkit;

import dev.lintel.face.Landmarks;
import dev.lintel.face.Landmarks.Point;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/**
 * Draws several faces into one frame, each a head with depth or a flat picture, with a camera's noise, and says where eyes, nose
 * and mouth come to lie. The heads are those of {@link WalkUp}, coarser and quicker. Not thread-safe.
 */
public final class Heads {
    public static final int WIDTH = 640;
    public static final int HEIGHT = 360;

    /** Of a portrait of {@code src/test/resources/faces}, in its pixels. */
    private static final double EYES = 76;

    private static final double EYES_X = 200;
    private static final double EYES_Y = 231;
    private static final double[][] POINTS = {{162, 231}, {238, 231}, {200, 274}, {171, 313}, {229, 313}};

    private static final double MIDDLE_Y = 232;
    private static final double RX = 112;
    private static final double RY = 150;
    private static final double DEPTH = 105;
    private static final double NOSE = 36;
    private static final double NOSE_Y = 274 - MIDDLE_Y;

    /** A picture of the noise from which each frame takes a piece. */
    private static final int GRAIN = 1 << 20;

    private final byte[] grain = new byte[GRAIN];
    private final byte[] wall;
    private final byte[] frame = new byte[WIDTH * HEIGHT * 3];
    private final Random random;

    /**
     * How a face is shown.
     *
     * @param x of the middle between the eyes, in pixels
     * @param eyes distance of the eyes in pixels, when the face looks into the camera
     * @param turn of the head about its own axis, radians
     * @param flat whether it is a picture
     * @param sheet whether what is around the picture goes along with it
     */
    public record Head(Portrait of, double x, double y, double eyes, double turn, boolean flat, boolean sheet) {}

    /** Pixels of a portrait. */
    public static final class Portrait {
        private final byte[] bgr;
        private final int width;
        private final int height;

        private Portrait(BufferedImage image) {
            width = image.getWidth();
            height = image.getHeight();
            BufferedImage copy = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
            copy.getGraphics().drawImage(image, 0, 0, null);
            bgr = ((DataBufferByte) copy.getRaster().getDataBuffer()).getData();
        }

        /** @param number of {@code src/test/resources/faces/NN-a.jpg} */
        public static Portrait of(int number) {
            try {
                return new Portrait(ImageIO.read(Path.of(String.format("src/test/resources/faces/%02d-a.jpg", number))
                        .toFile()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private int at(double x, double y, int channel) {
            double cx = Math.max(0, Math.min(width - 1.001, x));
            double cy = Math.max(0, Math.min(height - 1.001, y));
            int x0 = (int) cx;
            int y0 = (int) cy;
            double fx = cx - x0;
            double fy = cy - y0;
            int i = (y0 * width + x0) * 3 + channel;
            double top = (1 - fx) * (bgr[i] & 0xff) + fx * (bgr[i + 3] & 0xff);
            double bottom = (1 - fx) * (bgr[i + 3 * width] & 0xff) + fx * (bgr[i + 3 * width + 3] & 0xff);
            return (int) ((1 - fy) * top + fy * bottom);
        }
    }

    public Heads(long seed) {
        random = new Random(seed);
        for (int i = 0; i < GRAIN; i++) {
            grain[i] = (byte) Math.round(2.5 * random.nextGaussian());
        }
        wall = wall();
    }

    /** The next frame, blue, green, red; overwritten by the one after. Later heads stand before earlier ones. */
    public byte[] frame(Iterable<Head> heads) {
        System.arraycopy(wall, 0, frame, 0, frame.length);
        heads.forEach(this::draw);
        int from = random.nextInt(GRAIN);
        for (int i = 0; i < frame.length; i++) {
            int value = (frame[i] & 0xff) + grain[(from + i) & (GRAIN - 1)];
            frame[i] = (byte) Math.max(0, Math.min(255, value));
        }
        return frame;
    }

    /** Where the landmarks of a head come to lie in the frame. */
    public static Landmarks landmarks(Head head) {
        double scale = head.eyes / EYES;
        Point[] points = new Point[POINTS.length];
        for (int i = 0; i < points.length; i++) {
            double u = POINTS[i][0] - EYES_X;
            double v = POINTS[i][1] - MIDDLE_Y;
            double x = u * Math.cos(head.turn) + (head.flat ? 0 : depth(u, v)) * Math.sin(head.turn);
            points[i] = new Point((float) (head.x + scale * x), (float) (head.y + scale * (POINTS[i][1] - EYES_Y)));
        }
        return new Landmarks(points[0], points[1], points[2], points[3], points[4]);
    }

    private void draw(Head head) {
        double scale = head.eyes / EYES;
        double reach = (head.sheet ? 200 : RX + NOSE) * scale;
        int top = (int) Math.max(0, head.y - (head.sheet ? 231 : 175) * scale);
        int bottom = (int) Math.min(HEIGHT, head.y + (head.sheet ? 269 : 175) * scale);
        double cos = Math.cos(head.turn);
        double sin = Math.sin(head.turn);
        for (int y = top; y < bottom; y++) {
            double v = (y - head.y) / scale + EYES_Y - MIDDLE_Y;
            for (int x = (int) Math.max(0, head.x - reach); x < Math.min(WIDTH, head.x + reach); x++) {
                double wanted = (x - head.x) / scale;
                double u = wanted / cos;
                if (!head.flat) {
                    for (int i = 0; i < 5; i++) {
                        u = 0.5 * u + 0.5 * (wanted - depth(u, v) * sin) / cos;
                    }
                }
                boolean shown = head.sheet ? Math.abs(u) <= 200 : u * u / (RX * RX) + v * v / (RY * RY) <= 1;
                if (shown) {
                    int i = (y * WIDTH + x) * 3;
                    for (int c = 0; c < 3; c++) {
                        frame[i + c] = (byte) head.of.at(u + EYES_X, v + MIDDLE_Y, c);
                    }
                }
            }
        }
    }

    private static double depth(double u, double v) {
        double inside = 1 - u * u / (RX * RX) - v * v / (RY * RY);
        double nose = (v - NOSE_Y) / 20;
        return DEPTH * (Math.sqrt(Math.max(0.02, inside)) - 0.9)
                + NOSE * Math.exp(-(u * u / (15.0 * 15) + nose * nose) / 2);
    }

    /** With something to see on every side. */
    private static byte[] wall() {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D g = image.createGraphics();
        g.setColor(new Color(170, 168, 160));
        g.fillRect(0, 0, WIDTH, HEIGHT);
        Random random = new Random(4);
        for (int i = 0; i < 400; i++) {
            g.setColor(new Color(random.nextInt(255), random.nextInt(255), random.nextInt(255)));
            g.fillOval(random.nextInt(WIDTH), random.nextInt(HEIGHT), 8 + random.nextInt(40), 8 + random.nextInt(40));
        }
        g.dispose();
        return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    }
}

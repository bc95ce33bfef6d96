package dev.lintel.testkit;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * Draws a clip of somebody who walks up a corridor to the camera, stops, turns the head and blinks; or its attack twin,
 * the same picture as a flat sheet with a dark bezel, carried and turned in the same way. The head is a height field, so
 * that the nose moves against the eyes when it turns. Needs nothing but a JDK: {@code scripts/make-clip --help}.
 *
 * <p>It shows the box something to follow, not what people look like: error rates measured on it mean nothing.
 */
public final class WalkUp {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;

    /** Of the camera, in pixels, and where the middle of the face is when it is near. */
    private static final double FOCAL = 600;

    private static final double LEVEL = 215;

    /** Metres for each pixel of a portrait, whose eyes are 76 pixels apart. */
    private static final double METRES = 0.063 / 76;

    private static final double EYES_X = 200;
    private static final double EYES_Y = 231;
    private static final double NOSE_Y = 274;
    private static final double HEAD_Y = 232;
    private static final double HEAD_RX = 118;
    private static final double HEAD_RY = 158;
    private static final double HEAD_DEPTH = 105;
    private static final double NOSE_HEIGHT = 36;

    private static final double EMPTY_S = 0.8;
    private static final double WALK_S = 2.6;
    private static final double STAY_S = 3.2;
    private static final double FAR_M = 4;
    private static final double NEAR_M = 0.85;

    private final BufferedImage portrait;
    private final BufferedImage corridor = corridor();
    private final boolean attack;
    private final double fps;

    /**
     * @param portrait one of {@code src/test/resources/faces/NN-a.jpg}, whose geometry is known
     * @param attack the flat twin
     */
    public WalkUp(BufferedImage portrait, boolean attack, double fps) {
        this.portrait = portrait;
        this.attack = attack;
        this.fps = fps;
    }

    /** Frames of the whole clip: an empty corridor, the walk, the stay, an empty corridor. */
    public int frames() {
        return (int) Math.round((2 * EMPTY_S + WALK_S + STAY_S) * fps);
    }

    /** Where and how the head is. */
    private record Pose(double metres, double sway, double bob, double yaw, double pitch, double blink) {}

    /** Null while nobody is there. */
    private static Pose pose(double second) {
        double t = second - EMPTY_S;
        if (t < 0 || t >= WALK_S + STAY_S) {
            return null;
        }
        double walked = Math.min(1, t / WALK_S);
        double eased = 1 - (1 - walked) * (1 - walked);
        double stay = Math.max(0, t - WALK_S);
        double step = Math.sin(2 * Math.PI * 1.8 * t) * (walked < 1 ? 1 : 0.08);
        double yaw = (walked < 1 ? 7 : 24) * Math.sin(2 * Math.PI * (walked < 1 ? 0.45 * t : 0.4 * stay));
        double pitch = 5 * Math.sin(2 * Math.PI * 0.3 * t + 1);
        double phase = Math.abs((t + 0.6) % 1.9 - 0.1);
        return new Pose(
                FAR_M + (NEAR_M - FAR_M) * eased,
                0.10 * (1 - walked) + 0.05 * Math.sin(2 * Math.PI * 0.5 * t),
                0.012 * step,
                Math.toRadians(yaw),
                Math.toRadians(pitch),
                Math.max(0, 1 - phase / 0.1));
    }

    /** Where the middle between the eyes is in a frame, and how far they are apart, in pixels; null while nobody is there. */
    public double[] eyes(int number) {
        Pose pose = pose(number / fps);
        if (pose == null) {
            return null;
        }
        double scale = FOCAL * METRES / pose.metres;
        return new double[] {
            WIDTH / 2.0 + FOCAL * pose.sway / pose.metres,
            LEVEL + FOCAL * pose.bob / pose.metres - 20 * scale,
            76 * scale
        };
    }

    /** The first frame in which somebody has stopped before the camera. */
    public int stopped() {
        return (int) Math.ceil((EMPTY_S + WALK_S) * fps);
    }

    /** One frame; the same number gives the same picture. */
    public BufferedImage frame(int number) {
        return frame(pose(number / fps), number);
    }

    /** Somebody who stands before the camera and holds the head so, in degrees; another number is another noise. */
    public BufferedImage look(double yaw, double pitch, int number) {
        return frame(new Pose(NEAR_M, 0, 0, Math.toRadians(yaw), Math.toRadians(pitch), 0), number);
    }

    private BufferedImage frame(Pose pose, int number) {
        BufferedImage out = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
        out.getGraphics().drawImage(corridor, 0, 0, null);
        if (pose != null) {
            double scale = FOCAL * METRES / pose.metres;
            double x0 = WIDTH / 2.0 + FOCAL * pose.sway / pose.metres;
            double y0 = LEVEL + FOCAL * pose.bob / pose.metres;
            // Nothing of the person or the sheet lies farther away.
            double reach = 300 * scale;
            int bottom = attack ? (int) Math.min(HEIGHT, y0 + 1.15 * reach) : HEIGHT;
            for (int y = (int) Math.max(0, y0 - 1.15 * reach); y < bottom; y++) {
                for (int x = (int) Math.max(0, x0 - reach); x < Math.min(WIDTH, x0 + reach); x++) {
                    double[] colour =
                            attack ? sheet(pose, (x - x0), (y - y0)) : person(pose, (x - x0) / scale, (y - y0) / scale);
                    if (colour[3] > 0) {
                        blend(out, x, y, colour);
                    }
                }
            }
        }
        return noisy(out, number);
    }

    /** Colour and opacity of somebody at a place, in pixels of the portrait from the middle of the face. */
    private double[] person(Pose pose, double x, double y) {
        double hx = x;
        double hy = y + EYES_Y + 20 - HEAD_Y;
        double sin = Math.sin(pose.yaw);
        double cos = Math.cos(pose.yaw);
        double nod = Math.sin(pose.pitch);
        double u = hx;
        double v = hy;
        for (int i = 0; i < 8; i++) {
            double depth = depth(u, v);
            u = 0.5 * u + 0.5 * (hx - depth * sin) / cos;
            v = 0.5 * v + 0.5 * (hy - depth * nod) / Math.cos(pose.pitch);
        }
        double head = soft(1 - Math.sqrt(u * u / (HEAD_RX * HEAD_RX) + v * v / (HEAD_RY * HEAD_RY)), 0.06);
        double[] body = body(x, y + EYES_Y + 20);
        if (head <= 0) {
            return body;
        }
        double[] skin = sample(u + EYES_X, v + HEAD_Y);
        lids(skin, u + EYES_X, v + HEAD_Y, pose.blink);
        double shade = 1 - 0.25 * Math.abs(sin) * Math.max(0, Math.min(1, sin * u / HEAD_RX + 0.2));
        double alpha = Math.max(head, body[3]);
        double[] mixed = new double[4];
        for (int c = 0; c < 3; c++) {
            mixed[c] = head * skin[c] * shade + (1 - head) * body[c];
        }
        mixed[3] = alpha;
        return mixed;
    }

    /** How far the head comes out at a place, in pixels of the portrait. */
    private static double depth(double u, double v) {
        double inside = 1 - u * u / (HEAD_RX * HEAD_RX) - v * v / (HEAD_RY * HEAD_RY);
        double nose = (v - (NOSE_Y - HEAD_Y)) / 20;
        return HEAD_DEPTH * (Math.sqrt(Math.max(0.02, inside)) - 0.9)
                + NOSE_HEIGHT * Math.exp(-(u * u / (15.0 * 15) + nose * nose) / 2);
    }

    private double[] body(double x, double y) {
        double shirt = soft(1 - Math.sqrt(x * x / (170.0 * 170) + (y - 520) * (y - 520) / (130.0 * 130)), 0.03);
        double trunk = y > 500 ? soft((170 - Math.abs(x)) / 170, 0.03) : 0;
        double neck = y > HEAD_Y + 100 && y < 430 ? soft((52 - Math.abs(x)) / 52, 0.1) : 0;
        double cover = Math.max(shirt, trunk);
        double[] cloth = sample(EYES_X, 470);
        double[] skin = sample(EYES_X, 356);
        double[] out = new double[4];
        for (int c = 0; c < 3; c++) {
            out[c] = cover >= neck ? cloth[c] : 0.8 * skin[c];
        }
        out[3] = Math.max(cover, neck);
        return out;
    }

    private void lids(double[] colour, double x, double y, double closed) {
        if (closed <= 0) {
            return;
        }
        double away = Math.min(Math.abs(x - 162), Math.abs(x - 238)) / 21;
        double height = (y - EYES_Y) / 11;
        double inside = soft(1 - Math.sqrt(away * away + height * height), 0.2) * closed;
        double[] lid = sample(x, EYES_Y + 20);
        for (int c = 0; c < 3; c++) {
            colour[c] = (1 - inside) * colour[c] + inside * lid[c] * 0.95;
        }
    }

    /** Colour of the flat picture, in pixels of the frame from its middle. */
    private double[] sheet(Pose pose, double x, double y) {
        double cos = Math.cos(pose.yaw);
        double sin = Math.sin(pose.yaw);
        double px = x * pose.metres / (FOCAL * cos - x * sin);
        double z = pose.metres + px * sin;
        double py = y * z / FOCAL;
        double u = px / METRES + EYES_X;
        double v = py / METRES + EYES_Y + 20;
        double edge = Math.max(Math.abs(u - 200) - 200, Math.abs(v - 250) - 250);
        if (edge < 0) {
            double[] c = sample(u, v);
            return new double[] {Math.min(255, c[0] * 1.08), Math.min(255, c[1] * 1.08), Math.min(255, c[2] * 1.1), 1};
        }
        return new double[] {18, 18, 20, soft((24 - edge) / 24, 0.04)};
    }

    private static double soft(double inside, double width) {
        return Math.max(0, Math.min(1, inside / width));
    }

    private double[] sample(double x, double y) {
        double cx = Math.max(0, Math.min(portrait.getWidth() - 1.001, x));
        double cy = Math.max(0, Math.min(portrait.getHeight() - 1.001, y));
        int x0 = (int) cx;
        int y0 = (int) cy;
        double fx = cx - x0;
        double fy = cy - y0;
        int a = portrait.getRGB(x0, y0);
        int b = portrait.getRGB(x0 + 1, y0);
        int c = portrait.getRGB(x0, y0 + 1);
        int d = portrait.getRGB(x0 + 1, y0 + 1);
        double[] out = {0, 0, 0, 1};
        for (int i = 0; i < 3; i++) {
            int shift = 16 - 8 * i;
            out[i] = (1 - fy) * ((1 - fx) * (a >> shift & 255) + fx * (b >> shift & 255))
                    + fy * ((1 - fx) * (c >> shift & 255) + fx * (d >> shift & 255));
        }
        return out;
    }

    private static void blend(BufferedImage image, int x, int y, double[] colour) {
        int old = image.getRGB(x, y);
        int rgb = 0;
        for (int i = 0; i < 3; i++) {
            int shift = 16 - 8 * i;
            double value = colour[3] * colour[i] + (1 - colour[3]) * (old >> shift & 255);
            rgb |= (int) Math.max(0, Math.min(255, Math.round(value))) << shift;
        }
        image.setRGB(x, y, rgb);
    }

    private static BufferedImage noisy(BufferedImage image, int seed) {
        Random random = new Random(seed);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int old = image.getRGB(x, y);
                int noise = (int) Math.round(random.nextGaussian() * 2.5);
                int rgb = 0;
                for (int shift = 0; shift <= 16; shift += 8) {
                    rgb |= Math.max(0, Math.min(255, (old >> shift & 255) + noise)) << shift;
                }
                image.setRGB(x, y, rgb);
            }
        }
        return image;
    }

    /** Walls with pictures and door frames, floor, lamp: something to see on every side. */
    private static BufferedImage corridor() {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setPaint(new GradientPaint(0, 0, new Color(205, 203, 196), 0, HEIGHT, new Color(150, 146, 138)));
        g.fillRect(0, 0, WIDTH, HEIGHT);
        int[] end = {250, 120, 390, 300};
        g.setColor(new Color(120, 112, 102));
        g.fillPolygon(new int[] {0, end[0], end[2], WIDTH}, new int[] {HEIGHT, end[3], end[3], HEIGHT}, 4);
        g.setColor(new Color(225, 224, 220));
        g.fillPolygon(new int[] {0, end[0], end[2], WIDTH}, new int[] {0, end[1], end[1], 0}, 4);
        g.setColor(new Color(182, 178, 170));
        g.fillRect(end[0], end[1], end[2] - end[0], end[3] - end[1]);
        g.setColor(new Color(110, 84, 60));
        g.fillRect(290, 170, 60, 130);
        Random random = new Random(4);
        for (int i = 0; i < 4; i++) {
            int left = 8 + 58 * i;
            double near = 1 - i / 5.0;
            board(g, random, left, 105 + 28 * i, (int) (44 * near + 8), (int) (120 * near));
            board(g, random, WIDTH - left - (int) (44 * near + 8), 105 + 28 * i, (int) (44 * near + 8), (int)
                    (120 * near));
        }
        g.setColor(Color.WHITE);
        g.fillRect(290, 60, 60, 12);
        g.dispose();
        return image;
    }

    private static void board(Graphics2D g, Random random, int x, int y, int width, int height) {
        g.setColor(new Color(60 + random.nextInt(150), 60 + random.nextInt(150), 60 + random.nextInt(150)));
        g.fillRect(x, y, width, height);
        for (int i = 0; i < 12; i++) {
            g.setColor(new Color(random.nextInt(255), random.nextInt(255), random.nextInt(255)));
            g.fillOval(x + random.nextInt(width), y + random.nextInt(height), 4 + width / 5, 4 + width / 6);
        }
    }

    /** A JPEG of quality 0.9. */
    public static void write(BufferedImage image, OutputStream to) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam quality = writer.getDefaultWriteParam();
        quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        quality.setCompressionQuality(0.9f);
        try (ImageOutputStream out = ImageIO.createImageOutputStream(to)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), quality);
        } finally {
            writer.dispose();
        }
    }

    /** See {@code scripts/make-clip}. */
    public static void main(String[] arguments) throws IOException {
        Map<String, String> options = new HashMap<>();
        for (String argument : arguments) {
            String[] pair = argument.split("=", 2);
            options.put(pair[0], pair.length > 1 ? pair[1] : "");
        }
        if (options.containsKey("--help") || !options.containsKey("--out")) {
            System.out.println("usage: make-clip --out=DIR|FILE.mjpeg [--face=PORTRAIT.jpg] [--fps=15] [--attack]\n"
                    + "A clip of somebody who walks up to the camera, as a folder of JPEGs or as one file of JPEGs in a row. --attack: the\n"
                    + "same picture as a flat sheet with a bezel. PORTRAIT: one of src/test/resources/faces/NN-a.jpg.");
            System.exit(options.containsKey("--help") ? 0 : 2);
        }
        BufferedImage portrait =
                ImageIO.read(Path.of(options.getOrDefault("--face", "src/test/resources/faces/10-a.jpg"))
                        .toFile());
        WalkUp clip = new WalkUp(
                portrait, options.containsKey("--attack"), Double.parseDouble(options.getOrDefault("--fps", "15")));
        Path out = Path.of(options.get("--out"));
        if (out.toString().endsWith(".mjpeg")) {
            try (OutputStream all = new BufferedOutputStream(Files.newOutputStream(out))) {
                for (int i = 0; i < clip.frames(); i++) {
                    write(clip.frame(i), all);
                }
            }
        } else {
            Files.createDirectories(out);
            for (int i = 0; i < clip.frames(); i++) {
                try (OutputStream one = Files.newOutputStream(out.resolve(String.format("%05d.jpg", i)))) {
                    write(clip.frame(i), one);
                }
            }
        }
        System.out.println(clip.frames() + " frames in " + out);
    }
}

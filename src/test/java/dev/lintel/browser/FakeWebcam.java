package dev.lintel.browser;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Makes the film that Chromium's fake webcam plays: JPEG after JPEG. */
final class FakeWebcam {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final int FRAMES = 10;

    private FakeWebcam() {}

    /** Somebody who stands still in front of a wall, moved by a pixel now and then. */
    static Path film(Path portrait, Path file) throws IOException {
        BufferedImage face = ImageIO.read(portrait.toFile());
        int width = face.getWidth() * HEIGHT / face.getHeight();
        ByteArrayOutputStream film = new ByteArrayOutputStream();
        for (int i = 0; i < FRAMES; i++) {
            BufferedImage frame = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
            Graphics2D pen = frame.createGraphics();
            pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
            pen.setColor(new Color(0x6f7d96));
            pen.fillRect(0, 0, WIDTH, HEIGHT);
            pen.drawImage(face, (WIDTH - width) / 2 + i % 2, 0, width, HEIGHT, null);
            pen.dispose();
            film.writeBytes(jpeg(frame));
        }
        return Files.write(file, film.toByteArray());
    }

    private static byte[] jpeg(BufferedImage image) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam how = writer.getDefaultWriteParam();
        how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        how.setCompressionQuality(0.95f);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), how);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }
}

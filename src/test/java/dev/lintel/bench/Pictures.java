package dev.lintel.bench;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/** JPEG pictures of the sizes that the box meets, made from the composite faces on a background with texture. */
public final class Pictures {
    /** @param faceHeight of the composite picture that is pasted in the middle, in pixels */
    public record Kind(String name, int width, int height, int faceHeight) {}

    public static final Kind PHOTO = new Kind("12 MP photo (4000x3000)", 4000, 3000, 1500);
    public static final Kind FRAME = new Kind("frame 1280x720", 1280, 720, 500);
    public static final Kind CROP = new Kind("crop 250x250", 250, 250, 250);

    private Pictures() {}

    public static byte[] jpeg(Kind kind, Path face) throws IOException {
        BufferedImage picture = new BufferedImage(kind.width, kind.height, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(1);
        Graphics2D canvas = picture.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        canvas.setColor(new Color(120, 126, 132));
        canvas.fillRect(0, 0, kind.width, kind.height);
        for (int i = 0; i < 400; i++) {
            canvas.setColor(new Color(random.nextInt(256), random.nextInt(256), random.nextInt(256), 40));
            canvas.fillRect(random.nextInt(kind.width), random.nextInt(kind.height), kind.width / 12, kind.height / 12);
        }
        BufferedImage person = ImageIO.read(face.toFile());
        int width = person.getWidth() * kind.faceHeight / person.getHeight();
        canvas.drawImage(
                person, (kind.width - width) / 2, (kind.height - kind.faceHeight) / 2, width, kind.faceHeight, null);
        canvas.dispose();
        return encode(picture);
    }

    private static byte[] encode(BufferedImage picture) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam quality = writer.getDefaultWriteParam();
            quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            quality.setCompressionQuality(0.92f);
            writer.write(null, new IIOImage(picture, null, null), quality);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}

package dev.lintel.fuzz;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Sound pictures in every format that the appliance reads, to be damaged. */
final class Seeds {
    /** A lossy WebP of 80x100, which no writer of the JDK can make. */
    private static final String WEBP =
            "UklGRmQBAABXRUJQVlA4IFgBAACwDQCdASpQAGQAPxF6sVKsJ6UirrMKiYAiCUAZzkaMA9GqCOApSADHhsQZQ9v8lErcZSxV"
                    + "1yxuuBKBxrXzCW/nkBWwwSCu8RX/pDn+4+Nom4o27yCzoYOynGV3msVb3tbtWBP5Z+EMH37la7Aa0iyud8KpLqSAAP6LLaOv"
                    + "cQdZfs/1kilT2VtVWMdSLdJn+yDtoNJ1rwu96e7FtkZVSwGqOs/S2VZzjn9bkuuIiNGqZan6tyG8LIOYqP+hSnkK6QIPKcST"
                    + "7qNpZvF+pD18P5NOq54nOQLVzng2MGPBRA6MfL6rWzHB7Pcx4LiuVo2fQv+cvvpunx8rgBD6FnBmld7Lh8ufLHBfnnusIWZo"
                    + "dIEEKcI48g6A+zjxs1u5xwTTyFswzPYRH14XsYM/QqijIhBRXzZyHrs57lzLV3ipp7rt7tPK8aIhfGe524AUKboePqzxG85z"
                    + "7ZQAAA==";

    /** EXIF with orientation 6 and a pointer to a GPS directory, little-endian. */
    private static final byte[] EXIF = {
        (byte) 0xff,
        (byte) 0xe1,
        0,
        46,
        'E',
        'x',
        'i',
        'f',
        0,
        0,
        'I',
        'I',
        42,
        0,
        8,
        0,
        0,
        0,
        2,
        0,
        0x12,
        1,
        3,
        0,
        1,
        0,
        0,
        0,
        6,
        0,
        0,
        0,
        0x25,
        (byte) 0x88,
        4,
        0,
        1,
        0,
        0,
        0,
        38,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
    };

    private Seeds() {}

    /** @param face a sound JPEG with one face that the appliance finds */
    static Map<String, byte[]> of(byte[] face) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(face));
        Map<String, byte[]> seeds = new LinkedHashMap<>();
        seeds.put("jpeg", face);
        seeds.put("jpeg with exif", Mutations.splice(face, 2, 0, EXIF));
        seeds.put("progressive jpeg", progressive(image));
        seeds.put("png", written(small(image, BufferedImage.TYPE_INT_RGB), "png"));
        seeds.put("png with alpha", written(small(image, BufferedImage.TYPE_INT_ARGB), "png"));
        seeds.put("grey png", written(small(image, BufferedImage.TYPE_BYTE_GRAY), "png"));
        seeds.put("bmp", written(small(image, BufferedImage.TYPE_INT_RGB), "bmp"));
        seeds.put("webp", webp());
        return seeds;
    }

    static byte[] webp() {
        return Base64.getDecoder().decode(WEBP);
    }

    static byte[] progressive(BufferedImage image) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam how = writer.getDefaultWriteParam();
        how.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), how);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    private static BufferedImage small(BufferedImage image, int type) {
        BufferedImage small = new BufferedImage(image.getWidth() / 2, image.getHeight() / 2, type);
        Graphics2D pen = small.createGraphics();
        pen.drawImage(image, 0, 0, small.getWidth(), small.getHeight(), null);
        pen.dispose();
        return small;
    }

    private static byte[] written(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (!ImageIO.write(image, format, out)) {
            throw new IOException("no writer for " + format);
        }
        return out.toByteArray();
    }

    static byte[] resource(String path) throws IOException {
        try (InputStream in = Seeds.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IOException("no resource " + path);
            }
            return in.readAllBytes();
        }
    }
}

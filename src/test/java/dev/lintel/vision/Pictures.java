package dev.lintel.vision;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.plugins.tiff.BaselineTIFFTagSet;
import javax.imageio.plugins.tiff.TIFFDirectory;
import javax.imageio.plugins.tiff.TIFFField;
import javax.imageio.plugins.tiff.TIFFTag;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/** Makes pictures and their encodings for tests. */
final class Pictures {
    static final Path FACES = Path.of("src/test/resources/faces");

    static {
        dev.lintel.inference.Natives.loadOpenCv();
    }

    private Pictures() {}

    static BufferedImage face(String name) {
        try {
            return ImageIO.read(FACES.resolve(name).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A portrait in the middle of a grey canvas, scaled, then turned clockwise. */
    static BufferedImage canvas(String name, int width, int height, double scale, double degrees) {
        BufferedImage face = face(name);
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D g = picture.createGraphics();
        g.setRenderingHint(
                java.awt.RenderingHints.KEY_INTERPOLATION, java.awt.RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        g.setColor(new Color(120, 125, 130));
        g.fillRect(0, 0, width, height);
        AffineTransform place = AffineTransform.getTranslateInstance(width / 2.0, height / 2.0);
        place.rotate(Math.toRadians(degrees));
        place.scale(scale, scale);
        place.translate(-face.getWidth() / 2.0, -face.getHeight() / 2.0);
        g.drawImage(face, place, null);
        g.dispose();
        return picture;
    }

    /** What a camera stores whose pixels an EXIF reader must turn by this tag to get the picture. */
    static BufferedImage stored(BufferedImage upright, int tag) {
        boolean swap = tag >= 5;
        int w = swap ? upright.getHeight() : upright.getWidth();
        int h = swap ? upright.getWidth() : upright.getHeight();
        BufferedImage out = new BufferedImage(w, h, BufferedImage.TYPE_3BYTE_BGR);
        for (int y = 0; y < upright.getHeight(); y++) {
            for (int x = 0; x < upright.getWidth(); x++) {
                // The EXIF standard names the sides of the picture at which the stored row 0 and column 0 are.
                int right = upright.getWidth() - 1 - x;
                int bottom = upright.getHeight() - 1 - y;
                int[] at = switch (tag) {
                    case 2 -> new int[] {right, y};
                    case 3 -> new int[] {right, bottom};
                    case 4 -> new int[] {x, bottom};
                    case 5 -> new int[] {y, x};
                    case 6 -> new int[] {y, right};
                    case 7 -> new int[] {bottom, right};
                    case 8 -> new int[] {bottom, x};
                    default -> new int[] {x, y};
                };
                out.setRGB(at[0], at[1], upright.getRGB(x, y));
            }
        }
        return out;
    }

    static byte[] jdk(BufferedImage image, String format) {
        var out = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, format, out)) {
                throw new IllegalArgumentException("no writer for " + format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** By OpenCV: formats and options that the JDK lacks. */
    private static BufferedImage decoded(byte[] image) {
        try {
            return ImageIO.read(new ByteArrayInputStream(image));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With this orientation. */
    static byte[] tiff(BufferedImage image, int tag) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
        var out = new ByteArrayOutputStream();
        try (var stream = ImageIO.createImageOutputStream(out)) {
            var metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), writer.getDefaultWriteParam());
            TIFFDirectory directory = TIFFDirectory.createFromMetadata(metadata);
            directory.addTIFFField(new TIFFField(
                    BaselineTIFFTagSet.getInstance().getTag(BaselineTIFFTagSet.TAG_ORIENTATION),
                    TIFFTag.TIFF_SHORT,
                    1,
                    new char[] {(char) tag}));
            writer.setOutput(stream);
            writer.write(new IIOImage(image, null, directory.getAsMetadata()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    static byte[] cv(BufferedImage bgr, String extension, int... options) {
        byte[] pixels = ((DataBufferByte) bgr.getRaster().getDataBuffer()).getData();
        try (Mat mat = new Mat(bgr.getHeight(), bgr.getWidth(), opencv_core.CV_8UC3)) {
            mat.data().put(pixels, 0, pixels.length);
            return cv(mat, extension, options);
        }
    }

    static byte[] cv(Mat mat, String extension, int... options) {
        try (BytePointer out = new BytePointer();
                IntPointer parameters = new IntPointer(options)) {
            opencv_imgcodecs.imencode(extension, mat, out, parameters);
            byte[] bytes = new byte[(int) out.limit()];
            out.get(bytes);
            return bytes;
        }
    }

    /** The EXIF block with this orientation. */
    static byte[] exif(int tag) {
        return new byte[] {
            'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte) tag, 0, 0, 0, 0, 0, 0
        };
    }

    static byte[] withExif(byte[] image, ImageFormat format, int tag) {
        byte[] tiff = exif(tag);
        return switch (format) {
            case JPEG ->
                splice(
                        image,
                        2,
                        ByteBuffer.allocate(10 + tiff.length)
                                .putShort((short) 0xffe1)
                                .putShort((short) (8 + tiff.length))
                                .put("Exif\0\0".getBytes(StandardCharsets.ISO_8859_1))
                                .put(tiff)
                                .array());
            case PNG -> splice(image, 33, pngChunk("eXIf", tiff));
            case WEBP -> webpWithExif(image, tiff);
            case BMP, GIF -> image;
            case TIFF -> tiff(decoded(image), tag);
        };
    }

    static byte[] pngChunk(String kind, byte[] data) {
        ByteBuffer chunk = ByteBuffer.allocate(12 + data.length)
                .putInt(data.length)
                .put(kind.getBytes(StandardCharsets.ISO_8859_1))
                .put(data);
        CRC32 crc = new CRC32();
        crc.update(chunk.array(), 4, 4 + data.length);
        return chunk.putInt((int) crc.getValue()).array();
    }

    static byte[] splice(byte[] image, int at, byte[] piece) {
        return ByteBuffer.allocate(image.length + piece.length)
                .put(image, 0, at)
                .put(piece)
                .put(image, at, image.length - at)
                .array();
    }

    /** A simple WebP inside the extended form, which has room for EXIF. */
    private static byte[] webpWithExif(byte[] simple, byte[] tiff) {
        ImageHeader size = ImageHeader.read(simple).fold(h -> h, r -> null);
        int chunks = simple.length - 12;
        int padded = tiff.length + (tiff.length & 1);
        ByteBuffer out = ByteBuffer.allocate(12 + 18 + chunks + 8 + padded).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        out.put("RIFF".getBytes(StandardCharsets.ISO_8859_1))
                .putInt(out.capacity() - 8)
                .put("WEBPVP8X".getBytes(StandardCharsets.ISO_8859_1));
        out.putInt(10)
                .putInt(8)
                .put(u24(size.width() - 1))
                .put(u24(size.height() - 1))
                .put(simple, 12, chunks);
        return out.put("EXIF".getBytes(StandardCharsets.ISO_8859_1))
                .putInt(tiff.length)
                .put(tiff)
                .array();
    }

    private static byte[] u24(int v) {
        return new byte[] {(byte) v, (byte) (v >> 8), (byte) (v >> 16)};
    }
}

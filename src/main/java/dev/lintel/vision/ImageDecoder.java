package dev.lintel.vision;

import dev.lintel.inference.Natives;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Encoded bytes to pixels. JPEG, PNG and WebP go through OpenCV's libjpeg-turbo (which scales inside its DCT, so
 * that a 12-megapixel photo is never unfolded), libpng (twice as fast as the JDK's reader) and libwebp; BMP
 * through the JDK's reader. Thread-safe. The pictures that are open at one time share a memory budget; who
 * needs more waits.
 */
final class ImageDecoder {
    private static final int BUDGET_MEGABYTES = 256;
    private static final int MAX_BMP_PIXELS = 16_000_000;

    private final Semaphore budget = new Semaphore(BUDGET_MEGABYTES, true);

    static {
        ImageIO.setUseCache(false); // uploads never touch the disk
        Natives.loadOpenCv();
    }

    /**
     * Decodes to 8-bit BGR. The caller closes the picture, and holds no other while it asks for one.
     *
     * @param image bytes that {@link ImageHeader#read} accepted as {@code header}
     * @param reduce 1, 2, 4 or 8: a JPEG is decoded at that fraction of each side. Other formats come at full size,
     *     except for a large BMP
     * @throws IOException if the bytes are damaged, with the reason in words
     */
    Picture decode(byte[] image, ImageHeader header, Orientation orientation, int reduce) throws IOException {
        int actual = switch (header.format()) {
            case JPEG -> reduce;
            case PNG, WEBP -> 1;
            case BMP -> reduceBmp((long) header.width() * header.height());
        };
        int share = megabytes(header, actual);
        budget.acquireUninterruptibly(share);
        Mat pixels = null;
        try {
            pixels = pixels(image, header, actual);
            int width = (header.width() + actual - 1) / actual;
            int height = (header.height() + actual - 1) / actual;
            if (pixels.cols() != width || pixels.rows() != height) {
                throw new IOException("the image data do not have the size that the header says");
            }
            Mat done = pixels;
            pixels = null;
            return new Picture(done, header.width(), header.height(), actual, orientation, () -> budget.release(share));
        } catch (IOException | RuntimeException | Error e) {
            if (pixels != null) {
                pixels.close();
            }
            budget.release(share);
            throw e;
        }
    }

    /** What decoding takes at its peak, as a share of the budget; the largest images take all of it. */
    private static int megabytes(ImageHeader header, int reduce) {
        long pixels = (long) header.width() * header.height();
        long bytes = 3 * pixels / reduce / reduce;
        if (header.progressive()) {
            bytes += 6 * pixels; // 16-bit coefficients of three channels
        }
        return (int) Math.min(BUDGET_MEGABYTES, 1 + (bytes >> 20));
    }

    private static int reduceBmp(long pixels) {
        int reduce = 1;
        while (pixels / reduce / reduce > MAX_BMP_PIXELS) {
            reduce *= 2;
        }
        return reduce;
    }

    private static Mat pixels(byte[] image, ImageHeader header, int reduce) throws IOException {
        try {
            return switch (header.format()) {
                case JPEG, WEBP -> byOpenCv(image, reduce);
                case PNG -> {
                    PngDataSize.check(image);
                    yield byOpenCv(PngChunks.essentials(image), 1);
                }
                case BMP -> byJdk(image, reduce);
            };
        } catch (RuntimeException e) {
            throw new IOException("the image data are damaged", e);
        }
    }

    private static Mat byOpenCv(byte[] image, int reduce) throws IOException {
        int flags = opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION
                | switch (reduce) {
                    case 2 -> opencv_imgcodecs.IMREAD_REDUCED_COLOR_2;
                    case 4 -> opencv_imgcodecs.IMREAD_REDUCED_COLOR_4;
                    case 8 -> opencv_imgcodecs.IMREAD_REDUCED_COLOR_8;
                    default -> opencv_imgcodecs.IMREAD_COLOR;
                };
        try (BytePointer pointer = new BytePointer(image);
                Mat encoded = new Mat(1, image.length, opencv_core.CV_8UC1, pointer)) {
            Mat picture = opencv_imgcodecs.imdecode(encoded, flags);
            if (picture == null || picture.empty() || picture.type() != opencv_core.CV_8UC3) {
                throw new IOException("the image data are damaged");
            }
            return picture;
        }
    }

    private static Mat byJdk(byte[] bmp, int reduce) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("BMP").next();
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(bmp))) {
            reader.setInput(in, true, true);
            ImageReadParam param = reader.getDefaultReadParam();
            param.setSourceSubsampling(reduce, reduce, 0, 0);
            return toBgr(reader.read(0, param));
        } finally {
            reader.dispose();
        }
    }

    private static Mat toBgr(BufferedImage image) {
        BufferedImage bgr = image;
        if (image.getType() != BufferedImage.TYPE_3BYTE_BGR) {
            bgr = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
            Graphics2D canvas = bgr.createGraphics();
            canvas.drawImage(image, 0, 0, Color.WHITE, null);
            canvas.dispose();
        }
        byte[] pixels = ((DataBufferByte) bgr.getRaster().getDataBuffer()).getData();
        Mat picture = new Mat(bgr.getHeight(), bgr.getWidth(), opencv_core.CV_8UC3);
        picture.data().put(pixels, 0, pixels.length);
        return picture;
    }
}

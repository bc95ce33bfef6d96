package dev.lintel.vision;

import dev.lintel.inference.Natives;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
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
 * that a 12-megapixel photo is never unfolded), libpng (twice as fast as the JDK's reader) and libwebp; BMP,
 * GIF and TIFF through the JDK's readers, the first picture of several. Thread-safe. The pictures that are open at one time share a memory budget; who
 * needs more waits.
 */
final class ImageDecoder {
    private static final int BUDGET_MEGABYTES = 256;
    private static final int MAX_JDK_PIXELS = 16_000_000;

    /** How much two pixels of one colour may differ once a decoder has smoothed their chroma. */
    private static final int SAME_COLOUR = 3;

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
     *     except for a large BMP, GIF or TIFF
     * @throws IOException if the bytes are damaged, with the reason in words
     */
    Picture decode(byte[] image, ImageHeader header, Orientation orientation, int reduce) throws IOException {
        int actual = switch (header.format()) {
            case JPEG -> reduce;
            case PNG, WEBP -> 1;
            case BMP, GIF, TIFF -> reduceByJdk((long) header.width() * header.height());
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
            return new Picture(
                    done,
                    header.width(),
                    header.height(),
                    actual,
                    orientation,
                    intact(image, header, done),
                    () -> budget.release(share));
        } catch (IOException | RuntimeException | Error e) {
            if (pixels != null) {
                pixels.close();
            }
            budget.release(share);
            throw e;
        }
    }

    /** Looked into only where the picture ends in one colour, as one that is cut off does: it takes as long as decoding. */
    private static double intact(byte[] image, ImageHeader header, Mat pixels) {
        return header.format() == ImageFormat.JPEG && (header.unended() || endsInOneColour(pixels))
                ? JpegScan.intact(image)
                : 1;
    }

    private static boolean endsInOneColour(Mat pixels) {
        int row = 3 * pixels.cols();
        byte[] last = new byte[row];
        pixels.ptr(pixels.rows() - 1).get(last);
        int checked = Math.max(3, row / 8 / 3 * 3);
        for (int i = row - checked; i < row; i++) {
            if (Math.abs((last[i] & 0xff) - (last[row - 3 + i % 3] & 0xff)) > SAME_COLOUR) {
                return false;
            }
        }
        return true;
    }

    /** Without an end, OpenCV would wait for more data. */
    private static byte[] ended(byte[] jpeg) {
        byte[] ended = Arrays.copyOf(jpeg, jpeg.length + 2);
        ended[jpeg.length] = (byte) 0xff;
        ended[jpeg.length + 1] = (byte) 0xd9;
        return ended;
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

    private static int reduceByJdk(long pixels) {
        int reduce = 1;
        while (pixels / reduce / reduce > MAX_JDK_PIXELS) {
            reduce *= 2;
        }
        return reduce;
    }

    private static Mat pixels(byte[] image, ImageHeader header, int reduce) throws IOException {
        try {
            return switch (header.format()) {
                case JPEG -> byOpenCv(header.unended() ? ended(image) : image, reduce);
                case WEBP -> byOpenCv(image, reduce);
                case PNG -> {
                    PngDataSize.check(image);
                    yield byOpenCv(PngChunks.essentials(image), 1);
                }
                case BMP, GIF, TIFF -> byJdk(image, header.format().name(), reduce);
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

    private static Mat byJdk(byte[] image, String format, int reduce) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(image))) {
            reader.setInput(in, !format.equals("TIFF"), true);
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

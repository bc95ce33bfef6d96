package dev.lintel.vision;

import dev.lintel.face.EncodedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Encoded images to frames, upright by their EXIF orientation, for cameras that give single images. Confined to one thread:
 * its frames share one buffer, so that each holds until the next.
 */
public final class StillDecoder {
    private final ImageDecoder decoder = new ImageDecoder();
    private final int maxPixels;
    private ByteBuffer bgr = ByteBuffer.allocateDirect(0);

    /** @param maxPixels of the largest image; a larger one is not decoded */
    public StillDecoder(int maxPixels) {
        this.maxPixels = maxPixels;
    }

    /** @throws IOException with the reason if it cannot be read */
    public VideoFrame decode(EncodedImage image, FrameView view) throws IOException {
        ImageHeader header = ImageHeader.read(image.bytes()).fold(h -> h, refusal -> null);
        if (header == null) {
            throw new IOException("it is no whole JPEG, PNG, WebP, BMP, GIF or TIFF");
        }
        if ((long) header.width() * header.height() > maxPixels) {
            throw new IOException("it has " + header.width() + "x" + header.height()
                    + " pixels, more than max-pixels allows (" + maxPixels + ")");
        }
        Orientation orientation = Orientation.ofExif(image.bytes(), header.format());
        try (Picture picture = decoder.decode(image.bytes(), header, orientation, 1);
                Mat upright = new Mat()) {
            orientation.apply(picture.pixels(), upright);
            int row = 3 * upright.cols();
            if (bgr.capacity() != row * upright.rows()) {
                bgr = ByteBuffer.allocateDirect(row * upright.rows());
            }
            bgr.clear();
            for (int y = 0; y < upright.rows(); y++) {
                bgr.put(upright.ptr(y).capacity(row).asByteBuffer());
            }
            return new VideoFrame(bgr.clear(), upright.cols(), upright.rows(), row, view);
        }
    }
}

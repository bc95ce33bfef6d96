package dev.lintel.vision;

import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Decoded pixels as stored, not yet upright, at 1/{@code reduce} of the image's size, and how they stand.
 * Confined to one thread. Closing it frees the pixels and gives back its share of the memory budget.
 *
 * @param pixels 8-bit BGR
 * @param width of the whole image as stored
 * @param height likewise
 */
record Picture(Mat pixels, int width, int height, int reduce, Orientation orientation, Runnable release)
        implements AutoCloseable {

    int uprightWidth() {
        return orientation.swapsSides() ? height : width;
    }

    int uprightHeight() {
        return orientation.swapsSides() ? width : height;
    }

    /** The same pixels, to be turned further clockwise. Close only one of the two. */
    Picture turnedBy(int degrees) {
        return new Picture(pixels, width, height, reduce, orientation.turnedBy(degrees), release);
    }

    /** The map from these pixels to those of the upright image at its full size. */
    Affine toUpright() {
        return Affine.resampling(reduce, reduce).then(orientation.toUpright(width, height));
    }

    @Override
    public void close() {
        pixels.close();
        release.run();
    }
}

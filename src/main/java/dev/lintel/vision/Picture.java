package dev.lintel.vision;

import dev.lintel.face.FaceBox;
import dev.lintel.face.Landmarks;
import dev.lintel.face.Landmarks.Point;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Decoded pixels as stored, not yet upright, at 1/{@code reduce} of the image's size, and how they stand.
 * Confined to one thread. Closing it frees the pixels and gives back its share of the memory budget.
 *
 * @param pixels 8-bit BGR
 * @param width of the whole image as stored
 * @param height likewise
 * @param intact the share of the rows that are in the data, from the top as stored; the rest is of one colour
 */
record Picture(Mat pixels, int width, int height, int reduce, Orientation orientation, double intact, Runnable release)
        implements AutoCloseable {

    Picture(Mat pixels, int width, int height, int reduce, Orientation orientation, Runnable release) {
        this(pixels, width, height, reduce, orientation, 1, release);
    }

    int uprightWidth() {
        return orientation.swapsSides() ? height : width;
    }

    int uprightHeight() {
        return orientation.swapsSides() ? width : height;
    }

    /** The same pixels, to be turned further clockwise. Close only one of the two. */
    Picture turnedBy(int degrees) {
        return new Picture(pixels, width, height, reduce, orientation.turnedBy(degrees), intact, release);
    }

    /** The map from these pixels to those of the upright image at its full size. */
    Affine toUpright() {
        return Affine.resampling(reduce, reduce).then(orientation.toUpright(width, height));
    }

    /** Whether a face lies in that part of the picture that is in the data. */
    boolean shows(FaceBox face) {
        if (intact >= 1) {
            return true;
        }
        Affine upright = orientation.toUpright(width, height);
        Point corner = upright.apply(new Point(0, 0));
        Point opposite = upright.apply(new Point(width - 1, (float) (intact * height)));
        return face.x() >= Math.min(corner.x(), opposite.x()) - face.width() / 8
                && face.y() >= Math.min(corner.y(), opposite.y()) - face.height() / 8
                && face.x() + face.width() <= Math.max(corner.x(), opposite.x()) + face.width() / 8
                && face.y() + face.height() <= Math.max(corner.y(), opposite.y()) + face.height() / 8;
    }

    /** How many of the five landmarks, in pixels of the upright image, lie inside it. */
    int shown(Landmarks landmarks) {
        return (int) landmarks
                .points()
                .filter(p -> p.x() >= 0 && p.y() >= 0 && p.x() < uprightWidth() && p.y() < uprightHeight())
                .count();
    }

    /** Whether the rim cuts no landmark off. */
    boolean holds(Landmarks landmarks) {
        return shown(landmarks) == Landmarks.COUNT;
    }

    @Override
    public void close() {
        pixels.close();
        release.run();
    }
}

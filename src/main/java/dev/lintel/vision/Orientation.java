package dev.lintel.vision;

import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.MetadataException;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import java.util.Optional;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * How stored pixels must be turned to stand upright.
 *
 * @param mirrored flip left to right first
 * @param turn then turn clockwise by this many degrees: 0, 90, 180 or 270
 */
record Orientation(boolean mirrored, int turn) {
    static final Orientation UPRIGHT = new Orientation(false, 0);

    /** By the EXIF orientation tag (1..8); upright where there is none or it cannot be read. */
    static Orientation ofExif(byte[] image, ImageFormat format) {
        Optional<byte[]> block = ExifBlock.of(image, format);
        if (block.isEmpty()) {
            return UPRIGHT;
        }
        try {
            Metadata metadata = new Metadata();
            new ExifReader().extract(new ByteArrayReader(block.get()), metadata);
            var exif = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
            return exif != null && exif.containsTag(ExifIFD0Directory.TAG_ORIENTATION)
                    ? ofTag(exif.getInt(ExifIFD0Directory.TAG_ORIENTATION))
                    : UPRIGHT;
        } catch (MetadataException | RuntimeException e) {
            return UPRIGHT; // metadata is a hint: a broken one does not make the pixels unreadable
        }
    }

    static Orientation ofTag(int tag) {
        return switch (tag) {
            case 2 -> new Orientation(true, 0);
            case 3 -> new Orientation(false, 180);
            case 4 -> new Orientation(true, 180);
            case 5 -> new Orientation(true, 270);
            case 6 -> new Orientation(false, 90);
            case 7 -> new Orientation(true, 90);
            case 8 -> new Orientation(false, 270);
            default -> UPRIGHT;
        };
    }

    Orientation turnedBy(int degrees) {
        return new Orientation(mirrored, (turn + degrees) % 360);
    }

    boolean swapsSides() {
        return turn % 180 == 90;
    }

    /** The map from stored to upright pixels of a picture that is stored with this width and height. */
    Affine toUpright(int width, int height) {
        Affine flip = mirrored ? new Affine(-1, 0, width - 1, 0, 1, 0) : new Affine(1, 0, 0, 0, 1, 0);
        return flip.then(
                switch (turn) {
                    case 90 -> new Affine(0, -1, height - 1, 1, 0, 0);
                    case 180 -> new Affine(-1, 0, width - 1, 0, -1, height - 1);
                    case 270 -> new Affine(0, 1, 0, -1, 0, width - 1);
                    default -> new Affine(1, 0, 0, 0, 1, 0);
                });
    }

    /** Writes the upright picture to another matrix; both may be large, so turn small ones. */
    void apply(Mat stored, Mat upright) {
        if (!mirrored) {
            turn(stored, upright);
            return;
        }
        try (Mat flipped = new Mat()) {
            opencv_core.flip(stored, flipped, 1);
            turn(flipped, upright);
        }
    }

    private void turn(Mat from, Mat to) {
        switch (turn) {
            case 90 -> opencv_core.rotate(from, to, opencv_core.ROTATE_90_CLOCKWISE);
            case 180 -> opencv_core.rotate(from, to, opencv_core.ROTATE_180);
            case 270 -> opencv_core.rotate(from, to, opencv_core.ROTATE_90_COUNTERCLOCKWISE);
            default -> from.copyTo(to);
        }
    }
}

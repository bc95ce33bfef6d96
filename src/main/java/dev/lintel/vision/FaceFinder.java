package dev.lintel.vision;

import dev.lintel.face.FaceBox;
import java.util.List;
import java.util.stream.Stream;

/**
 * Looks for faces upright first, and harder where it must. Thread-safe; owns its networks.
 *
 * <p>Detectors also see faces that lie on their side or head, give them upright landmarks and a lower score (YuNet:
 * 0.92 and 0.75 on average). So a find below the pack's {@code sureScore} is held against the other quarter
 * turns, and the highest score wins. {@code TurnBench} measures what that costs and gains.
 */
final class FaceFinder implements AutoCloseable {
    /** By how much a turned find must be better. */
    private static final double LEAD = 0.02;

    /** By how much of its size the box of a turned face may reach beyond the picture. */
    private static final double OVERHANG = 0.15;

    /** How much less sure of a whole face one may be than of one that seems cut, where the face fills the picture. */
    private static final double FILLS = 0.2;

    /** Border around a picture that its face may fill, as a share of the longer side. */
    private static final float TIGHT_MARGIN = 0.35f;

    /** Side in pixels, as the detector sees it, of a face that is still well seen at half that size. */
    private static final double LARGE = 48;

    /** Side in pixels, as the detector sees it, below which a find is not sure to be the face that is meant. */
    private static final double TINY = 20;

    private static final int[] OTHER_TURNS = {90, 270, 180};

    private final FaceDetector detector;
    private final LandmarkRefiner refiner;
    private final int detectSize;
    private final double sure;
    private final double beside;

    /**
     * @param detectSize longer side at which the detector sees pictures
     * @param sure score of an upright face from which the other turns are not tried; 0 to try them only where
     *     nothing is found upright
     * @param beside score that a further face needs beside the best one; 0 for no more than the detector asks
     */
    FaceFinder(FaceDetector detector, LandmarkRefiner refiner, int detectSize, double sure, double beside) {
        this.detector = detector;
        this.refiner = refiner;
        this.detectSize = detectSize;
        this.sure = sure;
        this.beside = beside;
    }

    /**
     * The faces that were found, and how the picture had to stand.
     *
     * @param turn clockwise degrees beyond the picture's own orientation
     * @param faces in pixels of the image so turned, highest score first
     * @param cut likewise, faces of which a landmark lies beyond the picture's rim
     */
    record Found(int turn, List<Detection> faces, List<Detection> cut) {

        Found(int turn, List<Detection> faces) {
            this(turn, faces, List.of());
        }

        /** All faces, the whole ones first. */
        List<Detection> all() {
            return Stream.concat(faces.stream(), cut.stream()).toList();
        }

        /** Score of the best face, whole or not, less what it is tilted by: 1 is certain and level; 0 if there is none. */
        double merit() {
            return Math.max(merit(faces), merit(cut));
        }

        private static double merit(List<Detection> faces) {
            return faces.isEmpty()
                    ? 0
                    : faces.get(0).score() - Math.abs(faces.get(0).landmarks().roll()) / 360;
        }
    }

    /**
     * Upright first, then with a margin for a face that fills the picture. Where that finds nothing or nothing
     * sure, the other quarter turns compete.
     */
    Found find(Picture picture) {
        Found upright = detect(0, picture, detectSize, 0);
        if (upright.faces.isEmpty()) {
            Found tight = detect(0, picture, detectSize / 2, TIGHT_MARGIN);
            double least = tight.faces.isEmpty() ? upright.merit() : upright.merit() - FILLS;
            upright = tight.merit() > least ? tight : upright;
        }
        return !upright.all().isEmpty() && upright.merit() >= sure ? upright : compete(picture, upright);
    }

    /**
     * A closer look at an upright picture in which nothing, or nothing but a doubtful face, was found: people who stand far
     * off in a large photograph.
     *
     * @param longerSide at which the detector is to see the picture
     */
    Found closer(Picture picture, int longerSide) {
        return found(0, picture, detector.detectSmall(picture, longerSide));
    }

    /**
     * Whether a larger look may find the face that is meant: nothing was found, or only what is too small to be sure of,
     * upright or, because small upright faces are taken for turned ones, lying.
     */
    boolean doubtful(ImageHeader header, Found found) {
        double shown = Math.min(1, detectSize / (double) Math.max(header.width(), header.height()));
        return found.faces.stream()
                .allMatch(face ->
                        Math.min(face.box().width(), face.box().height()) * shown < (found.turn == 0 ? TINY : LARGE));
    }

    /** One look at the picture as it stands; whole faces only. */
    List<Detection> findUpright(Picture picture, int longerSide) {
        return detect(0, picture, longerSide, 0).faces;
    }

    private Found compete(Picture picture, Found upright) {
        int size = large(picture, upright) ? detectSize / 2 : detectSize;
        Found best = upright;
        for (int turn : OTHER_TURNS) {
            Found found = detect(turn, picture, size, 0);
            if (found.faces.stream().limit(1).anyMatch(face -> within(picture.turnedBy(turn), face))
                    && found.merit() > Math.max(best.merit(), upright.merit() + LEAD)) {
                best = found;
            }
        }
        if (best.turn == 0 || size == detectSize) {
            return best;
        }
        Found finer = detect(best.turn, picture, detectSize, 0);
        return finer.faces.isEmpty() ? best : finer;
    }

    /**
     * A half of a face looks like a whole one that stands on its head: its box then reaches far beyond the edge that cuts it, with
     * room at the other side. A face that fills the picture reaches beyond both.
     */
    private static boolean within(Picture picture, Detection face) {
        FaceBox box = face.box();
        return within(box.x(), box.width(), picture.uprightWidth())
                && within(box.y(), box.height(), picture.uprightHeight());
    }

    private static boolean within(double from, double length, double side) {
        double before = from;
        double behind = side - (from + length);
        double slack = OVERHANG * length;
        return Math.min(before, behind) >= -slack || Math.max(before, behind) <= slack;
    }

    private boolean large(Picture picture, Found found) {
        if (found.faces.isEmpty()) {
            return false;
        }
        double longer = Math.max(picture.width(), picture.height());
        double shown = Math.min(1, detectSize / longer);
        return Math.min(
                                found.faces.get(0).box().width(),
                                found.faces.get(0).box().height())
                        * shown
                >= LARGE;
    }

    private Found detect(int turn, Picture standing, int longerSide, float margin) {
        Picture picture = standing.turnedBy(turn);
        return found(turn, picture, detector.detect(picture, longerSide, margin));
    }

    private Found found(int turn, Picture picture, List<Detection> detected) {
        List<Detection> faces = refiner.refine(picture, detected);
        List<Detection> cut = faces.stream()
                .filter(face -> !picture.holds(face.landmarks()) && face.score() >= beside)
                .toList();
        List<Detection> whole =
                faces.stream().filter(face -> picture.holds(face.landmarks())).toList();
        return new Found(
                turn,
                whole.stream()
                        .filter(face -> face == whole.get(0) && cut.isEmpty() || face.score() >= beside)
                        .toList(),
                cut);
    }

    /** The faces once more, where a finer picture of them is at hand. */
    List<Detection> sharpen(Picture finer, List<Detection> faces) {
        return refiner.look(finer, faces);
    }

    @Override
    public void close() {
        detector.close();
        refiner.close();
    }
}

package dev.lintel.tracking;

import dev.lintel.face.FaceBox;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Which of the faces in a frame is which of those that are followed: the largest overlap of seen and predicted box
 * first. Where a face overlaps the predictions of two, or only lies near one, it is doubtful who it is, and its
 * embedding has to tell. Plain function.
 *
 * @param trackOf for each face the index of its track, or -1 for a new one
 * @param doubtful for each face whether somebody else might be meant
 * @param jumped for each face whether it is not where its track was going: what it did before is no motion of this face
 */
record Association(int[] trackOf, boolean[] doubtful, boolean[] jumped) {
    /** Least overlap of a box with its prediction. */
    private static final double MIN_OVERLAP = 0.25;

    /** Overlap of a box with its prediction below which the face jumped. */
    private static final double JUMP_OVERLAP = 0.4;

    /** An overlap from which on another track might be meant as well. */
    private static final double RIVAL_OVERLAP = 0.15;

    /** Largest distance of the centres, in sides of the box, where nothing overlaps. */
    private static final double REACH = 0.9;

    /** Largest ratio of the sizes there. */
    private static final double MAX_RATIO = 1.6;

    private record Pair(int face, int track, double overlap) {}

    static Association of(List<FaceBox> faces, List<FaceBox> predicted) {
        int[] trackOf = new int[faces.size()];
        boolean[] doubtful = new boolean[faces.size()];
        boolean[] jumped = new boolean[faces.size()];
        Arrays.fill(trackOf, -1);
        boolean[] taken = new boolean[predicted.size()];
        List<Pair> pairs = new ArrayList<>();
        for (int f = 0; f < faces.size(); f++) {
            int rivals = 0;
            for (int t = 0; t < predicted.size(); t++) {
                double overlap = faces.get(f).overlap(predicted.get(t));
                rivals += overlap >= RIVAL_OVERLAP ? 1 : 0;
                double score = overlap >= MIN_OVERLAP ? overlap : nearness(faces.get(f), predicted.get(t));
                if (score > -2) {
                    pairs.add(new Pair(f, t, score));
                }
            }
            doubtful[f] = rivals > 1;
        }
        pairs.sort(Comparator.comparingDouble(Pair::overlap).reversed());
        for (Pair pair : pairs) {
            if (trackOf[pair.face] < 0 && !taken[pair.track]) {
                trackOf[pair.face] = pair.track;
                taken[pair.track] = true;
                jumped[pair.face] = pair.overlap < JUMP_OVERLAP;
            }
        }
        return new Association(trackOf, doubtful, jumped);
    }

    /** -1 for centres that coincide down to -2 for boxes that are too far apart. */
    private static double nearness(FaceBox a, FaceBox b) {
        double side = Math.max(a.width(), b.width());
        double ratio = Math.max(a.width() / b.width(), b.width() / a.width());
        double distance = Math.hypot(a.centreX() - b.centreX(), a.centreY() - b.centreY()) / side;
        return distance > REACH || ratio > MAX_RATIO ? -2 : -1 - distance / (REACH + 1e-6);
    }
}

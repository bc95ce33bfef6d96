package dev.lintel.vision;

import dev.lintel.face.FaceBox;
import dev.lintel.face.Landmarks;
import dev.lintel.face.Landmarks.Point;
import dev.lintel.inference.ModelManifest;
import dev.lintel.inference.ModelPack;
import dev.lintel.inference.Network;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Places the five landmarks in a crop around each face, finer than the detector's grid and from the finest
 * decoding at hand: alignment, and with it recognition, is as good as these points. The same look says whether an upright
 * face is there at all, which catches what the detector takes for one: hands, collars, a face upside down. Thread-safe.
 * Owns the network.
 */
final class LandmarkRefiner implements AutoCloseable {
    /** Side of the crop in longer sides of the detector's box, as in training. */
    private static final double MARGIN = 1.4;

    private static final double BOX_SIDE = 101;

    /** Overlap of the boxes of two looks, as IoU, from which a face counts as found again. */
    private static final float SETTLED = 0.75f;

    /** Of the grid on which boxes and landmarks lie: 1024 steps to a box's side, or up to twice as many. */
    private static final int GRID_BITS = 10;

    /** Looked at in one picture, a sheet of portraits for one; a network takes no more at once. */
    private static final int MOST_FACES = 250;

    private final Network network;
    private final int side;
    private final List<String> outputs;
    private final double threshold;

    /**
     * @param side of the network's input in pixels
     * @param outputs names of the points and of the probability that they lie in an upright face; the latter may be absent,
     *     then the detector is believed
     * @param threshold smallest score of a face, the geometric mean of the detector's and of that probability
     */
    LandmarkRefiner(Network network, int side, List<String> outputs, double threshold) {
        this.network = network;
        this.side = side;
        this.outputs = List.copyOf(outputs);
        this.threshold = threshold;
    }

    static LandmarkRefiner open(ModelPack pack) {
        ModelManifest manifest = pack.manifest();
        return new LandmarkRefiner(
                pack.open(),
                manifest.input().width(),
                manifest.output().names(),
                manifest.threshold() == null ? 0 : manifest.threshold());
    }

    /**
     * The same faces with better landmarks and the box that belongs to those, all in pixels of the upright image. The
     * detector may see one face at two scales: looked at again, both come to the same place, and one is left. What
     * does not stay where the look before found it, or is no face to detector and last look together, is none. Landmarks
     * may lie outside the picture; those are guessed.
     */
    List<Detection> refine(Picture picture, List<Detection> faces) {
        List<Detection> surest =
                faces.size() <= MOST_FACES ? faces : faces.subList(0, MOST_FACES); // highest score first
        List<Detection> before = look(picture, look(picture, surest));
        List<Placed> last = place(picture, before);
        List<Detection> settled = new ArrayList<>(faces.size());
        for (int i = 0; i < last.size(); i++) {
            Placed placed = last.get(i);
            float score = placed.agree(before.get(i).score());
            if (score >= threshold && placed.box.overlap(before.get(i).box()) >= SETTLED) {
                settled.add(new Detection(placed.box, placed.landmarks, score));
            }
        }
        return DetectionDecoder.suppress(settled);
    }

    /** One look at each face: its landmarks, placed anew, and the box that belongs to them. */
    List<Detection> look(Picture picture, List<Detection> faces) {
        List<Placed> placed = place(picture, faces);
        List<Detection> looked = new ArrayList<>(faces.size());
        for (int i = 0; i < faces.size(); i++) {
            looked.add(new Detection(
                    placed.get(i).box, placed.get(i).landmarks, faces.get(i).score()));
        }
        return looked;
    }

    /** @param face probability that an upright face is there, 0..1; NaN if the network has no opinion */
    private record Placed(FaceBox box, Landmarks landmarks, float face) {

        /** The geometric mean of the detector's score and the network's. */
        float agree(float score) {
            return Float.isNaN(face) ? score : (float) Math.sqrt(score * face);
        }
    }

    private List<Placed> place(Picture picture, List<Detection> faces) {
        if (faces.isEmpty()) {
            return List.of();
        }
        List<FaceBox> boxes = faces.stream().map(face -> onGrid(face.box())).toList();
        ByteBuffer crops = ByteBuffer.allocateDirect(faces.size() * side * side * 3);
        for (FaceBox box : boxes) {
            crops.put(FaceCutter.around(picture, box, MARGIN, side).rgb());
        }
        Map<String, float[]> result = network.run(crops.flip(), faces.size(), side, side);
        float[] points = result.get(outputs.get(0));
        float[] face = outputs.size() > 1 ? result.get(outputs.get(1)) : null;
        List<Placed> placed = new ArrayList<>(faces.size());
        for (int i = 0; i < faces.size(); i++) {
            Landmarks landmarks = landmarks(points, i * 10, boxes.get(i));
            placed.add(new Placed(boxOf(landmarks), landmarks, face == null ? Float.NaN : face[i]));
        }
        return placed;
    }

    /**
     * The box that the labelling detector puts around these landmarks: a square of {@value #BOX_SIDE} template
     * pixels, whose centre moves against the nose as the head turns. Least squares over 6,000 labels of
     * {@code scripts/train/detector_labels.py}, residual 1.5 and 2.3 template pixels.
     */
    private static FaceBox boxOf(Landmarks landmarks) {
        SimilarityTransform t = SimilarityTransform.toTemplate(landmarks);
        double noseX = t.a() * landmarks.nose().x() - t.b() * landmarks.nose().y() + t.tx();
        double noseY = t.b() * landmarks.nose().x() + t.a() * landmarks.nose().y() + t.ty();
        double u = 55.884 - 1.562 * (noseX - 56.025) - t.tx();
        double v = 70.153 - 0.736 * (noseY - 71.737) - t.ty();
        double square = Math.max(1e-9, t.a() * t.a() + t.b() * t.b());
        double x = (t.a() * u + t.b() * v) / square;
        double y = (t.a() * v - t.b() * u) / square;
        double size = BOX_SIDE / Math.sqrt(square);
        return new FaceBox((float) (x - size / 2), (float) (y - size / 2), (float) size, (float) size);
    }

    /**
     * To the next point of a grid of a thousandth of the box's side, as the landmarks. Processors, and one thread and several, round
     * differently in the seventh digit; from look to look that would grow to 0.003 of a distance.
     */
    private static FaceBox onGrid(FaceBox box) {
        float step = step(box);
        return new FaceBox(
                onGrid(box.x(), step),
                onGrid(box.y(), step),
                Math.max(step, onGrid(box.width(), step)),
                Math.max(step, onGrid(box.height(), step)));
    }

    private static float onGrid(float value, float step) {
        return Math.round(value / step) * step;
    }

    /** A power of two, so that nothing is lost in dividing by it. */
    private static float step(FaceBox box) {
        return Math.scalb(1f, Math.getExponent(Math.max(box.width(), box.height())) - GRID_BITS);
    }

    /** Shares of the crop's side to pixels of the image, whose centres lie at whole numbers. */
    private static Landmarks landmarks(float[] points, int from, FaceBox box) {
        float square = (float) (Math.max(box.width(), box.height()) * MARGIN);
        float left = box.centreX() - square / 2 - 0.5f;
        float top = box.centreY() - square / 2 - 0.5f;
        float step = step(box);
        Point[] p = new Point[5];
        for (int k = 0; k < 5; k++) {
            p[k] = new Point(
                    onGrid(left + points[from + 2 * k] * square, step),
                    onGrid(top + points[from + 2 * k + 1] * square, step));
        }
        return new Landmarks(p[0], p[1], p[2], p[3], p[4]);
    }

    @Override
    public void close() {
        network.close();
    }
}

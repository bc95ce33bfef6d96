package dev.lintel.tracking;

import dev.lintel.face.FaceCrop;
import dev.lintel.face.Landmarks;
import dev.lintel.face.Landmarks.Point;
import dev.lintel.face.Liveness;
import dev.lintel.liveness.FrameEvidence;
import dev.lintel.liveness.FrameInspector;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.testkit.Heads;
import dev.lintel.testkit.Heads.Head;
import dev.lintel.testkit.Heads.Portrait;
import dev.lintel.tracking.Play.Shown;
import dev.lintel.vision.CutFaces;
import dev.lintel.vision.FrameView;
import dev.lintel.vision.GreyImage;
import dev.lintel.vision.GreyScaler;
import dev.lintel.vision.SeenFace;
import dev.lintel.vision.VideoFrame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Draws what is shown and cuts the faces out of the pixels as a feed does; depth, scene, noise, blinks and edges are judged by the
 * checks of the box. Only what networks say is given: where the faces are, whose they are, and the liveness network's score.
 */
final class RenderedLens implements Lens, AutoCloseable {
    private static final Map<String, Portrait> PORTRAITS =
            Map.of(Swaps.ANNA, Portrait.of(10), Swaps.BOB, Portrait.of(3));

    /** By how many distances of the eyes the nose moves for the sine of the turn. */
    private static final double NOSE = 0.6;

    /** Share of the scripts' turns that heads make here: to and fro in seven frames they are quicker than anybody's. */
    private static final double CALMLY = 0.2;

    /** How exactly landmarks are found, pixels. */
    private static final double LANDMARKS = 0.4;

    private final Random random;
    private final Heads heads;
    private final GreyScaler scaler = new GreyScaler(FrameFaces.THUMBNAIL);
    private final ByteBuffer pixels = ByteBuffer.allocateDirect(Heads.WIDTH * Heads.HEIGHT * 3);
    private final Map<FaceCrop, Shown> shown = new IdentityHashMap<>();
    private final FrameInspector inspector;
    private GreyImage scene;

    RenderedLens(Random random) {
        this.random = random;
        this.heads = new Heads(7);
        this.inspector =
                new FrameInspector(List.of(face -> network(shown.get(face.aligned()))), ApplianceMetrics.unpublished());
    }

    @Override
    public List<SeenFace> film(List<Shown> faces) {
        if (faces.isEmpty() && scene != null) {
            return List.of();
        }
        List<Head> drawn =
                new ArrayList<>(faces.stream().map(RenderedLens::head).toList());
        Collections.reverse(drawn);
        pixels.clear().put(heads.frame(drawn));
        VideoFrame frame = new VideoFrame(pixels, Heads.WIDTH, Heads.HEIGHT, Heads.WIDTH * 3, FrameView.PLAIN);
        scaler.scale(frame);
        scene = scaler.image();
        List<SeenFace> seen = CutFaces.of(
                frame,
                faces.stream()
                        .map(face -> new CutFaces.Place(face.box(), found(Heads.landmarks(head(face))), Play.GOOD))
                        .toList());
        for (int i = 0; i < seen.size(); i++) {
            shown.put(seen.get(i).aligned(), faces.get(i));
        }
        return seen;
    }

    @Override
    public GreyImage scene() {
        return scene;
    }

    @Override
    public FrameEvidence judge(TrackingResult.Inspect ask, Shown face) {
        return inspector.inspect(ask.face(), ask.scene(), ask.frameWidth(), ask.nanos());
    }

    private Liveness.Check network(Shown face) {
        double score = Math.max(0, Math.min(1, face.network() + 0.01 * random.nextGaussian()));
        return new Liveness.Check("network", score, 0.5, score >= 0.5);
    }

    private static Head head(Shown face) {
        double turn = Math.asin(Math.max(-0.9, Math.min(0.9, CALMLY * face.nose() / NOSE)));
        boolean flat = !face.live() && !face.presentation().equals("replay");
        return new Head(
                PORTRAITS.get(face.person()),
                face.x(),
                face.y() - 0.1 * face.size(),
                0.4 * face.size(),
                turn,
                flat,
                face.presentation().equals("sheet"));
    }

    private Landmarks found(Landmarks exact) {
        return new Landmarks(
                near(exact.leftEye()),
                near(exact.rightEye()),
                near(exact.nose()),
                near(exact.mouthLeft()),
                near(exact.mouthRight()));
    }

    private Point near(Point point) {
        return new Point((float) (point.x() + LANDMARKS * random.nextGaussian()), (float)
                (point.y() + LANDMARKS * random.nextGaussian()));
    }

    @Override
    public void close() {
        scaler.close();
    }
}

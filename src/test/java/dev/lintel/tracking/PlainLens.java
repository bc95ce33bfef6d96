package dev.lintel.tracking;

import dev.lintel.face.FaceBox;
import dev.lintel.face.FaceCrop;
import dev.lintel.face.Landmarks;
import dev.lintel.face.Landmarks.Point;
import dev.lintel.face.Liveness;
import dev.lintel.liveness.FrameEvidence;
import dev.lintel.tracking.Play.Shown;
import dev.lintel.vision.GreyImage;
import dev.lintel.vision.SeenFace;
import java.util.List;
import java.util.Random;

/** Without pixels but those of a scene that stays. */
final class PlainLens implements Lens {
    private static final FaceCrop ALIGNED =
            new FaceCrop(FaceCrop.ALIGNED, new byte[FaceCrop.ALIGNED * FaceCrop.ALIGNED * 3]);
    private static final FaceCrop SURROUNDINGS =
            new FaceCrop(SeenFace.SURROUNDINGS, new byte[SeenFace.SURROUNDINGS * SeenFace.SURROUNDINGS * 3]);
    private static final GreyImage SCENE = picture();
    private static final double SCALE = 0.25;

    private final Random random;

    PlainLens(Random random) {
        this.random = random;
    }

    @Override
    public List<SeenFace> film(List<Shown> faces) {
        return faces.stream().map(PlainLens::face).toList();
    }

    @Override
    public GreyImage scene() {
        return SCENE;
    }

    private static SeenFace face(Shown f) {
        FaceBox box = f.box();
        Landmarks points = new Landmarks(
                at(box, 0.3, 0.4),
                at(box, 0.7, 0.4),
                at(box, 0.5 + 0.4 * f.nose(), 0.6),
                at(box, 0.35, 0.8),
                at(box, 0.65, 0.8));
        return new SeenFace(box, points, 0.9, Play.GOOD, new FaceCrop(FaceCrop.ALIGNED, ALIGNED.rgb()), SURROUNDINGS);
    }

    @Override
    public FrameEvidence judge(TrackingResult.Inspect ask, Shown f) {
        byte[] skin = new byte[64];
        new Random((f.person() + f.presentation()).hashCode()).nextBytes(skin);
        for (int i = 0; i < skin.length; i++) {
            skin[i] = (byte) Math.max(0, Math.min(255, (skin[i] & 0xff) + 4 * random.nextGaussian()));
        }
        double network = Math.max(0, Math.min(1, f.network() + 0.01 * random.nextGaussian()));
        return new FrameEvidence(
                ask.nanos(),
                ask.face().box(),
                ask.face().landmarks(),
                List.of(new Liveness.Check("network", network, 0.5, network >= 0.5)),
                skin,
                new byte[16],
                SCENE,
                SCALE,
                0);
    }

    private static Point at(FaceBox box, double x, double y) {
        return new Point((float) (box.x() + x * box.width()), (float) (box.y() + y * box.height()));
    }

    private static GreyImage picture() {
        byte[] pixels = new byte[160 * 90];
        new Random(11).nextBytes(pixels);
        return new GreyImage(160, 90, pixels);
    }
}

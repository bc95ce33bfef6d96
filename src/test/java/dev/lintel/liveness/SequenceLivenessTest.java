package dev.lintel.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.LiveProof;
import dev.lintel.access.LiveProof.State;
import dev.lintel.access.Reason;
import dev.lintel.face.FaceBox;
import dev.lintel.face.Landmarks;
import dev.lintel.face.Landmarks.Point;
import dev.lintel.face.Liveness;
import dev.lintel.testkit.Configs;
import dev.lintel.vision.GreyImage;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class SequenceLivenessTest {
    private static final int FRAME_WIDTH = 640;
    private static final int SCENE_WIDTH = 160;
    private static final int SCENE_HEIGHT = 120;
    private static final double SCALE = (double) SCENE_WIDTH / FRAME_WIDTH;
    private static final SequenceConfig CONFIG = Configs.of(SequenceConfig.class);
    private static final SequenceConfig TRUSTING = Configs.of(SequenceConfig.class, "trust-motion: true");

    /** A head as five points in space, in millimetres, the nose before the plane of the others. */
    private static final double[][] HEAD = {{-32, -30, 0}, {32, -30, 0}, {0, 5, 30}, {-26, 40, -3}, {26, 40, -3}};

    private final Random random = new Random(5);

    @Test
    void shouldBelieveANetworkThatSaysLiveOnEveryFrame() {
        LiveProof proof = judge(CONFIG, 6, i -> 0.9, still());

        assertThat(proof.state()).isEqualTo(State.LIVE);
        assertThat(proof.score()).isGreaterThan(0.6);
    }

    @Test
    void shouldSayWhatDecidedFirstAndWhatWasNeeded() {
        LiveProof near = judge(CONFIG, 6, i -> 0.7, still());
        LiveProof below = judge(CONFIG, 6, i -> 0.45, still());
        LiveProof proven = judge(CONFIG, 6, i -> 0.9, still());

        assertThat(near.state()).isEqualTo(State.NOT_PROVEN);
        assertThat(near.reasons().get(0).sentence()).isEqualTo("the score 0.70, 0.75 is needed");
        assertThat(below.reasons().get(0).sentence())
                .isEqualTo("the network's 0.450 on average over 6 frames, 0.500 is needed");
        assertThat(proven.reasons().get(0).sentence()).isEqualTo("the score 0.90, 0.75 is needed");
    }

    @Test
    void shouldHoldACameraToItsOwnLimit() {
        LiveProof lowered = judge(CONFIG, 12, i -> 0.45, still(), own -> 0.3);
        LiveProof loweredAndTurning = judge(CONFIG, 12, i -> 0.45, turning(true), own -> 0.3);
        LiveProof below = judge(CONFIG, 12, i -> 0.25, turning(true), own -> 0.3);
        LiveProof raised = judge(CONFIG, 12, i -> 0.6, turning(true), own -> 0.65);
        LiveProof reached = judge(CONFIG, 12, i -> 0.8, still(), own -> 0.65);

        assertThat(judge(CONFIG, 12, i -> 0.45, turning(true)).state())
                .as("with the network's own")
                .isEqualTo(State.NOT_PROVEN);
        assertThat(lowered.state()).as("near it, motion must speak too").isEqualTo(State.NOT_PROVEN);
        assertThat(loweredAndTurning.state()).isEqualTo(State.LIVE);
        assertThat(below.state()).isEqualTo(State.NOT_PROVEN);
        assertThat(raised.reasons().get(0).sentence())
                .isEqualTo("the network's 0.600 on average over 12 frames, 0.650 is needed");
        assertThat(reached.state()).isEqualTo(State.LIVE);
        assertThat(reached.score())
                .as("nobody is less live for it")
                .isEqualTo(judge(CONFIG, 12, i -> 0.8, still()).score());
    }

    @Test
    void shouldHoldPicturesWithoutColourToLimitsOfTheirOwnAndAskForMotion() {
        SequenceConfig config = Configs.of(SequenceConfig.class, "grey-threshold: 0.3");

        LiveProof still = grey(config, 0.45, still());
        LiveProof turning = grey(config, 0.45, turning(true));
        LiveProof below = grey(config, 0.25, turning(true));
        LiveProof sheet = grey(config, 0.9, turning(false));
        LiveProof never = grey(Configs.of(SequenceConfig.class, "grey-threshold: 1.0"), 0.99, turning(true));

        assertThat(still.state()).isEqualTo(State.NOT_PROVEN);
        assertThat(still.reasons().get(0).code()).isEqualTo("grey-still");
        assertThat(turning.state()).isEqualTo(State.LIVE);
        assertThat(turning.reasons()).contains(new Reason("grey"));
        assertThat(List.of(below, sheet, never)).extracting(LiveProof::state).doesNotContain(State.LIVE);
        assertThat(judge(config, 12, i -> 0.45, turning(true)).state())
                .as("with colour")
                .isEqualTo(State.NOT_PROVEN);
    }

    private LiveProof grey(SequenceConfig config, double network, Motion motion) {
        SequenceLiveness sequence = new SequenceLiveness(config);
        for (int i = 0; i < 12; i++) {
            sequence.add(evidence(
                    i * 100_000_000L,
                    network,
                    motion.at(i),
                    new FaceBox(260, 180, 120, 120),
                    new GreyImage(SCENE_WIDTH, SCENE_HEIGHT, filled(90), true)));
        }
        return sequence.proof();
    }

    @Test
    void shouldForgetWhatAnotherPictureShowed() {
        SequenceLiveness sequence = new SequenceLiveness(CONFIG);
        for (int i = 0; i < 12; i++) {
            sequence.add(frame(i * 100_000_000L, 0.7, turning(true).at(i)));
        }
        LiveProof before = sequence.proof();
        for (int i = 12; i < 15; i++) {
            FrameEvidence f = frame(i * 100_000_000L, 0.7, still().at(i));
            byte[] other = new byte[FrameEvidence.FACE * FrameEvidence.FACE];
            new Random(1).nextBytes(other);
            sequence.add(new FrameEvidence(
                    f.nanos(), f.box(), f.landmarks(), f.checks(), other, f.eyes(), f.scene(), SCALE, 0));
        }

        assertThat(before.state()).isEqualTo(State.LIVE);
        assertThat(sequence.frames()).isEqualTo(3);
        assertThat(sequence.proof().state()).isEqualTo(State.NOT_PROVEN);
        assertThat(sentences(sequence.proof())).noneSatisfy(r -> assertThat(r).contains("depth"));
    }

    @Test
    void shouldProveNothingFromTooFewFrames() {
        LiveProof proof = judge(CONFIG, 3, i -> 0.99, still());

        assertThat(proof.state()).isEqualTo(State.NOT_PROVEN);
        assertThat(sentences(proof)).anySatisfy(r -> assertThat(r).contains("frames judged so far: 3"));
    }

    @Test
    void shouldProveNothingFromManyFramesOfOneMoment() {
        SequenceLiveness sequence = new SequenceLiveness(CONFIG);
        for (int i = 0; i < 10; i++) {
            sequence.add(frame(i * 1_000_000L, 0.99, still().at(i)));
        }

        assertThat(sequence.proof().state()).isEqualTo(State.NOT_PROVEN);
    }

    @Test
    void shouldProveNothingWithoutANetworkHoweverTheHeadTurns() {
        LiveProof proof = judge(CONFIG, 12, i -> -1, turning(true));

        assertThat(proof.state()).isEqualTo(State.NOT_PROVEN);
        assertThat(sentences(proof)).contains("no liveness network is configured");
    }

    @Test
    void shouldTrustDepthWithoutANetworkWhereTheOperatorSaysSo() {
        assertThat(judge(TRUSTING, 12, i -> -1, turning(true)).state()).isEqualTo(State.LIVE);
        assertThat(judge(TRUSTING, 12, i -> -1, still()).state()).isEqualTo(State.NOT_PROVEN);
    }

    @Test
    void shouldCallASheetThatIsTurnedAnAttackWhateverTheNetworkSays() {
        LiveProof proof = judge(CONFIG, 12, i -> 0.99, turning(false));

        assertThat(proof.state()).isNotEqualTo(State.LIVE);
        assertThat(sentences(proof)).anySatisfy(r -> assertThat(r).contains("flat sheet"));
        assertThat(judge(CONFIG, 12, i -> -1, turning(false)).state()).isEqualTo(State.ATTACK);
    }

    @Test
    void shouldCallWhatTheNetworkSeesThroughAnAttack() {
        assertThat(judge(CONFIG, 8, i -> 0.02, still()).state()).isEqualTo(State.ATTACK);
    }

    @Test
    void shouldNotBeTakenInByOneLuckyFrame() {
        assertThat(judge(CONFIG, 8, i -> i == 3 ? 0.99 : 0.3, still()).state()).isNotEqualTo(State.LIVE);
    }

    @Test
    void shouldDistrustAPictureWithoutACamerasNoise() {
        SequenceLiveness sequence = new SequenceLiveness(CONFIG);
        byte[] same = noise(FrameEvidence.FACE * FrameEvidence.FACE);
        for (int i = 0; i < 10; i++) {
            FrameEvidence f = frame(i * 100_000_000L, 0.99, still().at(i));
            sequence.add(new FrameEvidence(
                    f.nanos(), f.box(), f.landmarks(), f.checks(), same, f.eyes(), f.scene(), f.sceneScale(), 0));
        }

        assertThat(sequence.proof().state()).isNotEqualTo(State.LIVE);
        assertThat(sentences(sequence.proof())).anySatisfy(r -> assertThat(r).contains("does not change at all"));
    }

    @Test
    void shouldSeeWhetherTheSceneStaysBehindTheFaceOrIsCarriedAlong() {
        LiveProof staying = walking(false);
        LiveProof carried = walking(true);

        assertThat(sentences(staying)).anySatisfy(r -> assertThat(r).contains("before a scene that stays"));
        assertThat(sentences(carried)).anySatisfy(r -> assertThat(r).contains("moves along with it"));
        assertThat(carried.state()).isNotEqualTo(State.LIVE);
        assertThat(staying.score()).isGreaterThan(carried.score());
    }

    @Test
    void shouldFindTheEdgesOfAScreenAroundAFace() {
        GreyImage plain = new GreyImage(SCENE_WIDTH, SCENE_HEIGHT, filled(120));
        byte[] screen = filled(60);
        for (int y = 0; y < SCENE_HEIGHT; y++) {
            Arrays.fill(screen, y * SCENE_WIDTH + 50, y * SCENE_WIDTH + 110, (byte) 180);
        }
        byte[] closed = screen.clone();
        Arrays.fill(closed, 0, SCENE_WIDTH * 20, (byte) 60);
        FaceBox box = new FaceBox(240, 160, 160, 160);

        assertThat(BorderFinder.strength(plain, box, SCALE)).isZero();
        assertThat(BorderFinder.strength(new GreyImage(SCENE_WIDTH, SCENE_HEIGHT, screen), box, SCALE))
                .isBetween(0.7, 0.76);
        assertThat(BorderFinder.strength(new GreyImage(SCENE_WIDTH, SCENE_HEIGHT, closed), box, SCALE))
                .isGreaterThan(0.95);
    }

    @Test
    void shouldNoticeABlink() {
        SequenceLiveness open = new SequenceLiveness(CONFIG);
        SequenceLiveness blinking = new SequenceLiveness(CONFIG);
        byte[] face = noise(FrameEvidence.FACE * FrameEvidence.FACE);
        for (int i = 0; i < 12; i++) {
            FrameEvidence f = frame(i * 100_000_000L, 0.9, still().at(i));
            byte[] eyes = new byte[FrameEvidence.EYES_WIDTH * FrameEvidence.EYES_HEIGHT];
            Arrays.fill(eyes, (byte) (i == 6 ? 140 : 100));
            byte[] changing = face.clone();
            changing[i] = (byte) (changing[i] + 90);
            open.add(new FrameEvidence(
                    f.nanos(),
                    f.box(),
                    f.landmarks(),
                    f.checks(),
                    changing,
                    new byte[eyes.length],
                    f.scene(),
                    SCALE,
                    0));
            blinking.add(new FrameEvidence(
                    f.nanos(), f.box(), f.landmarks(), f.checks(), changing, eyes, f.scene(), SCALE, 0));
        }

        assertThat(sentences(blinking.proof())).contains("the eyes moved by themselves");
        assertThat(sentences(open.proof())).doesNotContain("the eyes moved by themselves");
    }

    @Test
    void shouldKeepItsMemoryBounded() {
        SequenceLiveness sequence = new SequenceLiveness(CONFIG);
        for (int i = 0; i < 500; i++) {
            sequence.add(frame(i * 100_000_000L, 0.9, still().at(i)));
        }

        assertThat(sequence.frames()).isEqualTo(500);
        assertThat(sequence.kept()).isLessThanOrEqualTo(SequenceLiveness.KEPT);
    }

    private static List<String> sentences(LiveProof proof) {
        return proof.reasons().stream().map(Reason::sentence).toList();
    }

    /** A face at each frame. */
    private interface Motion {
        Landmarks at(int frame);
    }

    private LiveProof judge(SequenceConfig config, int frames, IntToDoubleFunction network, Motion motion) {
        return judge(config, frames, network, motion, NetworkLimit.OWN);
    }

    private LiveProof judge(
            SequenceConfig config, int frames, IntToDoubleFunction network, Motion motion, NetworkLimit limit) {
        SequenceLiveness sequence = new SequenceLiveness(config, limit).anew();
        for (int i = 0; i < frames; i++) {
            sequence.add(frame(i * 100_000_000L, network.applyAsDouble(i), motion.at(i)));
        }
        return sequence.proof();
    }

    private Motion still() {
        return i -> project(0, 2, true);
    }

    /** Turning to and fro by 35 degrees, with or without depth. */
    private Motion turning(boolean depth) {
        return i -> project(Math.toRadians(35) * Math.sin(i * 0.7), 2, depth);
    }

    /** As seen by a camera at some distance, with a landmark network's noise. */
    private Landmarks project(double yaw, double noise, boolean depth) {
        Point[] points = new Point[5];
        for (int i = 0; i < 5; i++) {
            double x = HEAD[i][0];
            double z = depth ? HEAD[i][2] : 0;
            double turnedX = x * Math.cos(yaw) + z * Math.sin(yaw);
            double far = 900 - (z * Math.cos(yaw) - x * Math.sin(yaw));
            points[i] = new Point((float) (320 + 1000 * turnedX / far + noise * 0.15 * random.nextGaussian()), (float)
                    (240 + 1000 * HEAD[i][1] / far + noise * 0.15 * random.nextGaussian()));
        }
        return new Landmarks(points[0], points[1], points[2], points[3], points[4]);
    }

    private FrameEvidence frame(long nanos, double network, Landmarks landmarks) {
        return evidence(
                nanos,
                network,
                landmarks,
                new FaceBox(260, 180, 120, 120),
                new GreyImage(SCENE_WIDTH, SCENE_HEIGHT, filled(90)));
    }

    private FrameEvidence evidence(long nanos, double network, Landmarks landmarks, FaceBox box, GreyImage scene) {
        List<Liveness.Check> checks =
                network < 0 ? List.of() : List.of(new Liveness.Check(NetworkCheck.NAME, network, 0.5, network >= 0.5));
        return new FrameEvidence(
                nanos,
                box,
                landmarks,
                checks,
                noise(FrameEvidence.FACE * FrameEvidence.FACE),
                noise(FrameEvidence.EYES_WIDTH * FrameEvidence.EYES_HEIGHT),
                scene,
                SCALE,
                0);
    }

    /** A face that goes from left to right; what is behind it goes with it, or not. */
    private LiveProof walking(boolean carried) {
        SequenceLiveness sequence = new SequenceLiveness(CONFIG);
        byte[] wall = blobs(2 * SCENE_WIDTH);
        for (int i = 0; i < 10; i++) {
            int shift = 4 * i;
            byte[] pixels = new byte[SCENE_WIDTH * SCENE_HEIGHT];
            for (int y = 0; y < SCENE_HEIGHT; y++) {
                for (int x = 0; x < SCENE_WIDTH; x++) {
                    pixels[y * SCENE_WIDTH + x] = wall[y * 2 * SCENE_WIDTH + x + (carried ? 40 - shift : 0)];
                }
            }
            FaceBox box = new FaceBox(
                    (float) ((45 + shift) / SCALE), (float) (45 / SCALE), (float) (28 / SCALE), (float) (28 / SCALE));
            sequence.add(evidence(
                    i * 100_000_000L, 0.7, still().at(i), box, new GreyImage(SCENE_WIDTH, SCENE_HEIGHT, pixels)));
        }
        return sequence.proof();
    }

    private byte[] blobs(int width) {
        byte[] wall = new byte[width * SCENE_HEIGHT];
        Random places = new Random(3);
        double[][] waves = new double[14][4];
        for (double[] wave : waves) {
            wave[0] = places.nextDouble() * 0.5;
            wave[1] = places.nextDouble() * 0.5;
            wave[2] = places.nextDouble() * 6;
        }
        for (int y = 0; y < SCENE_HEIGHT; y++) {
            for (int x = 0; x < width; x++) {
                double sum = 120;
                for (double[] wave : waves) {
                    sum += 9 * Math.sin(wave[0] * x + wave[1] * y + wave[2]);
                }
                wall[y * width + x] = (byte) Math.max(0, Math.min(255, sum));
            }
        }
        return wall;
    }

    private static byte[] filled(int grey) {
        byte[] pixels = new byte[SCENE_WIDTH * SCENE_HEIGHT];
        Arrays.fill(pixels, (byte) grey);
        return pixels;
    }

    private byte[] noise(int bytes) {
        byte[] noise = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            noise[i] = (byte) (100 + 20 * Math.sin(i / 40.0) + 3 * random.nextGaussian());
        }
        return noise;
    }
}

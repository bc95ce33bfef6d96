package dev.lintel.liveness;

import dev.lintel.access.LiveProof;
import dev.lintel.access.LiveProof.State;
import dev.lintel.access.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Whether the face of one visit is live, from its frames so far: the network's mean opinion, corrected by what only a
 * sequence shows. Fails closed: without a network, with too few frames or a failed check nothing is proven, whatever
 * else speaks for a live face. Keeps {@value #KEPT} frames, spread over the visit, about half a megabyte. Confined to
 * one thread at a time.
 *
 * <p>What it does not stop: a video on a screen that fills the view, held still, that the network takes for live; a
 * mask; a picture fed into the camera's cable. {@code lintel evaluate-clips} measures it.
 */
public final class SequenceLiveness {
    /** Most frames that are kept. */
    static final int KEPT = 16;

    /** No opinion of a network counts for more than these odds: it saw one kind of attacks. */
    private static final double MOST_FROM_NETWORK = 3;

    /** Odds of a face about which nothing is known. */
    private static final double WITHOUT_NETWORK = -1.5;

    /** Weight of a piece of evidence that has to be there where a picture has no colour: depth, or a scene that stays. */
    private static final double MOTION_IN_GREY = 1;

    private static final double FOR_FAILED_CHECKS = -2;

    /**
     * Correlation with the view before from which on a face may be the same one a moment later. Between views 200 ms apart it
     * is 0.94 and more on two webcam films and on somebody who walks, between a film and its replay 0.28 at most, between faces
     * of different films and photos 0.77 at most; a head that turns quickly falls short of it and begins anew as well.
     */
    private static final double SAME_PICTURE = 0.7;

    private static final LiveProof NOTHING = new LiveProof(State.NOT_PROVEN, 0, List.of());

    private final SequenceConfig config;
    private final NetworkLimit limit;
    private final List<FrameEvidence> kept = new ArrayList<>();
    private SceneEvidence scene = new SceneEvidence();
    private List<Evidence> evidence = List.of();
    private byte[] picture;
    private int frames;
    private int stride = 1;
    private int judgedByNetwork;
    private double networkSum;
    private double networkThreshold;
    private int implausible;
    private int colourless;
    private long first;
    private long last;
    private LiveProof proof = NOTHING;

    /** With the network's own limit. */
    public SequenceLiveness(SequenceConfig config) {
        this(config, NetworkLimit.OWN);
    }

    /** @param limit what the network must say at this camera */
    public SequenceLiveness(SequenceConfig config, NetworkLimit limit) {
        this.config = config;
        this.limit = limit;
    }

    /** One that has seen nothing yet, for the same configuration. */
    public SequenceLiveness anew() {
        return new SequenceLiveness(config, limit);
    }

    /** One more frame of the same face, later than those before. Where it shows another picture, all before it is forgotten. */
    public void add(FrameEvidence frame) {
        if (picture != null && Correlation.likeness(picture, frame.face()) < SAME_PICTURE) {
            // From one picture to another is neither depth nor motion, and what the one showed proves nothing of the
            // other.
            restart();
        }
        picture = frame.face();
        if (frames == 0) {
            first = frame.nanos();
        }
        last = frame.nanos();
        frame.network().ifPresent(p -> {
            networkSum += p;
            judgedByNetwork++;
            networkThreshold = frame.networkThreshold();
        });
        implausible += frame.plausible() ? 0 : 1;
        colourless += frame.scene().colourless() ? 1 : 0;
        if (frames++ % stride == 0) {
            if (kept.size() == KEPT) {
                for (int i = KEPT - 1; i > 0; i -= 2) {
                    kept.remove(i);
                }
                stride *= 2;
            }
            scene.add(frame, kept);
            kept.add(frame);
            evidence = evidence();
        }
        proof = judge();
    }

    private void restart() {
        kept.clear();
        scene = new SceneEvidence();
        evidence = List.of();
        frames = 0;
        stride = 1;
        judgedByNetwork = 0;
        networkSum = 0;
        implausible = 0;
        colourless = 0;
    }

    /** What is known so far. */
    public LiveProof proof() {
        return proof;
    }

    /** Whether it is known, so that nobody need wait. */
    public boolean settled() {
        return proof.state() != State.NOT_PROVEN;
    }

    public int frames() {
        return frames;
    }

    /** How many frames are kept. */
    int kept() {
        return kept.size();
    }

    private LiveProof judge() {
        double network = judgedByNetwork == 0 ? 0 : networkSum / judgedByNetwork;
        double needed = grey() ? config.greyThreshold() : limit.needed(networkThreshold);
        // What a camera's limit is raised by is asked for, but makes nobody less live who reaches it.
        double from = grey() ? needed : Math.min(needed, networkThreshold);
        double odds = judgedByNetwork == 0 ? WITHOUT_NETWORK : clamp(logit(network) - logit(from), MOST_FROM_NETWORK);
        Reason ofNetwork = judgedByNetwork == 0
                ? new Reason("no-network")
                : limit.of(new Reason(
                        "network", Map.of("found", network, "frames", (double) judgedByNetwork, "needed", needed)));
        List<Evidence> all = Stream.concat(evidence.stream(), Stream.of(checks()))
                .filter(Evidence::says)
                .toList();
        odds += all.stream().mapToDouble(Evidence::weight).sum();
        double score = 1 / (1 + Math.exp(-odds));
        Judgement judged = state(score, network >= needed, ofNetwork, all);
        List<Reason> reasons = Stream.concat(
                        Stream.of(judged.by, ofNetwork, grey() ? new Reason("grey") : null),
                        all.stream().map(Evidence::reason))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        return new LiveProof(judged.state, score, reasons);
    }

    /** @param by what decided */
    private record Judgement(State state, Reason by) {}

    /** What the kept frames show together; changes only with them. */
    private List<Evidence> evidence() {
        return List.of(
                MotionEvidence.of(kept.stream().map(FrameEvidence::landmarks).toList()),
                scene.found(),
                PictureEvidence.perfect(kept),
                PictureEvidence.blink(kept),
                PictureEvidence.border(kept));
    }

    private Judgement state(double score, boolean networkAgrees, Reason ofNetwork, List<Evidence> all) {
        if (frames < config.minFrames()) {
            return new Judgement(State.NOT_PROVEN, Reason.of("frames", frames, config.minFrames()));
        }
        long millis = Duration.ofNanos(last - first).toMillis();
        if (millis < config.minSpan().toMillis()) {
            return new Judgement(
                    State.NOT_PROVEN, Reason.of("time", millis, config.minSpan().toMillis()));
        }
        boolean against = judgedByNetwork > 0 || all.stream().anyMatch(e -> e.weight() < 0);
        if (score <= config.attackScore() && against) {
            return new Judgement(State.ATTACK, Reason.of("attack-score", score, config.attackScore()));
        }
        if (judgedByNetwork == 0 && !config.trustMotion() || judgedByNetwork > 0 && !networkAgrees) {
            return new Judgement(State.NOT_PROVEN, ofNetwork);
        }
        if (judgedByNetwork > 0 && judgedByNetwork < frames) {
            return new Judgement(State.NOT_PROVEN, Reason.of("network-missing", judgedByNetwork, frames));
        }
        if (2 * implausible > frames) {
            return new Judgement(State.NOT_PROVEN, checks().reason());
        }
        if (grey() && all.stream().noneMatch(e -> e.weight() >= MOTION_IN_GREY)) {
            return new Judgement(State.NOT_PROVEN, new Reason("grey-still"));
        }
        Reason ofScore = Reason.of("live-score", score, config.liveScore());
        return new Judgement(score >= config.liveScore() ? State.LIVE : State.NOT_PROVEN, ofScore);
    }

    /** Without colour the network tells less, and motion has to say it too. */
    private boolean grey() {
        return 2 * colourless > frames;
    }

    private Evidence checks() {
        return 2 * implausible > frames
                ? new Evidence(
                        FOR_FAILED_CHECKS,
                        new Reason("implausible", Map.of("found", (double) implausible, "frames", (double) frames)))
                : Evidence.NONE;
    }

    private static double logit(double p) {
        double clipped = Math.max(1e-4, Math.min(1 - 1e-4, p));
        return Math.log(clipped / (1 - clipped));
    }

    private static double clamp(double value, double most) {
        return Math.max(-most, Math.min(most, value));
    }
}

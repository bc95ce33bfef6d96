package dev.lintel.evaluation;

import dev.lintel.access.LiveProof;
import dev.lintel.evaluation.score.ErrorCurve;
import dev.lintel.evaluation.score.ScoreDistribution;
import dev.lintel.liveness.FrameEvidence;
import dev.lintel.liveness.SequenceConfig;
import dev.lintel.liveness.SequenceLiveness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Liveness over time on clips: every clip is cut into windows that overlap, each window is judged as a visit of its own.
 * Windows of one clip resemble each other, so their number says nothing about how sure a rate is; the number of clips
 * does. Confined to one thread.
 */
public final class ClipTrial {
    private final SequenceConfig config;
    private final Duration window;
    private final Duration step;
    private final Map<String, List<LiveProof>> live = new LinkedHashMap<>();
    private final Map<String, List<LiveProof>> attacks = new LinkedHashMap<>();

    /**
     * @param window length of a window
     * @param step from the beginning of one to that of the next
     */
    public ClipTrial(SequenceConfig config, Duration window, Duration step) {
        this.config = config;
        this.window = window;
        this.step = step;
    }

    /** @param frames of one face, in order */
    public void live(String clip, List<FrameEvidence> frames) {
        live.put(clip, windows(frames));
    }

    /** @param frames of one face, in order */
    public void attack(String clip, List<FrameEvidence> frames) {
        attacks.put(clip, windows(frames));
    }

    private List<LiveProof> windows(List<FrameEvidence> frames) {
        List<LiveProof> proofs = new ArrayList<>();
        if (frames.isEmpty()) {
            return proofs;
        }
        long end = frames.get(frames.size() - 1).nanos();
        long start = frames.get(0).nanos();
        do {
            SequenceLiveness sequence = new SequenceLiveness(config);
            for (FrameEvidence frame : frames) {
                if (frame.nanos() >= start && frame.nanos() <= start + window.toNanos()) {
                    sequence.add(frame);
                }
            }
            if (sequence.frames() >= config.minFrames()) {
                proofs.add(sequence.proof());
            }
            start += step.toNanos();
        } while (start + window.toNanos() <= end);
        return proofs;
    }

    /** The judgements by clip. */
    public Map<String, List<LiveProof>> liveClips() {
        return live;
    }

    public Map<String, List<LiveProof>> attackClips() {
        return attacks;
    }

    /** Scores over all thresholds: a window counts as live from the threshold on. */
    public ErrorCurve curve() {
        return new ErrorCurve(scores(live.values()), scores(attacks.values()));
    }

    /** Share of the windows that count as live with everything that the configuration asks for; NaN without windows. */
    public static double takenForLive(Map<String, List<LiveProof>> clips) {
        return clips.values().stream()
                .flatMap(List::stream)
                .mapToDouble(p -> p.state() == LiveProof.State.LIVE ? 1 : 0)
                .average()
                .orElse(Double.NaN);
    }

    /** What the network says of the live clips, 0..1: the middle one of their means. Empty without a network. */
    public OptionalDouble level() {
        double[] means = live.values().stream()
                .map(ClipTrial::network)
                .filter(found -> found.length > 0)
                .mapToDouble(found -> Arrays.stream(found).average().orElseThrow())
                .sorted()
                .toArray();
        return means.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(means[means.length / 2]);
    }

    /** Share of the windows of these clips of which the network says at least this on average; NaN without any. */
    public static double reaching(double limit, Map<String, List<LiveProof>> clips) {
        return clips.values().stream()
                .flatMapToDouble(proofs -> Arrays.stream(network(proofs)))
                .map(found -> found >= limit ? 1 : 0)
                .average()
                .orElse(Double.NaN);
    }

    /** What it said of each window. */
    private static double[] network(List<LiveProof> proofs) {
        return proofs.stream()
                .flatMap(proof -> proof.reasons().stream())
                .filter(reason -> reason.code().equals("network"))
                .mapToDouble(reason -> reason.numbers().get("found"))
                .toArray();
    }

    private static ScoreDistribution scores(Collection<List<LiveProof>> clips) {
        return ScoreDistribution.of(clips.stream()
                .flatMap(List::stream)
                .mapToDouble(LiveProof::score)
                .toArray());
    }
}

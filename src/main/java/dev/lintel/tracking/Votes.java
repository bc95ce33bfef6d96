package dev.lintel.tracking;

import dev.lintel.access.Sighting.Identity;
import dev.lintel.face.Candidate;
import dev.lintel.face.Embedding;
import dev.lintel.face.Label;
import dev.lintel.recognition.Threshold;
import dev.lintel.recognition.ThresholdPolicy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The votes of one visit. Stricter than the rule for one photo: the mean embedding must be near enough with a margin,
 * and at least two frames must each have been accepted for the same person. One frame that would be accepted as
 * somebody else forbids naming anybody, unless four speak against it. Confined to its tracker's thread.
 */
final class Votes {
    /** Frames that must each be accepted for the person. */
    private static final int LEAST_AGREEING = 2;

    /** How many must agree for each one that names somebody else. */
    private static final int OUTVOTE = 4;

    /** Quality of a view from which on it speaks against somebody, not for the distance or the light. */
    private static final double GOOD = 0.5;

    private final TrackingConfig config;
    private final ThresholdPolicy policy;
    private final double minimumMargin;
    private final List<Vote> votes = new ArrayList<>();
    private List<Candidate> meanCandidates = List.of();
    private int templates;

    /** @param minimumMargin what the rule for one photo asks for */
    Votes(TrackingConfig config, ThresholdPolicy policy, double minimumMargin) {
        this.config = config;
        this.policy = policy;
        this.minimumMargin = Math.max(minimumMargin, config.margin());
    }

    /**
     * One more frame has been compared. Where there are enough already it takes the place of the poorest.
     *
     * @param ofMean the nearest people of the mean with this vote, see {@link #meanWith}
     * @param comparedWith how many templates the gallery has
     */
    void add(Vote vote, List<Candidate> ofMean, int comparedWith) {
        votes.remove(replacedBy());
        votes.add(vote);
        meanCandidates = List.copyOf(ofMean);
        templates = comparedWith;
    }

    /** The mean embedding if this view voted as well. */
    Embedding meanWith(Embedding embedding, double quality) {
        List<Vote> all = new ArrayList<>(votes);
        all.remove(replacedBy());
        all.add(new Vote(embedding, quality, List.of(), 0, null));
        return mean(all);
    }

    /** The mean embedding of the votes, weighted by quality. */
    Embedding mean() {
        return mean(votes);
    }

    private Vote replacedBy() {
        return votes.size() < config.votes()
                ? null
                : votes.stream().min(Comparator.comparingDouble(Vote::quality)).orElseThrow();
    }

    private static Embedding mean(List<Vote> votes) {
        Embedding first = votes.get(0).embedding();
        float[] sum = new float[first.dimension()];
        for (Vote vote : votes) {
            float weight = (float) Math.max(0.05, vote.quality());
            for (int i = 0; i < sum.length; i++) {
                sum[i] += weight * vote.embedding().vector()[i];
            }
        }
        return new Embedding(first.modelId(), sum);
    }

    List<Vote> votes() {
        return votes;
    }

    boolean isEmpty() {
        return votes.isEmpty();
    }

    /** Whether all frames that may vote have voted. */
    boolean full() {
        return votes.size() >= config.votes();
    }

    /** Largest distance, as a cosine similarity, at which one comparison counts as a match. */
    Threshold threshold() {
        return policy.forSearch(OptionalDouble.empty(), templates);
    }

    /**
     * Whether a view shows the face of these votes, so surely that what it proves counts for whom they name: it is like the
     * votes for that person, and nobody else's picture is nearer.
     *
     * @param similarity from which on two faces are one, compared 1:1
     */
    boolean vouchesFor(Vote view, double similarity) {
        if (votes.isEmpty()) {
            return true;
        }
        Threshold threshold = threshold();
        Label named = meanCandidates.isEmpty() ? null : meanCandidates.get(0).label();
        List<Vote> naming = votes.stream()
                .filter(vote -> vote.accepted(threshold.similarity())
                        && vote.nearest().orElseThrow().label().equals(named))
                .toList();
        boolean somebodyElse = view.accepted(threshold.similarity())
                && !view.nearest().orElseThrow().label().equals(named);
        return !somebodyElse && view.embedding().similarity(mean(naming.isEmpty() ? votes : naming)) >= similarity;
    }

    /**
     * What the votes say so far; there must be one.
     *
     * @param closing whether no more votes are waited for, so that it must be said what it is
     */
    Verdict verdict(boolean closing) {
        Threshold threshold = threshold();
        if (meanCandidates.isEmpty()) {
            return new Verdict(
                    Identity.UNKNOWN,
                    closing || good() >= config.strangerVotes(),
                    null,
                    Verdict.NOBODY,
                    threshold.distance(),
                    0);
        }
        Candidate nearest = meanCandidates.get(0);
        double distance = policy.distance(nearest.similarity());
        double margin = nearest.similarity()
                - (meanCandidates.size() > 1 ? meanCandidates.get(1).similarity() : -1);
        long agreeing = accepted(threshold, nearest.label(), true);
        long against = accepted(threshold, nearest.label(), false);
        boolean near = threshold.accepts(nearest.similarity()) && margin >= minimumMargin && agreeing >= LEAST_AGREEING;
        Identity identity;
        boolean clear;
        if (near && agreeing >= OUTVOTE * against) {
            identity = Identity.KNOWN;
            clear = true;
        } else if (agreeing + against == 0 && distance > threshold.distance() + config.uncertainBand()) {
            identity = Identity.UNKNOWN;
            clear = closing || good() >= config.strangerVotes();
        } else {
            identity = Identity.UNCERTAIN;
            clear = closing;
        }
        return new Verdict(identity, clear, nearest, distance, threshold.distance(), margin);
    }

    private long good() {
        return votes.stream().filter(vote -> vote.quality() >= GOOD).count();
    }

    private long accepted(Threshold threshold, Label label, boolean same) {
        return votes.stream()
                .filter(vote -> vote.accepted(threshold.similarity())
                        && vote.nearest().orElseThrow().label().equals(label) == same)
                .count();
    }
}

package dev.lintel.tracking;

import dev.lintel.access.Sighting.Identity;
import dev.lintel.face.Candidate;
import dev.lintel.face.Embedding;
import dev.lintel.face.FusedLooks;
import dev.lintel.face.GallerySize;
import dev.lintel.face.Label;
import dev.lintel.recognition.Threshold;
import dev.lintel.recognition.ThresholdPolicy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The votes of one visit. The mean of its looks must be near enough for that many looks, with a margin. Beside it, at least two frames
 * must each have been accepted for the same person; or, where no frame would be accepted as somebody else, at least three that are
 * surely one face must each have that person for their nearest. One frame that would be accepted as somebody else forbids naming
 * anybody, unless four speak against it. Looks of different faces are never put together. Confined to its tracker's thread.
 */
final class Votes {
    /** Frames that must each be accepted for the person. */
    private static final int LEAST_AGREEING = 2;

    /** Looks that must each have the person for their nearest, where they are not accepted one by one. */
    private static final int LEAST_LOOKS = 3;

    /** From this difference on a view is another look, worth to be heard beside the others. */
    private static final double ANOTHER_LOOK = 0.5;

    /** What a look is worth that adds nothing to the others, of one that is quite different. */
    private static final double REPEATED = 0.25;

    /** How many must agree for each one that names somebody else. */
    private static final int OUTVOTE = 4;

    /** Quality of a view from which on it speaks against somebody, not for the distance or the light. */
    private static final double GOOD = 0.5;

    private final TrackingConfig config;
    private final ThresholdPolicy policy;
    private final double minimumMargin;
    private final double same;
    private final double alike;
    private final List<Vote> votes = new ArrayList<>();
    private List<Candidate> meanCandidates = List.of();
    private GallerySize size = new GallerySize(0, 0);

    /**
     * @param minimumMargin what the rule for one photo asks for
     * @param same from this similarity on, two looks may be of one face and are put together
     * @param alike from this similarity on, they surely are
     */
    Votes(TrackingConfig config, ThresholdPolicy policy, double minimumMargin, double same, double alike) {
        this.config = config;
        this.policy = policy;
        this.minimumMargin = Math.max(minimumMargin, config.margin());
        this.same = same;
        this.alike = alike;
    }

    /**
     * One more frame has been compared. Where there are enough already it takes the place of the one that adds least: of low
     * quality, or like another.
     *
     * @param ofMean the nearest people of the mean with this vote, see {@link #meanWith}
     * @param comparedWith what it was compared with
     */
    void add(Vote vote, List<Candidate> ofMean, GallerySize comparedWith) {
        votes.remove(replacedBy(vote));
        votes.add(vote);
        meanCandidates = List.copyOf(ofMean);
        size = comparedWith;
    }

    /** The mean embedding if this view voted as well. */
    Embedding meanWith(Vote vote) {
        List<Vote> all = new ArrayList<>(votes);
        all.remove(replacedBy(vote));
        all.add(vote);
        return fused(together(all)).mean();
    }

    /** The mean embedding of the votes, weighted by quality. */
    Embedding mean() {
        return fused(together(votes)).mean();
    }

    /** Whether a view differs from all that have voted, in pose, light or time. */
    boolean isAnotherLook(Vote.Pose pose) {
        return votes.stream().allMatch(vote -> vote.pose().differenceTo(pose) >= ANOTHER_LOOK);
    }

    private Vote replacedBy(Vote newest) {
        return votes.size() < config.votes()
                ? null
                : votes.stream()
                        .min(Comparator.comparingDouble(vote -> worth(vote, newest)))
                        .orElseThrow();
    }

    private double worth(Vote vote, Vote newest) {
        double difference = vote.differenceTo(newest);
        for (Vote other : votes) {
            difference = other == vote ? difference : Math.min(difference, vote.differenceTo(other));
        }
        return vote.quality() * (REPEATED + (1 - REPEATED) * difference);
    }

    /** The looks of one face among the votes: the best one, and those that fit each of the others that are taken. */
    private List<Vote> together(List<Vote> all) {
        List<Vote> chosen = new ArrayList<>();
        all.stream()
                .sorted(Comparator.comparingDouble(Vote::quality).reversed())
                .filter(vote -> chosen.stream().allMatch(other -> fit(vote, other, same)))
                .forEach(chosen::add);
        return chosen;
    }

    private static boolean fit(Vote a, Vote b, double similarity) {
        return a.embedding().similarity(b.embedding()) >= similarity;
    }

    private static FusedLooks fused(List<Vote> looks) {
        return FusedLooks.of(looks.stream().map(Vote::look).toList());
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

    /** From which on one look counts as a match. */
    private Threshold ofOne() {
        return policy.forSearch(OptionalDouble.empty(), size);
    }

    /** From which on the mean does. */
    private Threshold ofMean() {
        return policy.forSearch(
                OptionalDouble.empty(), size, fused(together(votes)).count());
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
        Threshold threshold = ofOne();
        Label named = meanCandidates.isEmpty() ? null : meanCandidates.get(0).label();
        List<Vote> naming = votes.stream()
                .filter(vote -> vote.accepted(threshold.similarity())
                        && vote.nearest().orElseThrow().label().equals(named))
                .toList();
        boolean somebodyElse = view.accepted(threshold.similarity())
                && !view.nearest().orElseThrow().label().equals(named);
        if (somebodyElse) {
            return false;
        }
        // Without a look that was recognised by itself there is no mean to trust: the view must fit each one.
        return naming.isEmpty()
                ? votes.stream().allMatch(vote -> fit(view, vote, similarity))
                : view.embedding().similarity(fused(naming).mean()) >= similarity;
    }

    /**
     * What the votes say so far; there must be one.
     *
     * @param closing whether no more votes are waited for, so that it must be said what it is
     */
    Verdict verdict(boolean closing) {
        Threshold threshold = ofMean();
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
        long agreeing = accepted(ofOne(), nearest.label(), true);
        long against = accepted(ofOne(), nearest.label(), false);
        boolean near = threshold.accepts(nearest.similarity()) && margin >= minimumMargin;
        boolean oneByOne = agreeing >= LEAST_AGREEING && agreeing >= OUTVOTE * against;
        Identity identity;
        boolean clear;
        if (near && (oneByOne || against == 0 && allNearestTo(nearest.label()))) {
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

    /** Whether there are enough looks, surely of one face, and each has this person for its nearest. */
    private boolean allNearestTo(Label label) {
        return votes.size() >= LEAST_LOOKS
                && votes.stream()
                        .allMatch(vote -> vote.nearest()
                                        .filter(nearest -> nearest.label().equals(label))
                                        .isPresent()
                                && votes.stream().allMatch(other -> fit(vote, other, alike)));
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

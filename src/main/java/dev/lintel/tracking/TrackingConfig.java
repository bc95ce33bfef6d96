package dev.lintel.tracking;

import java.time.Duration;

/**
 * How faces are followed and when a vote is clear.
 *
 * @param maxGap how long a face may be out of sight before its visit is over, 100ms to 30s
 * @param maxFaces most faces followed at once by one camera, 1..50; further ones are not looked at
 * @param minQuality smallest quality score of a view that may vote, 0..1
 * @param votes most frames of a visit that vote at a time, 2..20
 * @param spacing smallest time between two votes of a visit, 0s to 5s: frames of the same moment say the same
 * @param strangerVotes votes that must speak against everybody before a face counts as unknown, 1 to {@code votes}
 * @param margin how much more similar (cosine) the nearest person must be than the next, 0..1; {@code
 *     recognition.minimum-margin} counts where it is larger
 * @param uncertainBand how far beyond the threshold a face is still uncertain instead of unknown, 0..1 on the 0.6 scale
 * @param patience how long an unclear vote may take from the first usable view before it is closed, 200ms to 30s
 * @param waitForLiveness how long a clear vote waits for a proof of liveness, from the first usable view, 0s to 30s; that
 *     of a stranger 1s at most
 * @param recheck how often somebody who stays is looked at again, 500ms to 1m
 * @param changeFmr how little (as a false match rate of one comparison) a face must resemble the visit's earlier
 *     frames to count as somebody else who stepped in, in (0, 0.5]
 */
public record TrackingConfig(
        Duration maxGap,
        Integer maxFaces,
        Double minQuality,
        Integer votes,
        Duration spacing,
        Integer strangerVotes,
        Double margin,
        Double uncertainBand,
        Duration patience,
        Duration waitForLiveness,
        Duration recheck,
        Double changeFmr) {

    public TrackingConfig {
        maxGap = maxGap == null ? Duration.ofMillis(1500) : maxGap;
        maxFaces = maxFaces == null ? 8 : maxFaces;
        minQuality = minQuality == null ? 0.3 : minQuality;
        votes = votes == null ? 5 : votes;
        spacing = spacing == null ? Duration.ofMillis(120) : spacing;
        strangerVotes = strangerVotes == null ? Math.min(3, votes) : strangerVotes;
        margin = margin == null ? 0.03 : margin;
        uncertainBand = uncertainBand == null ? 0.05 : uncertainBand;
        patience = patience == null ? Duration.ofSeconds(2) : patience;
        waitForLiveness = waitForLiveness == null ? Duration.ofSeconds(3) : waitForLiveness;
        recheck = recheck == null ? Duration.ofSeconds(2) : recheck;
        changeFmr = changeFmr == null ? 0.01 : changeFmr;
        check(within(maxGap, 100, 30_000), "max-gap: must be 100ms to 30s, was " + maxGap.toMillis() + "ms");
        check(maxFaces >= 1 && maxFaces <= 50, "max-faces: must be 1..50, was " + maxFaces);
        check(minQuality >= 0 && minQuality <= 1, "min-quality: must be 0..1, was " + minQuality);
        check(votes >= 2 && votes <= 20, "votes: must be 2..20, was " + votes);
        check(within(spacing, 0, 5000), "spacing: must be 0s to 5s, was " + spacing.toMillis() + "ms");
        check(
                strangerVotes >= 1 && strangerVotes <= votes,
                "stranger-votes: must be 1..votes (" + votes + "), was " + strangerVotes);
        check(margin >= 0 && margin <= 1, "margin: must be 0..1, was " + margin);
        check(uncertainBand >= 0 && uncertainBand <= 1, "uncertain-band: must be 0..1, was " + uncertainBand);
        check(within(patience, 200, 30_000), "patience: must be 200ms to 30s, was " + patience.toMillis() + "ms");
        check(
                within(waitForLiveness, 0, 30_000),
                "wait-for-liveness: must be 0s to 30s, was " + waitForLiveness.toMillis() + "ms");
        check(within(recheck, 500, 60_000), "recheck: must be 500ms to 1m, was " + recheck.toMillis() + "ms");
        check(changeFmr > 0 && changeFmr <= 0.5, "change-fmr: must be above 0 and at most 0.5, was " + changeFmr);
    }

    public static TrackingConfig defaults() {
        return new TrackingConfig(null, null, null, null, null, null, null, null, null, null, null, null);
    }

    private static boolean within(Duration value, long least, long most) {
        return value.toMillis() >= least && value.toMillis() <= most;
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}

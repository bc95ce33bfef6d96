package dev.lintel.tracking;

import dev.lintel.settings.Checks;
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
        int maxFaces,
        double minQuality,
        int votes,
        Duration spacing,
        int strangerVotes,
        double margin,
        double uncertainBand,
        Duration patience,
        Duration waitForLiveness,
        Duration recheck,
        double changeFmr) {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    public TrackingConfig {
        new Checks()
                .range("max-gap", maxGap, Duration.ofMillis(100), LONGEST)
                .range("max-faces", maxFaces, 1, 50)
                .range("min-quality", minQuality, 0, 1)
                .range("votes", votes, 2, 20)
                .range("spacing", spacing, Duration.ZERO, Duration.ofSeconds(5))
                .that(
                        strangerVotes >= 1 && strangerVotes <= votes,
                        "stranger-votes: must be 1..votes (" + votes + "), was " + strangerVotes)
                .range("margin", margin, 0, 1)
                .range("uncertain-band", uncertainBand, 0, 1)
                .range("patience", patience, Duration.ofMillis(200), LONGEST)
                .range("wait-for-liveness", waitForLiveness, Duration.ZERO, LONGEST)
                .range("recheck", recheck, Duration.ofMillis(500), Duration.ofMinutes(1))
                .that(
                        changeFmr > 0 && changeFmr <= 0.5,
                        "change-fmr: must be above 0 and at most 0.5, was " + changeFmr)
                .done();
    }
}

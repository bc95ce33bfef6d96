package dev.lintel.liveness;

import java.time.Duration;

/**
 * What a face that is followed over frames must show to count as live; see {@link SequenceLiveness}.
 *
 * @param minFrames frames that must have been judged, 2..50
 * @param minSpan time that must lie between the first and the last of them, 0s to 10s
 * @param modelThreshold smallest mean of the network's probability of a live face, 0..1; absent for the pack's own
 * @param liveScore smallest score that counts as live, 0.5..1. Default 0.75, and 0.6 where motion is trusted, which
 *     alone hardly reaches more
 * @param attackScore largest score that counts as an attack, 0..0.5
 * @param trustMotion whether motion alone may prove a face live where no network is configured; it tells a face from a
 *     photo, not from a video on a screen
 * @param greyThreshold the same as {@code modelThreshold} for pictures without colour, as infra-red cameras give at night, 0..1;
 *     there motion must speak for a live face as well. Default 0.5; 1 proves nobody live there
 */
public record SequenceConfig(
        Integer minFrames,
        Duration minSpan,
        Double modelThreshold,
        Double liveScore,
        Double attackScore,
        Boolean trustMotion,
        Double greyThreshold) {

    public SequenceConfig {
        minFrames = minFrames == null ? 4 : minFrames;
        minSpan = minSpan == null ? Duration.ofMillis(200) : minSpan;
        attackScore = attackScore == null ? 0.1 : attackScore;
        trustMotion = trustMotion != null && trustMotion;
        liveScore = liveScore != null ? liveScore : trustMotion ? 0.6 : 0.75;
        check(minFrames >= 2 && minFrames <= 50, "min-frames: must be 2..50, was " + minFrames);
        check(
                !minSpan.isNegative() && minSpan.toMillis() <= 10_000,
                "min-span: must be 0s to 10s, was " + minSpan.toMillis() + "ms");
        check(
                modelThreshold == null || (modelThreshold >= 0 && modelThreshold <= 1),
                "model-threshold: must be 0..1, was " + modelThreshold);
        greyThreshold = greyThreshold == null ? 0.5 : greyThreshold;
        check(greyThreshold >= 0 && greyThreshold <= 1, "grey-threshold: must be 0..1, was " + greyThreshold);
        check(liveScore >= 0.5 && liveScore <= 1, "live-score: must be 0.5..1, was " + liveScore);
        check(attackScore >= 0 && attackScore <= 0.5, "attack-score: must be 0..0.5, was " + attackScore);
    }

    public static SequenceConfig defaults() {
        return new SequenceConfig(null, null, null, null, null, null, null);
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}

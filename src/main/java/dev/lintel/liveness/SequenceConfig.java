package dev.lintel.liveness;

import dev.lintel.settings.Checks;
import java.time.Duration;
import java.util.Optional;

/**
 * What a face that is followed over frames must show to count as live; see {@link SequenceLiveness}.
 *
 * @param minFrames frames that must have been judged, 2..50
 * @param minSpan time that must lie between the first and the last of them, 0s to 10s
 * @param modelThreshold smallest mean of the network's probability of a live face, 0..1; absent for the pack's own
 * @param liveScore smallest score that counts as live, 0.5..1; lower where motion is trusted, which alone hardly
 *     reaches more
 * @param attackScore largest score that counts as an attack, 0..0.5
 * @param trustMotion whether motion alone may prove a face live where no network is configured; it tells a face from a
 *     photo, not from a video on a screen
 * @param greyThreshold the same as {@code modelThreshold} for pictures without colour, as infra-red cameras give at night, 0..1;
 *     there motion must speak for a live face as well. Default 0.5; 1 proves nobody live there
 * @param learnLimit whether a camera's own limit, once learnt, takes the place of {@code modelThreshold}; see {@link CameraLevel}
 */
public record SequenceConfig(
        int minFrames,
        Duration minSpan,
        Optional<Double> modelThreshold,
        double liveScore,
        double attackScore,
        boolean trustMotion,
        double greyThreshold,
        boolean learnLimit) {

    public SequenceConfig {
        Checks checks = new Checks()
                .range("min-frames", minFrames, 2, 50)
                .range("min-span", minSpan, Duration.ZERO, Duration.ofSeconds(10))
                .range("live-score", liveScore, 0.5, 1)
                .range("attack-score", attackScore, 0, 0.5)
                .range("grey-threshold", greyThreshold, 0, 1);
        modelThreshold.ifPresent(value -> checks.range("model-threshold", value, 0, 1));
        checks.done();
    }
}

package dev.lintel.challenge;

import dev.lintel.settings.Checks;
import java.time.Duration;

/**
 * What somebody must do before a door's cameras recognise them. Until then no face is turned into a vector.
 *
 * @param ask none (everybody who is seen is recognised), approach (come near and look at the camera) or button (something, such as
 *     the screen's button, a bell, a badge reader or a keypad, calls {@code /doors/{id}/wake} first; then the same as approach)
 * @param near how wide the face must be, as a share of the picture's width, 0.01..0.9
 * @param look how long it must look towards the camera, 0s..5s
 * @param stays button: how long after the call faces are recognised, 3s..5m
 */
public record IntentConfig(Ask ask, double near, Duration look, Duration stays) {

    /** Everybody who is seen. */
    public static final IntentConfig NONE = new IntentConfig(Ask.NONE, 0.1, Duration.ZERO, Duration.ofSeconds(15));

    public enum Ask {
        NONE,
        APPROACH,
        BUTTON
    }

    public IntentConfig {
        new Checks()
                .range("near", near, 0.01, 0.9)
                .range("look", look, Duration.ZERO, Duration.ofSeconds(5))
                .range("stays", stays, Duration.ofSeconds(3), Duration.ofMinutes(5))
                .done();
    }
}

package dev.lintel.challenge;

import dev.lintel.settings.Checks;
import java.time.Duration;

/**
 * What a door asks for that has {@code liveness: challenge}.
 *
 * @param movements how many, 2..4, and sometimes to come closer besides. A film of somebody moving fits by chance one time in 6, 12 or
 *     24; after each failure one movement more is asked for, and after a doubtful movement as well
 * @param chinUp whether to raise the chin may be asked for as well. The landmarks see little of it
 * @param window how long each may take from when it is asked for, 1s..10s
 * @param attempts how often somebody may fail, 1..10
 * @param lockOut how long that person is asked nothing afterwards, 10s..1h
 */
public record ChallengeConfig(int movements, boolean chinUp, Duration window, int attempts, Duration lockOut) {
    static final int FEWEST = 2;
    static final int MOST = 4;

    public ChallengeConfig {
        new Checks()
                .range("movements", movements, FEWEST, MOST)
                .range("window", window, Duration.ofSeconds(1), Duration.ofSeconds(10))
                .range("attempts", attempts, 1, 10)
                .range("lock-out", lockOut, Duration.ofSeconds(10), Duration.ofHours(1))
                .done();
    }
}

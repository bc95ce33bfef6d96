package dev.lintel.door;

import dev.lintel.accounts.Guesses;
import dev.lintel.accounts.Guesses.Patience;
import dev.lintel.accounts.Tally;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Counts wrong PINs, at a door and of a person, and takes none for a while after too many; of a person, none for the rest of
 * the day after still more. Used from one event loop.
 */
final class PinGuard {
    static final String DOOR = "door/";
    static final String PERSON = "person/";

    /** A door is locked for no longer, so that nobody can take the keypad from all others for a day. */
    private static final Duration LONGEST_AT_A_DOOR = Duration.ofHours(1);

    private static final Duration LONGEST_OF_A_PERSON = Duration.ofDays(1);

    private final Guesses guesses = new Guesses();
    private final InstantSource clock;
    private final Function<List<Tally>, Future<?>> keeper;
    private Future<?> keeping = Future.succeededFuture();

    /** @param keeper writes down what is to be known after a restart */
    PinGuard(InstantSource clock, Function<List<Tally>, Future<?>> keeper) {
        this.clock = clock;
        this.keeper = keeper;
    }

    Instant now() {
        return clock.instant();
    }

    /**
     * An attempt begins.
     *
     * @param keys what wrong PINs are counted for
     * @return until when none is taken; empty if this one is
     */
    Optional<Instant> attempt(List<String> keys, PinConfig config, Instant now) {
        return guesses.attempt(patience(keys, config), now);
    }

    /** The attempt that began was right. */
    void right(List<String> keys) {
        guesses.right(keys);
    }

    /** Attempts that are left; 0 if none is taken now. */
    int left(List<String> keys, PinConfig config, Instant now) {
        return guesses.left(patience(keys, config), now);
    }

    Optional<Instant> lockedUntil(List<String> keys, Instant now) {
        return guesses.lockedUntil(keys, now);
    }

    void resume(List<Tally> tallies) {
        guesses.resume(tallies, clock.instant());
    }

    /** Writes down what is not written yet, one after the other: whoever was told of a wrong PIN finds it counted after a restart. */
    Future<?> keep() {
        guesses.kept()
                .ifPresent(tallies -> keeping =
                        keeping.transform(before -> keeper.apply(tallies)).otherwiseEmpty());
        return keeping;
    }

    private static Map<String, Patience> patience(List<String> keys, PinConfig config) {
        Map<String, Patience> all = new LinkedHashMap<>();
        keys.forEach(key -> all.put(
                key,
                key.startsWith(DOOR)
                        ? new Patience(config.attempts(), config.lockOut(), longer(config, LONGEST_AT_A_DOOR), 0)
                        : new Patience(
                                config.attempts(),
                                config.lockOut(),
                                longer(config, LONGEST_OF_A_PERSON),
                                config.attemptsPerDay())));
        return all;
    }

    private static Duration longer(PinConfig config, Duration longest) {
        return config.lockOut().compareTo(longest) > 0 ? config.lockOut() : longest;
    }
}

package dev.lintel.challenge;

import dev.lintel.access.Cue;
import dev.lintel.access.Movement;
import dev.lintel.access.Reason;
import dev.lintel.face.Label;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Who is asked at one camera: one face at a time, because there is one screen. Whoever fails is asked for one movement more the next
 * time, and after too many failures for nothing until the lock-out is over; a prompt that was shown and not followed is a failure,
 * whatever the reason, so that nobody gets another one by stepping away. Confined to its tracker's thread.
 */
public final class Challenges {
    /** So long the screen says that it was not right before it asks again. */
    private static final long AGAIN = Duration.ofMillis(1500).toNanos();

    private static final int MOST_PEOPLE = 1000;

    /** What the landmarks show of most people. */
    private static final List<Movement> KINDS = List.of(Movement.LEFT, Movement.RIGHT, Movement.NOD);

    private static final List<Movement> ALL = List.of(Movement.LEFT, Movement.RIGHT, Movement.NOD, Movement.UP);

    private final ChallengeConfig config;
    private final boolean mirrored;
    private final RandomGenerator random;
    private final Map<Label, Failures> failures = new HashMap<>();
    private final Prompts prompts;
    private Proof asked;

    private static final class Failures {
        private int count;
        private long last;
        private long until;
    }

    /**
     * @param mirrored whether the camera's picture shows the person's left on its left
     * @param prompts what people were asked for before, at all doors
     * @param random what nobody can know before
     */
    public Challenges(ChallengeConfig config, boolean mirrored, Prompts prompts, RandomGenerator random) {
        this.config = config;
        this.prompts = prompts;
        this.mirrored = mirrored;
        this.random = random;
    }

    /** For a new visit. */
    public Proof proof() {
        return new Proof(this);
    }

    /** What the screen says to whom is asked just now; null while nobody is. */
    public Cue cue() {
        return asked == null ? null : asked.cue();
    }

    /** A prompt for this face, if it is its turn. */
    Challenge begin(Proof proof, Label named, long nanos) {
        if (asked != null && asked != proof) {
            return null;
        }
        asked = proof;
        Failures before = failures.get(named);
        int movements = Math.min(ChallengeConfig.MOST, config.movements() + (before == null ? 0 : before.count));
        List<Movement> prompt = prompts.next(named, kinds(), movements, random);
        return new Challenge(prompt, prompt.size() - Prompts.DOUBTFUL, config.window(), mirrored, random);
    }

    private List<Movement> kinds() {
        return config.chinUp() ? ALL : KINDS;
    }

    /** Somebody else's turn. */
    void leave(Proof proof) {
        if (asked == proof) {
            asked = null;
        }
    }

    void failed(Label named, long nanos) {
        Failures tally = failures.computeIfAbsent(named, name -> new Failures());
        tally.last = nanos;
        if (++tally.count >= config.attempts()) {
            tally.until = nanos + config.lockOut().toNanos();
        }
    }

    void passed(Label named) {
        failures.remove(named);
    }

    /** When this person may be asked again: 0 for at once. */
    long notBefore(Label named, long nanos) {
        failures.values().removeIf(f -> nanos - f.last > config.lockOut().toNanos());
        while (failures.size() > MOST_PEOPLE) {
            failures.remove(failures.keySet().iterator().next());
        }
        Failures tally = failures.get(named);
        if (tally == null) {
            return 0;
        }
        return Math.max(tally.last + AGAIN, tally.until);
    }

    boolean lockedOut(Label named, long nanos) {
        Failures tally = failures.get(named);
        return tally != null && nanos < tally.until;
    }

    Reason lockedFor(Label named, long nanos) {
        return Reason.found("challenge-locked", "seconds", Math.ceil((notBefore(named, nanos) - nanos) / 1e9));
    }

    /** Nothing of this person stays in memory. */
    public void forget(Label person) {
        failures.remove(person);
        prompts.forget(person);
    }
}

package dev.lintel.door;

import dev.lintel.access.Decision;
import dev.lintel.access.Decision.Verdict;
import dev.lintel.access.Pin;
import dev.lintel.access.Reason;
import dev.lintel.access.Sighting;
import dev.lintel.accounts.RandomSecret;
import dev.lintel.bus.Bus;
import dev.lintel.door.DecisionFlow.Acted;
import dev.lintel.door.policy.Ruling;
import dev.lintel.face.Deadline;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.messages.AccessMessages;
import dev.lintel.messages.AccessMessages.CheckPin;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * PINs at one door. A PIN belongs to the uncertain face that was seen last, for as long as the door waits for it; without a
 * face it is taken where the door allows that and the person is named, since a PIN alone identifies nobody. Used from one
 * event loop.
 */
final class PinEntry {
    /** Slow hashes are slow: checking a PIN takes a good part of a second on a small board. */
    private static final Duration TIMEOUT = Duration.ofSeconds(8);

    private final DoorConfig config;
    private final Bus bus;
    private final PinGuard guard;
    private final DecisionFlow keeper;
    private final InstantSource steady;
    private Sighting waiting;
    private Instant waitsUntil = Instant.MIN;

    PinEntry(DoorConfig config, Bus bus, PinGuard guard, DecisionFlow keeper, InstantSource steady) {
        this.config = config;
        this.bus = bus;
        this.guard = guard;
        this.keeper = keeper;
        this.steady = steady;
    }

    /** Somebody else stands there now, or a PIN is needed. */
    void after(Decision decision) {
        boolean needed = decision.verdict() == Verdict.PIN_NEEDED;
        waiting = needed ? decision.sighting() : null;
        waitsUntil = needed ? steady.instant().plus(config.pin().patience()) : Instant.MIN;
    }

    /** Nothing of this person stays in memory. */
    void forget(Label person) {
        guard.right(List.of(key(person)));
        if (waiting != null && DecisionFlow.resembles(waiting, person)) {
            waiting = null;
            waitsUntil = Instant.MIN;
        }
    }

    /** Kept over a restart: never the name itself. */
    private static String key(Label person) {
        return PinGuard.PERSON + RandomSecret.digest(person.text());
    }

    /** @param person null for whoever was seen */
    Future<Outcome<Decision>> enter(Label person, Pin pin) {
        Instant now = steady.instant();
        if (person != null && !config.pin().alone()) {
            return refused(Refusal.Code.INVALID_REQUEST, "this door takes no PIN without a face: leave out the label");
        }
        Sighting seen = person == null && now.isBefore(waitsUntil) ? waiting : null;
        if (person == null && seen == null) {
            return refused(Refusal.Code.NO_PIN_EXPECTED, "no PIN is expected: look into the camera first");
        }
        Label whose = person == null ? seen.nearest().label() : person;
        List<String> keys = List.of(PinGuard.DOOR + config.id(), key(whose));
        Optional<Instant> locked = guard.attempt(keys, config.pin(), guard.now());
        if (locked.isPresent()) {
            long seconds = seconds(locked.get());
            return refused(
                    Refusal.Code.PIN_LOCKED_OUT, "too many wrong PINs: none is taken for another " + seconds + " s");
        }
        Future<?> counted = guard.keep();
        return bus.ask(AccessMessages.CHECK_PIN, new CheckPin(whose, pin, Deadline.after(TIMEOUT)))
                .compose(Records::value)
                .compose(right -> counted.map(right))
                .compose(right -> right ? right(keys, seen, whose) : wrong(keys, seen, whose))
                .map(Acted::outcome);
    }

    private Future<Acted> right(List<String> keys, Sighting seen, Label whose) {
        guard.right(keys);
        if (seen == waiting) {
            waitsUntil = Instant.MIN;
        }
        UUID id = seen == null
                ? UUID.randomUUID()
                : UUID.nameUUIDFromBytes((seen.id() + "/pin").getBytes(StandardCharsets.UTF_8));
        return keeper.proven(id, seen, whose);
    }

    private Future<Acted> wrong(List<String> keys, Sighting seen, Label whose) {
        int left = guard.left(keys, config.pin(), guard.now());
        Reason next = left > 0
                ? Reason.found("pin-left", "left", left)
                : Reason.found(
                        "pin-locked",
                        "seconds",
                        guard.lockedUntil(keys, guard.now()).map(this::seconds).orElse(1L));
        Ruling ruling = new Ruling(Verdict.DENIED, "pin", List.of(new Reason("pin-wrong"), next), false);
        return keeper.act(UUID.randomUUID(), ruling, seen, whose, false);
    }

    private long seconds(Instant until) {
        return Math.max(1, Duration.between(guard.now(), until).toSeconds());
    }

    private static Future<Outcome<Decision>> refused(Refusal.Code code, String detail) {
        return Future.succeededFuture(Outcome.refused(code, detail));
    }
}

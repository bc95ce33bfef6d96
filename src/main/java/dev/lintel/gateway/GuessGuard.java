package dev.lintel.gateway;

import dev.lintel.access.Direction;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.Reason;
import dev.lintel.accounts.Guesses;
import dev.lintel.accounts.Guesses.Patience;
import dev.lintel.accounts.SteadyClock;
import dev.lintel.bus.Bus;
import dev.lintel.face.Deadline;
import dev.lintel.messages.AccountMessages;
import dev.lintel.messages.AccountMessages.LoadGuesses;
import dev.lintel.messages.AccountMessages.SaveGuesses;
import dev.lintel.messages.EventMessages;
import dev.lintel.messages.EventMessages.RecordEvent;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes guessing of keys and passwords slow, and says who guesses: by address and by account, in the log of the program (for
 * fail2ban) and in that of events. Who was let in from an address before is let in from there all the same, so that nobody can
 * lock others out by guessing beside them. Confined to the gateway's event loop.
 */
final class GuessGuard {
    private static final Logger LOG = LoggerFactory.getLogger("dev.lintel.guess");
    private static final String SCOPE = "login";
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /** An address may be a whole office's; a guess of a key or a good password needs more than these by far. */
    private static final Patience ADDRESS = new Patience(10, Duration.ofSeconds(30), Duration.ofHours(1), 0);

    private static final Patience ACCOUNT = new Patience(5, Duration.ofSeconds(30), Duration.ofMinutes(15), 0);

    /** A flood from many addresses must not fill the log of events. */
    private static final Duration BETWEEN_EVENTS = Duration.ofMinutes(1);

    private static final int MOST_GOOD = 2000;

    private final Bus bus;
    private final InstantSource clock;
    private final Guesses guesses = new Guesses();
    private Instant nextEvent = Instant.EPOCH;
    private Future<?> saving = Future.succeededFuture();

    /** Who was let in from where; the oldest are forgotten. */
    private final Set<String> good = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_GOOD;
        }
    });

    GuessGuard(Bus bus, InstantSource clock) {
        this.bus = bus;
        this.clock = SteadyClock.insteadOf(clock);
    }

    Future<Void> load() {
        return bus.ask(AccountMessages.LOAD_GUESSES, new LoadGuesses(SCOPE, Deadline.after(TIMEOUT)))
                .compose(Call::valueOf)
                .map(kept -> {
                    guesses.resume(kept.tallies(), clock.instant());
                    return null;
                });
    }

    /** Writes down what has changed; every few seconds. */
    void save() {
        if (saving.isComplete()) {
            guesses.kept()
                    .ifPresent(tallies -> saving = bus.ask(
                                    AccountMessages.SAVE_GUESSES,
                                    new SaveGuesses(SCOPE, tallies, Deadline.after(TIMEOUT)))
                            .onFailure(failure -> LOG.warn("wrong guesses would be forgiven by a restart", failure)));
        }
    }

    /**
     * A key was sent.
     *
     * @param known whether it is one
     * @throws ProblemException 429 if none is looked at from there now
     */
    void key(HttpServerRequest request, String digest, boolean known) {
        String address = Origins.address(request);
        List<String> subjects = List.of("address/" + address);
        Instant now = clock.instant();
        if (known) {
            if (good.contains(address + " " + digest)) {
                return;
            }
            guesses.lockedUntil(subjects, now).ifPresent(until -> refuse(now, until));
            good.add(address + " " + digest);
        } else {
            begin(Map.of(subjects.get(0), ADDRESS), address, now);
        }
    }

    /**
     * Somebody is about to log in: counts as wrong until {@link #right}.
     *
     * @throws ProblemException 429 if none is looked at now
     */
    void login(HttpServerRequest request, String account) {
        String address = Origins.address(request);
        Map<String, Patience> subjects = new LinkedHashMap<>();
        subjects.put("address/" + address, ADDRESS);
        if (!good.contains(address + " " + name(account))) {
            subjects.put(subject(account), ACCOUNT);
        }
        begin(subjects, address, clock.instant());
    }

    void right(HttpServerRequest request, String account) {
        String address = Origins.address(request);
        guesses.right(List.of(subject(account)));
        // The address itself is not forgiven what it guessed before: with one's own account one could guess others' for
        // ever.
        guesses.wasNone("address/" + address, ADDRESS, clock.instant());
        good.add(address + " " + name(account));
    }

    private void begin(Map<String, Patience> subjects, String address, Instant now) {
        guesses.attempt(subjects, now).ifPresent(until -> refuse(now, until));
        LOG.warn("a key or password is tried that was not known here: from {}", address);
        guesses.lockedUntil(subjects.keySet(), now).ifPresent(until -> lockedOut(address, now, until));
    }

    private void lockedOut(String address, Instant now, Instant until) {
        long seconds = seconds(now, until);
        LOG.warn("too many wrong keys or passwords, none is looked at for {} s: from {}", seconds, address);
        if (now.isBefore(nextEvent)) {
            return;
        }
        nextEvent = now.plus(BETWEEN_EVENTS);
        DoorEvent event = new DoorEvent(
                UUID.randomUUID(),
                DoorEvent.Kind.LOCKED_OUT,
                Instant.now(),
                null,
                null,
                null,
                Direction.BOTH,
                null,
                null,
                List.of(Reason.said("guesses-locked", "address", address).with("seconds", seconds)));
        bus.ask(EventMessages.RECORD, new RecordEvent(event, Deadline.after(TIMEOUT)))
                .onFailure(failure -> LOG.warn("the lock-out could not be recorded", failure));
    }

    private static void refuse(Instant now, Instant until) {
        long seconds = seconds(now, until);
        throw new Problem(
                        429,
                        "locked_out",
                        "too many wrong keys or passwords: none is looked at for another " + seconds + " s",
                        List.of(),
                        new JsonObject(),
                        Map.of("Retry-After", Long.toString(seconds)))
                .exception();
    }

    private static long seconds(Instant now, Instant until) {
        return Math.max(1, Duration.between(now, until).toSeconds());
    }

    private static String subject(String account) {
        return "account/" + name(account);
    }

    private static String name(String account) {
        return account.toLowerCase(Locale.ROOT);
    }
}

package dev.lintel.camera;

import dev.lintel.access.Decision;
import dev.lintel.access.Sighting;
import dev.lintel.bus.Bus;
import dev.lintel.face.Deadline;
import dev.lintel.messages.DoorMessages;
import dev.lintel.messages.DoorMessages.DecideSighting;
import dev.lintel.metrics.TrackingMeters;
import io.vertx.core.Handler;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the doors about what one camera saw. Used from one event loop. */
final class DoorQuestions {
    private static final Logger LOG = LoggerFactory.getLogger(DoorQuestions.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Bus bus;
    private final FeedClock clock;
    private final TrackingMeters meters;

    DoorQuestions(Bus bus, FeedClock clock, TrackingMeters meters) {
        this.bus = bus;
        this.clock = clock;
        this.meters = meters;
    }

    /**
     * About somebody who was not reported before, or not as now.
     *
     * @param decided hears the answer, if there is one
     */
    void ask(Sighting seen, Consumer<Decision> decided) {
        String identity = lower(seen.identity());
        String live = lower(seen.liveness().state());
        meters.sighting(identity, live, Duration.between(seen.usable(), seen.decided()));
        LOG.debug("camera {}: visit {} is {}, {}", seen.camera(), seen.id(), identity, live);
        Consumer<Decision> measured = decision -> {
            meters.decided(identity, Duration.between(seen.usable(), clock.now()));
            decided.accept(decision);
        };
        // What is handed in twice counts once, so a question without an answer may be repeated.
        ask(seen, false, measured, failure -> ask(seen, false, measured, last -> unanswered(seen, last)));
    }

    /** About somebody who stays; the next time comes soon, so an answer may be missing. */
    void askAgain(Sighting seen, Consumer<Decision> decided) {
        ask(seen, true, decided, failure -> unanswered(seen, failure));
    }

    private void ask(Sighting seen, boolean renewed, Consumer<Decision> decided, Handler<Throwable> failed) {
        bus.ask(DoorMessages.DECIDE, new DecideSighting(seen, renewed, Deadline.after(TIMEOUT)))
                .onComplete(
                        answer -> answer.fold(
                                decision -> {
                                    decided.accept(decision);
                                    return null;
                                },
                                refusal -> undecided(seen, refusal.detail())),
                        failed);
    }

    private void unanswered(Sighting seen, Throwable failure) {
        meters.unanswered("decision");
        undecided(seen, failure.getMessage());
    }

    private static Void undecided(Sighting seen, String why) {
        LOG.warn("camera {}: nothing was decided about visit {}: {}", seen.camera(), seen.id(), why);
        return null;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}

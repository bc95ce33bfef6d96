package dev.lintel.door;

import dev.lintel.access.Decision;
import dev.lintel.access.Direction;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.DoorEvent.Kind;
import dev.lintel.access.Reason;
import dev.lintel.access.Recorded;
import dev.lintel.bus.Bus;
import dev.lintel.face.Deadline;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.messages.EventMessages;
import dev.lintel.messages.EventMessages.RecordEvent;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands what happened at one door to the store. */
final class Records {
    /** How long the store may take; somebody stands before the door. */
    static final Duration TIMEOUT = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(Records.class);

    private final Bus bus;
    private final String door;

    Records(Bus bus, String door) {
        this.bus = bus;
        this.door = door;
    }

    /** Fails unless it is on disk. */
    Future<Recorded> keep(Decision decision) {
        return keep(DoorEvent.of(decision));
    }

    /** Something that follows from a decision. */
    void following(Decision cause, Kind kind, Instant at, Reason... why) {
        note(DoorEvent.following(cause.id(), cause.visit(), kind, at, door, why));
    }

    /** Somebody went through. */
    void passed(Decision cause, Instant at, Reason why) {
        note(DoorEvent.passed(cause, at, why));
    }

    /** An operator forgave somebody. */
    void forgiven(Label person, Instant at, List<Reason> why) {
        note(new DoorEvent(UUID.randomUUID(), Kind.FORGIVEN, at, null, null, door, Direction.BOTH, person, null, why));
    }

    /** Something that happened by itself. */
    void happened(Kind kind, Instant at, Reason... why) {
        note(new DoorEvent(UUID.randomUUID(), kind, at, null, null, door, Direction.BOTH, null, null, List.of(why)));
    }

    private void note(DoorEvent event) {
        keep(event)
                .onFailure(failure ->
                        LOG.error("door {}: {} could not be recorded: {}", door, event.kind(), failure.toString()));
    }

    private Future<Recorded> keep(DoorEvent event) {
        return bus.ask(EventMessages.RECORD, new RecordEvent(event, Deadline.after(TIMEOUT)))
                .compose(Records::value);
    }

    /** The value of an answer that nobody refuses unless something is wrong. */
    static <T> Future<T> value(Outcome<T> outcome) {
        return outcome.fold(
                Future::succeededFuture, refusal -> Future.failedFuture(refusal.code() + ": " + refusal.detail()));
    }
}

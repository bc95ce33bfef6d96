package dev.lintel.access;

import dev.lintel.face.Label;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Something that happened and is kept: an entry of the append-only log. The same id is never stored twice, so that it
 * may be handed in again after a restart.
 *
 * @param visit that it follows from; null if there was none
 * @param camera that saw it; null if none did
 * @param door that it is about; null if none is
 * @param person whom it is about; null if nobody was named
 * @param decision of a {@link Kind#DECISION}; otherwise null
 * @param reasons what happened and why, without a name; may be empty
 */
public record DoorEvent(
        UUID id,
        Kind kind,
        Instant at,
        VisitRef visit,
        String camera,
        String door,
        Direction direction,
        Label person,
        Decision decision,
        List<Reason> reasons)
        implements Serializable {

    public DoorEvent {
        reasons = List.copyOf(reasons);
    }

    public enum Kind {
        DECISION,
        /** Somebody went through: the lock opened for them, or with a contact the door. */
        PASSED,
        /** An operator forgave a person that anti-passback held to be inside or outside. */
        FORGIVEN,
        /** The lock was released. */
        DOOR_UNLOCKED,
        /** The sensor saw the door open, close, or stay open too long. */
        DOOR_OPENED,
        DOOR_CLOSED,
        DOOR_HELD_OPEN,
        /** Opened without having been unlocked. */
        DOOR_FORCED,
        /** The lock could not be driven. */
        DOOR_FAILED,
        MODE_CHANGED,
        CAMERA_LOST,
        CAMERA_BACK,
        /** Keys or passwords of the box itself were guessed. */
        LOCKED_OUT,
        /** A consent was put on record. */
        CONSENT_GIVEN,
        CONSENT_WITHDRAWN,
        /** A consent will end by itself soon, and the person be deleted. */
        CONSENT_ENDING,
        /** A consent has ended by itself, and the person was deleted. */
        CONSENT_EXPIRED,
        /** Somebody did something to the box or to what it keeps. */
        ACT
    }

    /** Of a decision; its id is the decision's. */
    public static DoorEvent of(Decision decision) {
        Sighting seen = decision.sighting();
        return new DoorEvent(
                decision.id(),
                Kind.DECISION,
                decision.at(),
                decision.visit(),
                seen == null ? null : seen.camera(),
                decision.door(),
                seen == null ? Direction.BOTH : seen.direction(),
                decision.person(),
                decision,
                decision.reasons());
    }

    /** Somebody passed by a decision, always with the same id. */
    public static DoorEvent passed(Decision cause, Instant at, Reason why) {
        Sighting seen = cause.sighting();
        return new DoorEvent(
                idOf(cause.id(), Kind.PASSED),
                Kind.PASSED,
                at,
                cause.visit(),
                seen == null ? null : seen.camera(),
                cause.door(),
                seen == null ? Direction.BOTH : seen.direction(),
                cause.person(),
                null,
                List.of(why));
    }

    private static UUID idOf(UUID cause, Kind kind) {
        return UUID.nameUUIDFromBytes((cause + "/" + kind).getBytes(StandardCharsets.UTF_8));
    }

    /** Of something about a door that follows from the event {@code cause}, always with the same id. Null if no visit led to it. */
    public static DoorEvent following(
            UUID cause, VisitRef visit, Kind kind, Instant at, String door, Reason... reasons) {
        return new DoorEvent(
                idOf(cause, kind), kind, at, visit, null, door, Direction.BOTH, null, null, List.of(reasons));
    }

    /** What happened and why, in English, in one line; may be empty. */
    public String detail() {
        return Reason.text(reasons);
    }

    public Optional<Label> whom() {
        return Optional.ofNullable(person);
    }
}

package dev.lintel.messages;

import dev.lintel.access.DoorEvent;
import dev.lintel.access.EventFilter;
import dev.lintel.access.LogCheck;
import dev.lintel.access.Recorded;
import dev.lintel.bus.Address;
import dev.lintel.bus.Command;
import dev.lintel.bus.Message;
import dev.lintel.bus.Topic;
import dev.lintel.face.Act;
import dev.lintel.face.Deadline;
import java.io.Serializable;
import java.util.List;

/** The event log: answered by the store. */
public final class EventMessages {
    /** Store: keep an event, with attendance and deliveries, in one transaction; then announce it. */
    public static final Address<RecordEvent, Recorded> RECORD = Address.house("store.record");

    /** Store: the event log. */
    public static final Address<ListEvents, EventPage> LIST = Address.house("store.events");

    /** Store: the event log from some place on. */
    public static final Address<FollowEvents, FollowedEvents> FOLLOW = Address.house("store.follow");

    public static final Address<VerifyLog, LogCheck> VERIFY = Address.house("store.verify-log");

    /** Store: keep an act that the store had no part in. */
    public static final Address<NoteAct, Boolean> NOTE = Address.house("store.note-act");

    /** Everything that was recorded, in the order of its sequence, after it is on disk. */
    public static final Topic<Recorded> RECORDED = Topic.house("door.events");

    /**
     * Keep this: the log entry, the attendance that follows from it and its deliveries, in one transaction. Once it is on
     * disk it is announced on {@link #RECORDED}. An id that is known already is answered as before and changes nothing.
     */
    public record RecordEvent(DoorEvent event, Deadline deadline) implements Message {}

    /** Keep that whoever the deadline says has done this. What the store itself changed it keeps by itself. */
    public record NoteAct(Act act, Deadline deadline) implements Command {}

    /**
     * What happened, newest first? Acts only if the filter says that kind. Refused if the filter names somebody who is not enrolled.
     *
     * @param before the last sequence of the page before, exclusive; {@link Long#MAX_VALUE} for the first page
     * @param limit most events on the page, at least 1
     */
    public record ListEvents(EventFilter filter, long before, int limit, Deadline deadline) implements Message {}

    /**
     * @param events newest first, without embeddings
     * @param more whether older ones follow
     */
    public record EventPage(List<Recorded> events, boolean more) implements Serializable {
        public EventPage {
            events = List.copyOf(events);
        }
    }

    /**
     * What happened after that, oldest first? For those who follow the log and come back after an interruption.
     *
     * @param after sequence of the last event that is known, exclusive
     * @param limit most events to answer, at least 1
     */
    public record FollowEvents(long after, int limit, Deadline deadline) implements Message {}

    /**
     * The next part of the log.
     *
     * @param events oldest first, without embeddings; what was erased is left out
     */
    public record FollowedEvents(List<Recorded> events) implements Serializable {
        public FollowedEvents {
            events = List.copyOf(events);
        }
    }

    /** Are the event log and the attendance book as the box wrote them? Reads all of both. */
    public record VerifyLog(Deadline deadline) implements Message {}

    private EventMessages() {}
}

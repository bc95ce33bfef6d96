package dev.lintel.bus;

import dev.lintel.access.DoorEvent;
import dev.lintel.face.Deadline;

/**
 * Keep this: the log entry, the attendance that follows from it and its deliveries, in one transaction. Once it is on
 * disk it is announced on {@link Topics#EVENTS}. An id that is known already is answered as before and changes nothing.
 */
public record RecordEvent(DoorEvent event, Deadline deadline) implements Message {}

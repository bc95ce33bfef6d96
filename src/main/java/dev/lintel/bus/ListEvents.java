package dev.lintel.bus;

import dev.lintel.face.Deadline;

/**
 * What happened, newest first? Refused if the filter names somebody who is not enrolled.
 *
 * @param before the last sequence of the page before, exclusive; {@link Long#MAX_VALUE} for the first page
 * @param limit most events on the page, at least 1
 */
public record ListEvents(EventFilter filter, long before, int limit, Deadline deadline) implements Message {}

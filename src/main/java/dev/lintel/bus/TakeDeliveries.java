package dev.lintel.bus;

import dev.lintel.face.Deadline;

/**
 * What has this target not been told yet? Asking changes nothing: what is not settled is answered again, also after a
 * restart. Unknown targets have nothing waiting.
 *
 * @param target its name in the configuration
 * @param limit most events to answer, at least 1
 */
public record TakeDeliveries(String target, int limit, Deadline deadline) implements Message {}

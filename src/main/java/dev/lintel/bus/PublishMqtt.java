package dev.lintel.bus;

import dev.lintel.face.Deadline;

/**
 * Publish this to the configured MQTT broker. Refused if none is configured; fails if it cannot be reached in time, and is
 * then not sent later: a lock that opens when the broker comes back is worse than one that stays shut.
 *
 * @param qos 0, 1 or 2
 * @param retain whether the broker keeps it for those who subscribe later
 */
public record PublishMqtt(String topic, String payload, int qos, boolean retain, Deadline deadline)
        implements Message {}

package dev.lintel.door.policy;

import java.time.Duration;

/**
 * What a door asks of whom it lets pass.
 *
 * @param requireLiveness whether a face must be proven live
 * @param coolDown how long after somebody was let in the same person does not move the lock again
 * @param uncertain what happens to a face that is near the threshold
 * @param notLive what happens to a face that is not proven live, but does not look like a photo or a screen either
 * @param antiPassback whether somebody may go the same way twice
 */
public record DoorTerms(
        boolean requireLiveness,
        Duration coolDown,
        OnUncertain uncertain,
        OnUncertain notLive,
        PassbackConfig antiPassback) {}

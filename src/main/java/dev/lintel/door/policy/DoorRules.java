package dev.lintel.door.policy;

import java.time.Duration;

/**
 * What a door's configuration says about who passes, besides its hours.
 *
 * @param requireLiveness whether a face must be proven live
 * @param coolDown how long after somebody was let in the same person does not move the lock again
 */
public record DoorRules(
        boolean requireLiveness, Duration coolDown, OnUncertain uncertain, PassbackConfig antiPassback) {}

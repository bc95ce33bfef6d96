package dev.lintel.store;

import dev.lintel.attendance.AttendanceConfig;
import java.time.InstantSource;

/**
 * What follows from an event that is recorded.
 *
 * @param attendance what counts as attendance, and how long everything is kept
 * @param clock when things are written and purged
 */
public record EventRules(AttendanceConfig attendance, InstantSource clock) {

    /** Attendance has its defaults. */
    public static EventRules defaults() {
        return new EventRules(new AttendanceConfig(), InstantSource.system());
    }
}

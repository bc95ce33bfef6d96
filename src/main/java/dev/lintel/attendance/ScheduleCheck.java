package dev.lintel.attendance;

import dev.lintel.access.Direction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Schedules that can be written down, and that cannot work. Stateless. */
public final class ScheduleCheck {
    private ScheduleCheck() {}

    /**
     * @param seen the directions of the cameras that count; empty if there are none yet
     * @return a sentence for each trouble, with the key that it is about; none if all is well
     */
    public static List<String> warnings(AttendanceConfig config, Collection<Direction> seen) {
        List<String> warnings = new ArrayList<>();
        if (!config.enabled() && !config.schedule().isEmpty()) {
            warnings.add("attendance.schedule: attendance is not kept, so the schedule says nothing; set"
                    + " attendance.enabled: true, or take the schedule out");
        }
        Duration longest = config.longestPresence();
        for (int i = 0; i < config.schedule().size(); i++) {
            ShiftConfig shift = config.schedule().get(i);
            if (shift.length().compareTo(longest) > 0) {
                warnings.add("attendance.schedule[" + i + "]: " + shift.start() + " to " + shift.end() + " takes "
                        + Sheet.text(shift.length()) + " hours, longer than attendance.longest-presence ("
                        + Sheet.text(longest) + "): the going at its end would belong to no coming; raise"
                        + " longest-presence");
            }
        }
        if (!config.schedule().isEmpty() && !seen.isEmpty()) {
            if (seen.stream().allMatch(Direction.IN::equals)) {
                warnings.add(
                        "attendance.schedule: every camera that counts has the direction in, so nobody is seen to go"
                                + " and all days stay open; give one of them the direction out or both");
            }
            if (seen.stream().allMatch(Direction.OUT::equals)) {
                warnings.add("attendance.schedule: every camera that counts has the direction out, so nobody is seen to"
                        + " come and no time is counted; give one of them the direction in or both");
            }
        }
        return warnings;
    }
}

package dev.lintel.attendance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.Direction;
import dev.lintel.testkit.Configs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScheduleCheckTest {
    private static final Duration USUAL = Duration.ofHours(16);
    private static final List<Direction> BOTH_WAYS = List.of(Direction.IN, Direction.OUT);

    @Test
    void shouldFindNothingWrongWithShiftsThatWork() {
        assertThat(warnings("08:00", "16:30", USUAL, BOTH_WAYS)).isEmpty();
        assertThat(warnings("22:00", "06:00", USUAL, BOTH_WAYS)).isEmpty();
        assertThat(warnings("22:00", "06:00", USUAL, List.of(Direction.BOTH))).isEmpty();
        assertThat(warnings("22:00", "06:00", USUAL, List.of()))
                .as("no camera yet")
                .isEmpty();
        assertThat(warnings("18:00", "10:00", USUAL, BOTH_WAYS)).as("16 hours").isEmpty();
        assertThat(warnings("08:00", "08:00", Duration.ofHours(26), BOTH_WAYS)).isEmpty();
    }

    @Test
    void shouldWarnOfAShiftThatIsLongerThanAnybodyMayBeThere() {
        assertThat(warnings("22:00", "14:01", USUAL, BOTH_WAYS))
                .containsExactly("attendance.schedule[0]: 22:00 to 14:01 takes 16:01 hours, longer than"
                        + " attendance.longest-presence (16:00): the going at its end would belong to no coming; raise"
                        + " longest-presence");
        assertThat(warnings("08:00", "08:00", USUAL, BOTH_WAYS))
                .singleElement()
                .asString()
                .contains("24:00 hours");
        assertThat(warnings("22:00", "06:00", Duration.ofHours(7), BOTH_WAYS)).hasSize(1);
    }

    @Test
    void shouldWarnIfNobodyIsSeenToGoOrToCome() {
        assertThat(warnings("22:00", "06:00", USUAL, List.of(Direction.IN, Direction.IN)))
                .singleElement()
                .asString()
                .contains("nobody is seen to go");
        assertThat(warnings("22:00", "06:00", USUAL, List.of(Direction.OUT)))
                .singleElement()
                .asString()
                .contains("nobody is seen to come");
    }

    @Test
    void shouldWarnIfShiftsAreSetWhileAttendanceIsNotKept() {
        AttendanceConfig off = Configs.of(
                AttendanceConfig.class, "schedule: [{days: [mon], start: '08:00', end: '16:00', groups: []}]");

        assertThat(off.enabled()).isFalse();
        assertThat(ScheduleCheck.warnings(off, List.of()))
                .singleElement()
                .asString()
                .contains("attendance is not kept", "attendance.enabled: true");
    }

    private static List<String> warnings(String start, String end, Duration longest, List<Direction> seen) {
        AttendanceConfig config = Configs.with(
                Configs.attendance(),
                Map.of(
                        "longestPresence",
                        longest,
                        "schedule",
                        List.of(new ShiftConfig(List.of("mon"), start, end, List.of()))));
        return ScheduleCheck.warnings(config, seen);
    }
}

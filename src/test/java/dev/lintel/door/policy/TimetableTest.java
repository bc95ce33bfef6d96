package dev.lintel.door.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 2026-11-25 is a Wednesday; in Europe/Berlin the clocks went forward on 2026-03-29 and back on 2026-10-25, both Sundays. */
class TimetableTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Map<String, List<String>> SCHEDULES = Map.of(
            "everybody", List.of("Mon-Fri 07:00-19:00", "Sat,Sun 10:00-12:00"),
            "cleaners", List.of("Fri-Mon 22:00-02:00"),
            "residents", List.of("always"),
            "allday", List.of("daily 00:00-24:00"));
    private static final Map<String, List<String>> HOLIDAYS =
            Map.of("2026-12-24", List.of("08:00-12:00", "22:00-01:00"), "12-25", List.of());

    private final Timetable table = new Timetable(BERLIN, SCHEDULES, HOLIDAYS);

    @ParameterizedTest(name = "{0} at {1}: {2}")
    @CsvSource({
        "none, 2026-11-25T06:59:59, false",
        "none, 2026-11-25T07:00:00, true",
        "none, 2026-11-25T18:59:59, true",
        "none, 2026-11-25T19:00:00, false",
        "none, 2026-11-28T08:00:00, false",
        "none, 2026-11-28T11:00:00, true",
        "cleaners, 2026-11-27T22:30:00, true",
        "cleaners, 2026-11-28T01:59:59, true",
        "cleaners, 2026-11-28T02:00:00, false",
        "cleaners, 2026-12-01T01:00:00, true",
        "cleaners, 2026-11-27T01:00:00, false",
        "cleaners, 2026-12-01T22:30:00, false",
        "cleaners, 2026-11-25T12:00:00, true",
        "residents, 2026-11-25T03:00:00, true",
        "strangers, 2026-11-25T03:00:00, false",
        "allday, 2026-11-25T00:00:00, true",
        "allday, 2026-11-25T23:59:59, true",
    })
    void shouldFollowTheWeek(String group, LocalDateTime local, boolean open) {
        assertThat(table.at(List.of(group), local.atZone(BERLIN).toInstant()).open())
                .isEqualTo(open);
    }

    @ParameterizedTest(name = "{0} at {1}: {2}")
    @CsvSource({
        "none, 2026-12-24T07:30:00, false, true",
        "none, 2026-12-24T11:00:00, true, true",
        "none, 2026-12-25T00:30:00, true, true",
        "none, 2026-12-25T12:00:00, false, true",
        "none, 2031-12-25T12:00:00, false, true",
        "allday, 2026-12-25T12:00:00, false, true",
        "residents, 2026-12-25T12:00:00, true, false",
        "none, 2026-12-28T12:00:00, true, false",
        "cleaners, 2026-12-26T00:30:00, false, false",
    })
    void shouldPutSingleDaysBeforeTheWeek(String group, LocalDateTime local, boolean open, boolean holiday) {
        Timetable.Finding found = table.at(List.of(group), local.atZone(BERLIN).toInstant());

        assertThat(found.open()).isEqualTo(open);
        assertThat(found.holiday()).isEqualTo(holiday);
    }

    @ParameterizedTest(name = "{0} in {1}: {2}")
    @CsvSource({
        // 02:00 to 03:00 does not exist on this day: what begins in it begins at 03:00 summer time.
        "2026-03-29T01:59:00+01:00, 02:30-04:00, false",
        "2026-03-29T03:00:00+02:00, 02:30-04:00, true",
        "2026-03-29T03:59:00+02:00, 02:30-04:00, true",
        "2026-03-29T04:00:00+02:00, 02:30-04:00, false",
        "2026-03-29T01:45:00+01:00, 01:30-02:30, true",
        "2026-03-29T03:00:00+02:00, 01:30-02:30, false",
        // 02:00 to 03:00 comes twice: both count.
        "2026-10-25T02:15:00+02:00, 02:00-03:00, true",
        "2026-10-25T02:15:00+01:00, 02:00-03:00, true",
        "2026-10-25T02:45:00+01:00, 01:00-02:30, false",
        "2026-10-25T02:15:00+01:00, 01:00-02:30, true",
        "2026-10-25T03:00:00+01:00, 02:00-03:00, false",
        // A night shift that the change falls into is an hour shorter or longer, and ends by the clock.
        "2026-03-29T05:59:00+02:00, 22:00-06:00, true",
        "2026-03-29T06:00:00+02:00, 22:00-06:00, false",
        "2026-10-25T05:59:00+01:00, 22:00-06:00, true",
        "2026-10-25T06:00:00+01:00, 22:00-06:00, false",
    })
    void shouldGoByTheClockOnTheWallWhenItIsChanged(OffsetDateTime at, String hours, boolean open) {
        Timetable night = new Timetable(BERLIN, Map.of("everybody", List.of("daily " + hours)), Map.of());

        assertThat(night.at(List.of(), at.toInstant()).open()).isEqualTo(open);
    }

    @Test
    void shouldSayWhatItFoundWithoutGuessing() {
        Instant at = Instant.parse("2026-11-25T11:00:00Z");

        assertThat(table.at(List.of("cleaners"), at).reason().sentence())
                .isEqualTo("within the hours of group everybody, Mon-Fri 07:00-19:00");
        assertThat(table.at(List.of(), Instant.parse("2026-11-25T02:00:00Z"))
                        .reason()
                        .sentence())
                .isEqualTo("outside the hours of groups everybody on Wed 2026-11-25 03:00 Europe/Berlin");
        Timetable staffOnly = new Timetable(BERLIN, Map.of("staff", List.of("always")), Map.of());
        assertThat(staffOnly.at(List.of("guests"), at).reason().sentence())
                .isEqualTo("no group of this person has hours at this door; groups: guests, everybody");
        assertThat(staffOnly.at(List.of("guests"), at).open()).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "staff | Mon 7:00-19:00 | schedules.staff: must be hours from-to",
                "staff | Mon 07:00-24:01 | schedules.staff: must be hours from-to",
                "staff | Mon 07:00-07:00 | schedules.staff: must be hours from-to",
                "staff | Mon 07:70-08:00 | schedules.staff: must be hours from-to",
                "staff | Mo 07:00-19:00 | schedules.staff: must begin with days",
                "staff | sometimes | schedules.staff: must be days and hours",
                "Staff! | always | schedules.Staff!: a group is",
            })
    void shouldNameWhatIsWrongWithASchedule(String group, String window, String message) {
        assertThatThrownBy(() -> new Timetable(BERLIN, Map.of(group, List.of(window)), Map.of()))
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"2026-02-30, 08:00-12:00", "Christmas, 08:00-12:00", "13-01, 08:00-12:00", "2026-12-25, Fri 08:00-12:00"
    })
    void shouldNameWhatIsWrongWithAHoliday(String day, String window) {
        assertThatThrownBy(() -> new Timetable(BERLIN, Map.of(), Map.of(day, List.of(window))))
                .hasMessageStartingWith("holidays." + day + ": must be");
    }
}

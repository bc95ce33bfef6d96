package dev.lintel.attendance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.AttendanceEntry.Kind;
import dev.lintel.access.Direction;
import dev.lintel.access.Enrolled;
import dev.lintel.attendance.PersonDay.Status;
import dev.lintel.face.Label;
import dev.lintel.testkit.Configs;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AttendanceReportsTest {
    private static final LocalDate WEDNESDAY = LocalDate.parse("2026-11-25");
    private static final List<ShiftConfig> WEEKDAYS =
            List.of(new ShiftConfig(List.of("mon", "tue", "wed", "thu", "fri"), "08:00", "16:00", List.of()));
    private static final Label ANNA = Label.of("Anna");
    private static final Label BEN = Label.of("Ben");

    private final Entries book = new Entries();
    private String now = "2026-12-31T12:00:00";
    private int dayStart;
    private List<ShiftConfig> schedule = WEEKDAYS;
    private List<String> holidays = List.of();
    private Map<Label, Enrolled> enrolled = Map.of(ANNA, since("2026-01-01T00:00:00"));

    @Test
    void shouldAddUpComingsAndLeavings() {
        book.in("Anna", "2026-11-25T08:01:00")
                .out("Anna", "2026-11-25T12:00:00")
                .in("Anna", "2026-11-25T12:30:00")
                .out("Anna", "2026-11-25T16:31:00");

        PersonDay day = onlyDay(WEDNESDAY);

        assertThat(day.status()).isEqualTo(Status.PRESENT);
        assertThat(day.presence())
                .isEqualTo(new Presence(
                        Entries.at("2026-11-25T08:01:00"),
                        Entries.at("2026-11-25T16:31:00"),
                        Duration.ofHours(8),
                        null,
                        0));
        assertThat(day.lateBy()).isZero();
        assertThat(day.earlyBy()).isZero();
        assertThat(day.expected()).isEqualTo(Duration.ofHours(8));
    }

    @Test
    void shouldTakeFirstAndLastSightingWhereDirectionIsNotKnown() {
        book.both("Anna", "2026-11-25T12:00:00")
                .both("Anna", "2026-11-25T08:00:00")
                .both("Anna", "2026-11-25T16:30:00");

        assertThat(onlyDay(WEDNESDAY).presence())
                .isEqualTo(new Presence(
                        Entries.at("2026-11-25T08:00:00"),
                        Entries.at("2026-11-25T16:30:00"),
                        Duration.ofMinutes(510),
                        null,
                        0));
    }

    @Test
    void shouldCountOnceInTheWindowWhateverTheOrderOfStoring() {
        book.in("Anna", "2026-11-25T08:04:59")
                .in("Anna", "2026-11-25T08:00:00")
                .in("Anna", "2026-11-25T08:05:00")
                .out("Anna", "2026-11-25T08:01:00")
                .in("Ben", "2026-11-25T08:02:00");

        assertThat(Marked.all(book.all(), Duration.ofMinutes(5)))
                .extracting(marked -> marked.entry().sequence(), Marked::state)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(2L, Marked.State.COUNTED),
                        org.assertj.core.groups.Tuple.tuple(4L, Marked.State.COUNTED),
                        org.assertj.core.groups.Tuple.tuple(5L, Marked.State.COUNTED),
                        org.assertj.core.groups.Tuple.tuple(1L, Marked.State.DUPLICATE),
                        org.assertj.core.groups.Tuple.tuple(3L, Marked.State.COUNTED));
    }

    @Test
    void shouldSayWhoIsLateAndWhoLeftEarly() {
        book.in("Anna", "2026-11-25T08:05:01").out("Anna", "2026-11-25T15:54:59");
        assertThat(onlyDay(WEDNESDAY).lateBy()).isEqualTo(Duration.ofSeconds(301));
        assertThat(onlyDay(WEDNESDAY).earlyBy()).isEqualTo(Duration.ofSeconds(301));

        now = "2026-11-25T15:58:00";
        assertThat(onlyDay(WEDNESDAY).earlyBy()).as("may still come back").isZero();
    }

    @Test
    void shouldForgiveWithinTheGrace() {
        book.in("Anna", "2026-11-25T08:05:00").out("Anna", "2026-11-25T15:55:00");

        assertThat(onlyDay(WEDNESDAY).lateBy()).isZero();
        assertThat(onlyDay(WEDNESDAY).earlyBy()).isZero();
    }

    @Test
    void shouldShowThoseWhoAreNotThere() {
        assertThat(onlyDay(WEDNESDAY).status()).isEqualTo(Status.ABSENT);
        assertThat(onlyDay(LocalDate.parse("2026-11-28")).status())
                .as("Saturday")
                .isEqualTo(Status.OFF);
        now = "2026-11-25T08:05:00";
        assertThat(onlyDay(WEDNESDAY).status()).isEqualTo(Status.EXPECTED);
        holidays = List.of("2026-11-25");
        now = "2026-11-25T18:00:00";
        assertThat(onlyDay(WEDNESDAY).status()).isEqualTo(Status.OFF);
    }

    @Test
    void shouldNotMissAnybodyBeforeTheirEnrolment() {
        enrolled = Map.of(ANNA, since("2026-11-25T09:00:00"));

        assertThat(onlyDay(WEDNESDAY).status())
                .as("enrolled after the shift began")
                .isEqualTo(Status.OFF);
        assertThat(reports()
                        .day(LocalDate.parse("2026-11-24"), book.all(), enrolled)
                        .people())
                .isEmpty();
        assertThat(onlyDay(LocalDate.parse("2026-11-26")).status()).isEqualTo(Status.ABSENT);
    }

    @Test
    void shouldLeaveADayOpenWithoutALeaving() {
        book.in("Anna", "2026-11-25T08:00:00")
                .out("Anna", "2026-11-25T12:00:00")
                .in("Anna", "2026-11-25T13:00:00");

        PersonDay day = onlyDay(WEDNESDAY);

        assertThat(day.open()).isTrue();
        assertThat(day.presence())
                .isEqualTo(new Presence(
                        Entries.at("2026-11-25T08:00:00"),
                        null,
                        Duration.ofHours(4),
                        Entries.at("2026-11-25T13:00:00"),
                        0));
    }

    @Test
    void shouldCountWhatDoesNotFit() {
        book.out("Anna", "2026-11-25T07:00:00")
                .in("Anna", "2026-11-25T08:00:00")
                .in("Anna", "2026-11-25T13:00:00")
                .out("Anna", "2026-11-25T16:00:00");

        assertThat(onlyDay(WEDNESDAY).presence().unmatched()).isEqualTo(2);
        assertThat(onlyDay(WEDNESDAY).presence().total()).isEqualTo(Duration.ofHours(8));
    }

    @Test
    void shouldCountANightOnTheDayItBeganWhereverDaysBegin() {
        book.in("Anna", "2026-11-25T21:55:00").out("Anna", "2026-11-26T05:30:00");

        assertThat(onlyDay(WEDNESDAY).presence().total()).isEqualTo(Duration.ofMinutes(455));
        dayStart = 12;
        schedule = List.of(new ShiftConfig(List.of("wed"), "22:00", "06:00", List.of()));
        PersonDay night = onlyDay(WEDNESDAY);
        assertThat(night.presence().total()).isEqualTo(Duration.ofMinutes(455));
        assertThat(night.lateBy()).isZero();
        assertThat(night.earlyBy()).isEqualTo(Duration.ofMinutes(30));
        assertThat(night.expected()).isEqualTo(Duration.ofHours(8));
        assertThat(onlyDay(LocalDate.parse("2026-11-26")).entries()).isEmpty();
    }

    /** 25 October 2026: three o'clock comes twice; 29 March 2026: half past two never comes. */
    @Test
    void shouldMeasureRealTimeWhenClocksChange() {
        book.in("Anna", "2026-10-24T22:00:00")
                .out("Anna", "2026-10-25T06:00:00")
                .in("Ben", "2026-03-28T22:00:00")
                .out("Ben", "2026-03-29T06:00:00");
        enrolled = Map.of();
        dayStart = 12;

        assertThat(onlyDay(LocalDate.parse("2026-10-24")).presence().total()).isEqualTo(Duration.ofHours(9));
        assertThat(onlyDay(LocalDate.parse("2026-03-28")).presence().total()).isEqualTo(Duration.ofHours(7));
    }

    @Test
    void shouldPutEveryMomentIntoExactlyOneDayWhenClocksChange() {
        for (int start : new int[] {0, 2, 3, 12}) {
            dayStart = start;
            WorkDays days = reports().days();
            for (String around : new String[] {"2026-10-24T00:00:00", "2026-03-28T00:00:00"}) {
                for (Instant at = Entries.at(around);
                        at.isBefore(Entries.at(around).plus(Duration.ofDays(3)));
                        at = at.plusSeconds(300)) {
                    LocalDate date = days.of(at);
                    assertThat(at).isAfterOrEqualTo(days.start(date)).isBefore(days.end(date));
                }
            }
        }
        dayStart = 0;
        LocalDate longDay = LocalDate.parse("2026-10-25");
        assertThat(Duration.between(
                        reports().days().start(longDay), reports().days().end(longDay)))
                .isEqualTo(Duration.ofHours(25));
    }

    @Test
    void shouldApplyCorrectionsAndKeepTheOriginalVisible() {
        book.in("Anna", "2026-11-25T09:00:00")
                .out("Anna", "2026-11-25T16:00:00")
                .out("Anna", "2026-11-25T17:00:00")
                .put(Kind.REPLACED, "Anna", Entries.at("2026-11-25T08:00:00"), Direction.IN, 1L)
                .put(Kind.VOIDED, "Anna", Entries.at("2026-11-25T17:00:00"), Direction.OUT, 3L)
                .put(Kind.ADDED, "Anna", Entries.at("2026-11-25T12:00:00"), Direction.OUT, null)
                .put(Kind.ADDED, "Anna", Entries.at("2026-11-25T12:01:00"), Direction.IN, null)
                .put(Kind.ADDED, "Anna", Entries.at("2026-11-25T12:02:00"), Direction.OUT, null)
                .put(Kind.VOIDED, "Anna", Entries.at("2026-11-25T12:02:00"), Direction.OUT, 8L);

        PersonDay day = onlyDay(WEDNESDAY);

        assertThat(day.presence().total()).isEqualTo(Duration.ofMinutes(8 * 60 - 1));
        assertThat(day.corrections()).isEqualTo(6);
        assertThat(day.entries())
                .hasSize(9)
                .extracting(Marked::state)
                .contains(Marked.State.REPLACED, Marked.State.VOIDED, Marked.State.NOTE);
        assertThat(day.entries())
                .filteredOn(marked -> marked.entry().sequence() == 1)
                .extracting(Marked::by)
                .containsExactly(4L);
    }

    @Test
    void shouldAddUpAMonth() {
        enrolled = Map.of(ANNA, since("2026-01-01T00:00:00"), BEN, since("2026-11-23T07:00:00"));
        now = "2026-11-27T18:00:00";
        book.in("Anna", "2026-11-23T08:00:00")
                .out("Anna", "2026-11-23T16:00:00")
                .in("Anna", "2026-11-24T08:30:00")
                .out("Anna", "2026-11-24T15:00:00")
                .in("Anna", "2026-11-25T08:00:00")
                .put(Kind.ADDED, "Anna", Entries.at("2026-11-26T08:00:00"), Direction.IN, null)
                .put(Kind.ADDED, "Anna", Entries.at("2026-11-26T16:00:00"), Direction.OUT, null)
                .in("Ben", "2026-10-31T08:00:00");

        MonthReport report = reports().month(YearMonth.parse("2026-11"), book.all(), enrolled);

        assertThat(report.people()).extracting(MonthReport.Person::person).containsExactly(ANNA, BEN);
        MonthReport.Person anna = report.people().get(0);
        assertThat(anna.days()).as("until today").hasSize(27);
        assertThat(anna.present()).isEqualTo(4);
        assertThat(anna.absent()).isEqualTo(16);
        assertThat(anna.total()).isEqualTo(Duration.ofMinutes(480 + 390 + 480));
        assertThat(anna.expected()).isEqualTo(Duration.ofHours(20 * 8));
        assertThat(anna.lateDays()).isEqualTo(1);
        assertThat(anna.lateBy()).isEqualTo(Duration.ofMinutes(30));
        assertThat(anna.earlyDays()).isEqualTo(1);
        assertThat(anna.earlyBy()).isEqualTo(Duration.ofHours(1));
        assertThat(anna.openDays()).isEqualTo(1);
        assertThat(anna.corrections()).isEqualTo(2);
        assertThat(report.people().get(1).days()).hasSize(5);
        assertThat(report.people().get(1).absent()).isEqualTo(5);
    }

    private PersonDay onlyDay(LocalDate date) {
        DayReport report = reports().day(date, book.all(), enrolled);
        assertThat(report.people()).hasSize(1);
        return report.people().get(0);
    }

    private static Enrolled since(String local) {
        return new Enrolled(Entries.at(local), null, List.of());
    }

    private AttendanceReports reports() {
        AttendanceConfig config = Configs.with(
                Configs.attendance("time-zone: Europe/Vienna"),
                Map.of("dayStart", dayStart, "schedule", schedule, "holidays", holidays));
        return new AttendanceReports(config, InstantSource.fixed(Entries.at(now)));
    }
}

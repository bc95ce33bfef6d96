package dev.lintel.attendance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.AttendanceEntry;
import dev.lintel.access.AttendanceEntry.Kind;
import dev.lintel.access.Direction;
import dev.lintel.access.Enrolled;
import dev.lintel.attendance.PersonDay.Status;
import dev.lintel.face.Label;
import dev.lintel.testkit.Configs;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Comings and goings on both sides of midnight, in Vienna. The reports get only the entries that they ask for. */
class NightShiftTest {
    private static final Label ANNA = Label.of("Anna");
    private static final Label BEN = Label.of("Ben");
    private static final LocalDate TUESDAY = LocalDate.parse("2026-11-24");
    private static final LocalDate WEDNESDAY = TUESDAY.plusDays(1);
    private static final List<String> EVERY_DAY = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

    private final Entries book = new Entries();
    private String now = "2026-12-31T12:00:00";
    private int dayStart;
    private Duration longest = Duration.ofHours(16);
    private List<ShiftConfig> schedule = List.of();
    private Map<Label, Enrolled> enrolled = Map.of(ANNA, enrolment());

    @Test
    void shouldCountANightOnTheDayItBegan() {
        schedule = List.of(shift("22:00", "06:00"));
        book.in("Anna", "2026-11-24T22:00:00").out("Anna", "2026-11-25T06:00:00");

        PersonDay night = day(TUESDAY);

        assertThat(night.status()).isEqualTo(Status.PRESENT);
        assertThat(night.presence())
                .isEqualTo(new Presence(
                        Entries.at("2026-11-24T22:00:00"),
                        Entries.at("2026-11-25T06:00:00"),
                        Duration.ofHours(8),
                        null,
                        0));
        assertThat(night.expected()).isEqualTo(Duration.ofHours(8));
        assertThat(night.lateBy()).isZero();
        assertThat(night.earlyBy()).isZero();
        assertThat(night.entries()).hasSize(2);
        assertThat(day(WEDNESDAY).entries()).isEmpty();
        assertThat(day(WEDNESDAY).presence().unmatched()).isZero();
    }

    @Test
    void shouldAddUpOneNightAfterTheOtherWithABreak() {
        for (int date = 23; date < 27; date++) {
            book.in("Anna", "2026-11-" + date + "T21:58:00")
                    .out("Anna", "2026-11-" + (date + 1) + "T01:58:00")
                    .in("Anna", "2026-11-" + (date + 1) + "T02:28:00")
                    .out("Anna", "2026-11-" + (date + 1) + "T06:00:00");
        }

        MonthReport.Person month = month("2026-11");

        assertThat(month.present())
                .as("without a schedule, each coming is on its day")
                .isEqualTo(5);
        assertThat(month.total()).isEqualTo(Duration.ofMinutes(4 * (240 + 212)));
        assertThat(month.openDays()).isZero();
        schedule = List.of(shift("22:00", "06:00"));
        assertThat(month("2026-11").present()).isEqualTo(4);
        assertThat(month("2026-11").total()).isEqualTo(Duration.ofMinutes(4 * (240 + 212)));
        assertThat(month("2026-11").lateDays()).isZero();
        assertThat(month("2026-11").earlyDays()).isZero();
        assertThat(day(TUESDAY).presence().total()).isEqualTo(Duration.ofMinutes(240 + 212));
        schedule = List.of();
        dayStart = 12;
        assertThat(month("2026-11").present()).isEqualTo(4);
    }

    @Test
    void shouldCountWhoComesLateOrEarlyForAShiftAtMidnightOnItsDay() {
        schedule = List.of(new ShiftConfig(List.of("tue"), "23:30", "07:00", List.of()));
        book.in("Anna", "2026-11-25T00:10:00").out("Anna", "2026-11-25T07:10:00");

        assertThat(day(TUESDAY).lateBy()).isEqualTo(Duration.ofMinutes(40));
        assertThat(day(TUESDAY).presence().total()).isEqualTo(Duration.ofHours(7));
        assertThat(day(WEDNESDAY).status()).isEqualTo(Status.OFF);

        schedule = List.of(new ShiftConfig(List.of("thu"), "00:00", "08:00", List.of()));
        book.in("Anna", "2026-11-25T23:50:00").out("Anna", "2026-11-26T08:00:00");
        assertThat(day(WEDNESDAY.plusDays(1)).presence().total()).isEqualTo(Duration.ofMinutes(490));
        assertThat(day(WEDNESDAY.plusDays(1)).lateBy()).isZero();
    }

    @Test
    void shouldNotTakeTheMorningAfterAMissedComingForTheNextNight() {
        schedule = List.of(shift("22:00", "06:00"));
        book.out("Anna", "2026-11-25T06:05:00");

        assertThat(day(TUESDAY).presence().unmatched()).isEqualTo(1);
        assertThat(day(TUESDAY).earlyBy()).isZero();
        assertThat(day(WEDNESDAY).status()).isEqualTo(Status.ABSENT);
    }

    /** The table in docs/operation.md. */
    @Test
    void shouldCountAsTheWorkedExampleSays() {
        enrolled = Map.of(ANNA, new Enrolled(Entries.at("2026-01-01T00:00:00"), null, List.of("night-shift")));
        schedule = List.of(new ShiftConfig(EVERY_DAY, "22:00", "06:00", List.of("night-shift")));
        book.in("Anna", "2026-11-23T21:55:00")
                .out("Anna", "2026-11-24T02:00:00")
                .in("Anna", "2026-11-24T02:30:00")
                .out("Anna", "2026-11-24T06:00:00")
                .in("Anna", "2026-11-24T22:20:00")
                .in("Anna", "2026-11-25T22:00:00")
                .out("Anna", "2026-11-26T06:00:00")
                .in("Anna", "2026-10-24T22:00:00")
                .out("Anna", "2026-10-25T06:00:00");

        PersonDay monday = day(TUESDAY.minusDays(1));
        assertThat(monday.presence().total()).isEqualTo(Duration.ofMinutes(7 * 60 + 35));
        assertThat(monday.earlyBy()).isZero();
        assertThat(day(TUESDAY).open()).isTrue();
        assertThat(day(TUESDAY).lateBy()).isEqualTo(Duration.ofMinutes(20));
        assertThat(day(TUESDAY).presence().total()).isZero();
        assertThat(day(WEDNESDAY).presence().total()).isEqualTo(Duration.ofHours(8));
        assertThat(day(LocalDate.parse("2026-10-24")).presence().total()).isEqualTo(Duration.ofHours(9));
    }

    @Test
    void shouldCountALateShiftThatEndsPastMidnight() {
        schedule = List.of(shift("16:00", "00:30"));
        book.in("Anna", "2026-11-24T16:10:00").out("Anna", "2026-11-25T00:20:00");

        assertThat(day(TUESDAY).presence().total()).isEqualTo(Duration.ofMinutes(490));
        assertThat(day(TUESDAY).lateBy()).isEqualTo(Duration.ofMinutes(10));
        assertThat(day(TUESDAY).earlyBy()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void shouldCountTheNightOverAMonthsEndInTheMonthItBegan() {
        book.in("Anna", "2026-10-31T22:00:00")
                .out("Anna", "2026-11-01T06:00:00")
                .in("Anna", "2026-11-30T22:00:00")
                .out("Anna", "2026-12-01T06:30:00");

        assertThat(month("2026-10").total()).isEqualTo(Duration.ofHours(8));
        assertThat(month("2026-11").total()).isEqualTo(Duration.ofMinutes(510));
        assertThat(month("2026-11").present()).isEqualTo(1);
        assertThat(month("2026-12").total()).isZero();
        assertThat(month("2026-12").present()).isZero();
    }

    /** 25 October 2026 has 25 hours, 29 March 2026 has 23. */
    @Test
    void shouldMeasureTheNightsInWhichTheClockChanges() {
        book.in("Anna", "2026-03-28T22:00:00")
                .out("Anna", "2026-03-29T06:00:00")
                .in("Anna", "2026-10-24T22:00:00")
                .out("Anna", "2026-10-25T06:00:00");
        schedule = List.of(shift("22:00", "06:00"));

        assertThat(day(LocalDate.parse("2026-03-28")).presence().total()).isEqualTo(Duration.ofHours(7));
        assertThat(day(LocalDate.parse("2026-03-28")).expected()).isEqualTo(Duration.ofHours(7));
        assertThat(day(LocalDate.parse("2026-10-24")).presence().total()).isEqualTo(Duration.ofHours(9));
        assertThat(day(LocalDate.parse("2026-10-24")).expected()).isEqualTo(Duration.ofHours(9));
    }

    @Test
    void shouldLeaveAForgottenGoingOpenAndCountTheNextNight() {
        book.in("Anna", "2026-11-24T22:00:00").in("Anna", "2026-11-25T22:00:00").out("Anna", "2026-11-26T06:00:00");

        assertThat(day(TUESDAY).open()).isTrue();
        assertThat(day(TUESDAY).presence().total()).isZero();
        assertThat(day(WEDNESDAY).open()).isFalse();
        assertThat(day(WEDNESDAY).presence().total()).isEqualTo(Duration.ofHours(8));
        assertThat(month("2026-11").openDays()).isEqualTo(1);
    }

    @Test
    void shouldNotTakeTheNextEveningsGoingForTheForgottenOne() {
        book.in("Anna", "2026-11-24T08:00:00").out("Anna", "2026-11-25T16:00:00");

        assertThat(day(TUESDAY).presence().openSince()).isEqualTo(Entries.at("2026-11-24T08:00:00"));
        assertThat(day(WEDNESDAY).presence())
                .isEqualTo(new Presence(null, Entries.at("2026-11-25T16:00:00"), Duration.ZERO, null, 1));
    }

    @Test
    void shouldPairUpToTheConfiguredSpanAndNoFurther() {
        book.in("Anna", "2026-11-24T18:00:00").out("Anna", "2026-11-25T10:00:00");
        assertThat(day(TUESDAY).presence().total()).isEqualTo(Duration.ofHours(16));

        longest = Duration.ofHours(15);
        assertThat(day(TUESDAY).presence().total()).isZero();
        assertThat(day(TUESDAY).open()).isTrue();
        assertThat(day(WEDNESDAY).presence().unmatched()).isEqualTo(1);
    }

    @Test
    void shouldPairAcrossTwoDays() {
        longest = Duration.ofHours(48);
        book.in("Anna", "2026-11-23T08:00:00").out("Anna", "2026-11-25T08:00:00");

        assertThat(day(LocalDate.parse("2026-11-23")).presence().total()).isEqualTo(Duration.ofHours(48));
        assertThat(day(TUESDAY).entries()).isEmpty();
        assertThat(day(WEDNESDAY).entries()).isEmpty();
    }

    @Test
    void shouldPairAComingAtOneDoorWithAGoingAtAnother() {
        book.through("front")
                .in("Anna", "2026-11-24T21:55:00")
                .through("yard")
                .in("Anna", "2026-11-24T21:58:00")
                .in("Anna", "2026-11-25T00:30:00")
                .out("Anna", "2026-11-25T06:00:00")
                .through("front")
                .out("Anna", "2026-11-25T06:03:00");

        PersonDay night = day(TUESDAY);

        assertThat(night.presence().total()).isEqualTo(Duration.ofMinutes(485));
        assertThat(night.presence().unmatched()).as("00:30, inwards again").isEqualTo(1);
        assertThat(night.entries())
                .extracting(Marked::state)
                .containsExactly(
                        Marked.State.COUNTED,
                        Marked.State.DUPLICATE,
                        Marked.State.COUNTED,
                        Marked.State.COUNTED,
                        Marked.State.DUPLICATE);
        assertThat(day(WEDNESDAY).entries()).isEmpty();
    }

    @Test
    void shouldNeedAScheduleOrADayStartInTheDaytimeWhereDirectionIsNotKnown() {
        book.both("Anna", "2026-11-23T22:00:00")
                .both("Anna", "2026-11-24T06:00:00")
                .both("Anna", "2026-11-24T22:00:00")
                .both("Anna", "2026-11-25T06:00:00");

        assertThat(day(TUESDAY).presence().total()).as("of two nights").isEqualTo(Duration.ofHours(16));
        schedule = List.of(shift("22:00", "06:00"));
        assertThat(day(TUESDAY).presence().total()).isEqualTo(Duration.ofHours(8));
        assertThat(month("2026-11").total()).isEqualTo(Duration.ofHours(16));
        schedule = List.of();
        dayStart = 14;
        assertThat(day(TUESDAY).presence().total()).isEqualTo(Duration.ofHours(8));
        assertThat(month("2026-11").total()).isEqualTo(Duration.ofHours(16));
    }

    @Test
    void shouldPairAGoingWithASightingThatHasNoDirection() {
        book.both("Anna", "2026-11-24T22:00:00")
                .both("Anna", "2026-11-24T23:00:00")
                .out("Anna", "2026-11-25T06:00:00");

        assertThat(day(TUESDAY).presence().total()).isEqualTo(Duration.ofHours(8));
        assertThat(day(TUESDAY).presence().unmatched()).isZero();
    }

    @Test
    void shouldPairWhatWasAddedByHand() {
        book.in("Anna", "2026-11-24T22:00:00")
                .put(Kind.ADDED, "Anna", Entries.at("2026-11-25T06:15:00"), Direction.OUT, null);

        assertThat(day(TUESDAY).presence().total()).isEqualTo(Duration.ofMinutes(495));
        assertThat(day(TUESDAY).corrections()).isEqualTo(1);
    }

    @Test
    void shouldSayWhoIsThereWhileTheNightGoesOn() {
        book.in("Anna", "2026-11-24T22:00:00");
        now = "2026-11-25T01:00:00";
        assertThat(day(TUESDAY).there()).isTrue();

        now = "2026-11-25T14:00:01";
        assertThat(day(TUESDAY).there()).as("longer than anybody stays").isFalse();
        book.out("Anna", "2026-11-25T06:00:00");
        now = "2026-11-25T07:00:00";
        assertThat(day(TUESDAY).there()).isFalse();
    }

    @Test
    void shouldExpectEverybodyByTheScheduleOfTheirGroup() {
        enrolled = Map.of(
                ANNA,
                new Enrolled(Entries.at("2026-01-01T00:00:00"), null, List.of("nights")),
                BEN,
                new Enrolled(Entries.at("2026-01-01T00:00:00"), null, List.of("canteen")));
        schedule = List.of(
                new ShiftConfig(List.of("mon", "tue", "wed", "thu", "fri"), "08:00", "16:30", List.of()),
                new ShiftConfig(List.of("tue"), "22:00", "06:00", List.of("nights", "guards")));
        book.in("Anna", "2026-11-24T22:20:00")
                .out("Anna", "2026-11-25T06:00:00")
                .in("Ben", "2026-11-24T08:30:00")
                .out("Ben", "2026-11-24T16:30:00");

        List<PersonDay> tuesday = report(TUESDAY).people();
        List<PersonDay> wednesday = report(WEDNESDAY).people();

        assertThat(tuesday)
                .extracting(PersonDay::lateBy)
                .containsExactly(Duration.ofMinutes(20), Duration.ofMinutes(30));
        assertThat(tuesday)
                .extracting(PersonDay::expected)
                .containsExactly(Duration.ofHours(8), Duration.ofMinutes(510));
        assertThat(wednesday).extracting(PersonDay::status).containsExactly(Status.OFF, Status.ABSENT);
    }

    @Test
    void shouldWriteTheNightIntoOneRow() {
        schedule = List.of(shift("22:00", "06:00"));
        enrolled = Map.of();
        book.in("Anna", "2026-11-24T22:10:00").out("Anna", "2026-11-25T06:00:00");

        assertThat(csv(Sheet.of(report(TUESDAY), reports().days())))
                .containsExactly(
                        "2026-11-24,Anna,present,2026-11-24 22:10:00,2026-11-25 06:00:00,7:50,470,480,10,0,false,0,0");
        MonthReport month = reports().month(YearMonth.parse("2026-11"), book.all(), enrolled);
        assertThat(csv(Sheet.summary(month))).containsExactly("2026-11,Anna,1,0,7:50,470,480,-10,1,10,0,0,0,0");
    }

    private static List<String> csv(Sheet sheet) {
        return new String(new Csv(',', false).write(sheet), StandardCharsets.UTF_8)
                .lines()
                .skip(1)
                .toList();
    }

    private static ShiftConfig shift(String start, String end) {
        return new ShiftConfig(EVERY_DAY, start, end, List.of());
    }

    private static Enrolled enrolment() {
        return new Enrolled(Entries.at("2026-01-01T00:00:00"), null, List.of());
    }

    private PersonDay day(LocalDate date) {
        DayReport report = report(date);
        assertThat(report.people()).hasSize(1);
        return report.people().get(0);
    }

    private DayReport report(LocalDate date) {
        return reports().day(date, between(date, date), enrolled);
    }

    private MonthReport.Person month(String name) {
        YearMonth month = YearMonth.parse(name);
        return reports().month(month, between(month.atDay(1), month.atEndOfMonth()), enrolled).people().stream()
                .findFirst()
                .orElseThrow();
    }

    private List<AttendanceEntry> between(LocalDate first, LocalDate last) {
        Instant from = reports().from(first);
        Instant to = reports().to(last);
        return book.all().stream()
                .filter(entry -> !entry.at().isBefore(from) && entry.at().isBefore(to))
                .toList();
    }

    private AttendanceReports reports() {
        AttendanceConfig config = Configs.with(
                Configs.attendance("time-zone: Europe/Vienna"),
                Map.of("dayStart", dayStart, "longestPresence", longest, "schedule", schedule));
        return new AttendanceReports(config, InstantSource.fixed(Entries.at(now)));
    }
}

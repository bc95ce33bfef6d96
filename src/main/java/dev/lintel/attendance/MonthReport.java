package dev.lintel.attendance;

import dev.lintel.face.Label;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** @param people in the order of their labels */
public record MonthReport(YearMonth month, List<Person> people) {

    /** @param days of the month until today, from the day on which the person was enrolled or first came */
    public record Person(Label person, List<PersonDay> days) {
        public Person {
            days = List.copyOf(days);
        }

        public int present() {
            return count(day -> day.status() == PersonDay.Status.PRESENT);
        }

        public int absent() {
            return count(day -> day.status() == PersonDay.Status.ABSENT);
        }

        public Duration total() {
            return sum(day -> day.presence().total());
        }

        public Duration expected() {
            return sum(PersonDay::expected);
        }

        public int lateDays() {
            return count(day -> !day.lateBy().isZero());
        }

        public Duration lateBy() {
            return sum(PersonDay::lateBy);
        }

        public int earlyDays() {
            return count(day -> !day.earlyBy().isZero());
        }

        public Duration earlyBy() {
            return sum(PersonDay::earlyBy);
        }

        /** Days on which the leaving was not seen. */
        public int openDays() {
            return count(PersonDay::open);
        }

        public int corrections() {
            return days.stream().mapToInt(PersonDay::corrections).sum();
        }

        private int count(Predicate<PersonDay> which) {
            return (int) days.stream().filter(which).count();
        }

        private Duration sum(Function<PersonDay, Duration> what) {
            return days.stream().map(what).reduce(Duration.ZERO, Duration::plus);
        }
    }

    public MonthReport {
        people = List.copyOf(people);
    }
}

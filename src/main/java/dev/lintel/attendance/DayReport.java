package dev.lintel.attendance;

import java.time.LocalDate;
import java.util.List;

/** @param people everybody who was enrolled then or came, in the order of their labels */
public record DayReport(LocalDate date, List<PersonDay> people) {
    public DayReport {
        people = List.copyOf(people);
    }
}

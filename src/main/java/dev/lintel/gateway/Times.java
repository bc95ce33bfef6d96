package dev.lintel.gateway;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.Optional;
import java.util.function.Function;

/** Times in requests. */
final class Times {
    private Times() {}

    /** @throws ProblemException 400 that names the parameter */
    static Optional<Instant> instant(Call call, String name) {
        return call.text(name).map(text -> instant(name, text));
    }

    static Instant instant(String name, String text) {
        return read(
                name,
                text,
                value -> OffsetDateTime.parse(value).toInstant(),
                "a time such as 2026-11-25T08:00:00Z or +01:00");
    }

    static Optional<LocalDate> date(Call call, String name) {
        return call.text(name)
                .map(text -> inReach(name, text, read(name, text, LocalDate::parse, "a date such as 2026-11-25")));
    }

    static Optional<YearMonth> month(Call call, String name) {
        return call.text(name).map(text -> {
            YearMonth month = read(name, text, YearMonth::parse, "a month such as 2026-11");
            inReach(name, text, month.atDay(1));
            return month;
        });
    }

    private static LocalDate inReach(String name, String text, LocalDate date) {
        if (date.getYear() < 2000 || date.getYear() > 2200) {
            throw wrong(name, "a year from 2000 to 2200", text);
        }
        return date;
    }

    private static <T> T read(String name, String text, Function<String, T> reader, String wanted) {
        try {
            return reader.apply(text);
        } catch (DateTimeException e) {
            throw wrong(name, wanted, text);
        }
    }

    private static ProblemException wrong(String name, String wanted, String text) {
        String shown = text.length() > 40 ? text.substring(0, 40) + "..." : text;
        return Problem.invalid(name + ": must be " + wanted + ", was '" + shown + "'")
                .exception();
    }
}

package dev.lintel.holidays;

import de.focus_shift.jollyday.core.Holiday;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.HolidayType;
import de.focus_shift.jollyday.core.ManagerParameters;
import java.time.LocalDate;
import java.time.Year;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Public holidays as jollyday has them. The first question about a country reads its file. Thread-safe. */
public final class PublicHolidays {
    private PublicHolidays() {}

    /** @param code within its country, such as 9 for Vienna or by for Bavaria */
    public record Region(String code, String name) {}

    /** A day on which offices are closed. */
    public record Day(LocalDate date, String name) {}

    /** Codes of the countries that are known, such as at, of ISO 3166; in order. */
    public static List<String> countries() {
        return HolidayManager.getSupportedCalendarCodes().stream()
                .map(code -> code.toLowerCase(Locale.ROOT))
                .filter(code -> code.length() == 2)
                .sorted()
                .toList();
    }

    /** The parts of a country that have days of their own, by their names; empty for a country that is not known. */
    public static List<Region> regions(String country, Locale language) {
        return manager(country)
                .map(manager -> manager.getCalendarHierarchy().getChildren().values().stream()
                        .map(region -> new Region(region.getId(), region.getDescription(language)))
                        .sorted(Comparator.comparing(Region::name))
                        .toList())
                .orElse(List.of());
    }

    /** @param region of {@link #regions}; empty for the days of the whole country alone */
    public static List<Day> days(String country, String region, int year, Locale language) {
        String[] part = region.isEmpty() ? new String[0] : new String[] {region};
        return manager(country)
                .map(manager -> manager.getHolidays(Year.of(year), HolidayType.PUBLIC_HOLIDAY, part).stream()
                        .sorted(Comparator.comparing(Holiday::getDate))
                        .map(day -> new Day(day.getDate(), day.getDescription(language)))
                        .toList())
                .orElse(List.of());
    }

    private static Optional<HolidayManager> manager(String country) {
        return Optional.of(country)
                .filter(countries()::contains)
                .map(code -> HolidayManager.getInstance(ManagerParameters.create(code)));
    }
}

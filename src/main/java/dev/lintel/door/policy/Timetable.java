package dev.lintel.door.policy;

import dev.lintel.access.AccessRights;
import dev.lintel.access.Reason;
import dev.lintel.settings.Checks;
import dev.lintel.settings.SettingsException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The hours of a door: weekly windows by group, and days that have hours of their own. A group with the window {@value
 * #ALWAYS} passes at any time, on such days too. Windows are local time and begin and end where a clock on the wall
 * says so, also when it is changed: see {@link Hours}. Immutable.
 */
public final class Timetable {
    /** The window that knows neither days nor holidays. */
    public static final String ALWAYS = "always";

    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private final ZoneId zone;
    private final Map<String, Group> groups = new LinkedHashMap<>();
    private final Map<LocalDate, List<Hours>> days = new LinkedHashMap<>();
    private final Map<MonthDay, List<Hours>> yearly = new LinkedHashMap<>();

    private record Group(boolean always, List<Hours> windows) {}

    /**
     * What was found for somebody at a moment.
     *
     * @param holiday whether the hours of a single day decided
     * @param reason for the decision log
     */
    public record Finding(boolean open, boolean holiday, Reason reason) {}

    /** @throws SettingsException whose problems begin with {@code schedules} or {@code holidays} */
    public Timetable(ZoneId zone, Map<String, List<String>> schedules, Map<String, List<String>> holidays) {
        this.zone = zone;
        Checks checks = new Checks();
        schedules.forEach((group, windows) -> checks.valid(() -> groups.put(group, group(group, windows))));
        holidays.forEach((day, windows) -> checks.valid(() -> addDay(day, windows)));
        checks.done();
    }

    private static Group group(String name, List<String> windows) {
        if (!AccessRights.isGroup(name)) {
            throw new IllegalArgumentException("schedules." + name + ": a group is 1 to 40 of a-z, 0-9, - and _");
        }
        boolean always = windows.stream().anyMatch(ALWAYS::equalsIgnoreCase);
        List<Hours> hours = new ArrayList<>();
        Checks checks = new Checks();
        for (String window : windows) {
            if (!window.equalsIgnoreCase(ALWAYS)) {
                checks.valid(() -> hours.add(parsed("schedules." + name, () -> Hours.weekly(window))));
            }
        }
        checks.done();
        return new Group(always, List.copyOf(hours));
    }

    private void addDay(String day, List<String> windows) {
        List<Hours> hours = windows.stream()
                .map(w -> parsed("holidays." + day, () -> Hours.ofDay(w)))
                .toList();
        try {
            if (day.length() == 5) {
                yearly.put(MonthDay.parse("--" + day), hours);
            } else {
                days.put(LocalDate.parse(day), hours);
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "holidays." + day + ": must be a day such as 2026-12-25, or 12-25 for every year");
        }
    }

    private static Hours parsed(String key, java.util.function.Supplier<Hours> parser) {
        try {
            return parser.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + ": " + e.getMessage());
        }
    }

    /** Whether a member of these groups, and of {@value AccessRights#EVERYBODY}, may pass whatever the time is. */
    boolean always(List<String> memberOf) {
        return groupsOf(memberOf).stream().map(groups::get).anyMatch(group -> group != null && group.always);
    }

    private static List<String> groupsOf(List<String> memberOf) {
        List<String> mine = new ArrayList<>(memberOf);
        mine.add(AccessRights.EVERYBODY);
        return mine;
    }

    /** Whether a member of these groups, and of {@value AccessRights#EVERYBODY}, may pass at the moment. */
    public Finding at(List<String> memberOf, Instant at) {
        List<String> mine = groupsOf(memberOf);
        LocalDate today = at.atZone(zone).toLocalDate();
        boolean holiday = special(today) != null;
        for (String name : mine) {
            Group group = groups.get(name);
            if (group != null && group.always) {
                return new Finding(true, false, Reason.said("always", "group", name));
            }
        }
        for (LocalDate day : List.of(today, today.minusDays(1))) {
            List<Hours> special = special(day);
            for (String name : mine) {
                Group group = groups.get(name);
                if (group == null) {
                    continue;
                }
                for (Hours window : special == null ? group.windows : special) {
                    if (window.holds(day, at, zone)) {
                        return new Finding(
                                true,
                                special != null,
                                special == null
                                        ? within("hours", name, window)
                                        : within("day-hours", name, window).with("day", day.toString()));
                    }
                }
            }
        }
        String named = String.join(", ", mine);
        if (mine.stream().noneMatch(groups::containsKey)) {
            return new Finding(false, false, Reason.said("no-hours", "groups", named));
        }
        return new Finding(
                false,
                holiday,
                Reason.said(holiday ? "closed-day" : "outside-hours", "groups", named)
                        .with("weekday", at.atZone(zone).getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH))
                        .with("time", LOCAL.format(at.atZone(zone)))
                        .with("zone", zone.getId()));
    }

    private static Reason within(String code, String group, Hours window) {
        return Reason.said(code, "group", group).with("window", window.text());
    }

    private List<Hours> special(LocalDate day) {
        List<Hours> once = days.get(day);
        return once != null ? once : yearly.get(MonthDay.from(day));
    }
}

package dev.lintel.door;

import dev.lintel.access.AccessRights;
import dev.lintel.door.lock.LockConfig;
import dev.lintel.door.policy.DoorRules;
import dev.lintel.door.policy.OnUncertain;
import dev.lintel.door.policy.PassbackConfig;
import dev.lintel.door.policy.Timetable;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One door. Cameras name the door that they look at; a door may have one for either side.
 *
 * @param id 1 to 40 letters, digits, - or _; in addresses, events and metrics
 * @param requireLiveness whether a face must be proven live. Default true
 * @param coolDown how long after somebody was let in the same person does not move the lock again, 0s..1h. Default 10s
 * @param fail what happens while a decision cannot be made or recorded. Default secure
 * @param uncertain what happens to a face that is near the threshold. Default deny
 * @param timeZone of the schedules, such as {@code Europe/Berlin}. Default: the system's
 * @param schedules hours by group, see {@link Timetable}. Default: everybody, always
 * @param holidays hours of single days, which then go before the schedules; an empty list is closed. A day is {@code
 *     2026-12-25}, or {@code 12-25} for every year
 */
public record DoorConfig(
        String id,
        Boolean requireLiveness,
        Duration coolDown,
        PassbackConfig antiPassback,
        OnFailure fail,
        OnUncertain uncertain,
        PinConfig pin,
        String timeZone,
        Map<String, List<String>> schedules,
        Map<String, List<String>> holidays,
        LockConfig lock,
        SensorConfig sensor) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,40}");

    /** What a door does that cannot decide or record. */
    public enum OnFailure {
        /** It stays shut. */
        SECURE,
        /** It opens for faces that the camera recognised as live and known. */
        SAFE
    }

    public DoorConfig {
        requireLiveness = requireLiveness == null || requireLiveness;
        coolDown = coolDown == null ? Duration.ofSeconds(10) : coolDown;
        antiPassback = antiPassback == null ? PassbackConfig.defaults() : antiPassback;
        fail = fail == null ? OnFailure.SECURE : fail;
        uncertain = uncertain == null ? OnUncertain.DENY : uncertain;
        pin = pin == null ? PinConfig.defaults() : pin;
        schedules = schedules == null || schedules.isEmpty()
                ? Map.of(AccessRights.EVERYBODY, List.of(Timetable.ALWAYS))
                : copy(schedules);
        holidays = holidays == null ? Map.of() : copy(holidays);
        lock = lock == null ? LockConfig.none() : lock;
        sensor = sensor == null ? SensorConfig.none() : sensor;
        check(id != null && ID.matcher(id).matches(), "id: must be 1 to 40 letters, digits, - or _, was " + id);
        check(
                !coolDown.isNegative() && coolDown.compareTo(Duration.ofHours(1)) <= 0,
                "cool-down: must be 0s..1h, was " + coolDown);
        new Timetable(zone(timeZone), schedules, holidays);
    }

    /** Open to everybody at all times, without a lock, for faces that are proven live. */
    public static DoorConfig named(String id) {
        return new DoorConfig(id, null, null, null, null, null, null, null, null, null, null, null);
    }

    /** Who passes, besides the hours. */
    public DoorRules rules() {
        return new DoorRules(requireLiveness, coolDown, uncertain, antiPassback);
    }

    /** When who may pass. */
    public Timetable timetable() {
        return new Timetable(zone(timeZone), schedules, holidays);
    }

    private static ZoneId zone(String name) {
        try {
            return name == null ? ZoneId.systemDefault() : ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("time-zone: must be a region such as Europe/Berlin, was " + name);
        }
    }

    /** In the order of the file. */
    private static Map<String, List<String>> copy(Map<String, List<String>> map) {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        map.forEach((key, list) -> copy.put(key, list == null ? List.of() : List.copyOf(list)));
        return java.util.Collections.unmodifiableMap(copy);
    }

    static void check(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}

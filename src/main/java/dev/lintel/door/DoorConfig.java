package dev.lintel.door;

import dev.lintel.challenge.ChallengeConfig;
import dev.lintel.challenge.IntentConfig;
import dev.lintel.door.lock.LockConfig;
import dev.lintel.door.policy.DoorTerms;
import dev.lintel.door.policy.OnUncertain;
import dev.lintel.door.policy.PassbackConfig;
import dev.lintel.door.policy.Timetable;
import dev.lintel.screen.ScreenConfig;
import dev.lintel.settings.Checks;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One door. Cameras name the door that they look at; a door may have one for either side.
 *
 * @param id 1 to 40 letters, digits, - or _; in addresses, events and metrics
 * @param requireLiveness whether a face must be proven live
 * @param liveness how a face is proven live: by looking at it alone, or by a few movements as well
 * @param challenge what they are
 * @param intent what somebody must do before anybody is recognised
 * @param screen the page for a tablet beside the door
 * @param coolDown how long after somebody was let in the same person does not move the lock again, 0s..1h
 * @param fail what happens while a decision cannot be made or recorded
 * @param uncertain what happens to a face that is near the threshold
 * @param notLive what happens to a face that is not proven live
 * @param timeZone of the schedules
 * @param schedules hours by group, at least one, see {@link Timetable}
 * @param holidays hours of single days, which then go before the schedules; an empty list is closed. A day is {@code
 *     2026-12-25}, or {@code 12-25} for every year
 */
public record DoorConfig(
        String id,
        boolean requireLiveness,
        Proof liveness,
        ChallengeConfig challenge,
        IntentConfig intent,
        ScreenConfig screen,
        Duration coolDown,
        PassbackConfig antiPassback,
        OnFailure fail,
        OnUncertain uncertain,
        OnUncertain notLive,
        PinConfig pin,
        ZoneId timeZone,
        Map<String, List<String>> schedules,
        Map<String, List<String>> holidays,
        LockConfig lock,
        SensorConfig sensor) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,40}");

    /** What proves a face live. */
    public enum Proof {
        /** What the frames show. */
        PASSIVE,
        /** That, and movements that are asked for. */
        CHALLENGE
    }

    /** What a door does that cannot decide or record. */
    public enum OnFailure {
        /** It stays shut. */
        SECURE,
        /** It opens for faces that the camera recognised as live and known. */
        SAFE
    }

    public DoorConfig {
        schedules = copy(schedules);
        holidays = copy(holidays);
        Map<String, List<String>> weekly = schedules;
        Map<String, List<String>> days = holidays;
        new Checks()
                .that(ID.matcher(id).matches(), "id: must be 1 to 40 letters, digits, - or _, was '" + id + "'")
                .that(
                        requireLiveness || liveness == Proof.PASSIVE,
                        "liveness: challenge needs require-liveness: true, or whoever fails is let in all the same")
                .range("cool-down", coolDown, Duration.ZERO, Duration.ofHours(1))
                .that(!schedules.isEmpty(), "schedules: must name a group, or be left out for everybody, always")
                .valid(() -> new Timetable(timeZone, weekly, days))
                .done();
    }

    /** The same door by the clock of another zone. */
    public DoorConfig in(ZoneId zone) {
        return new DoorConfig(
                id,
                requireLiveness,
                liveness,
                challenge,
                intent,
                screen,
                coolDown,
                antiPassback,
                fail,
                uncertain,
                notLive,
                pin,
                zone,
                schedules,
                holidays,
                lock,
                sensor);
    }

    /** When who may pass. */
    public Timetable timetable() {
        return new Timetable(timeZone, schedules, holidays);
    }

    public DoorTerms terms() {
        return new DoorTerms(requireLiveness, coolDown, uncertain, notLive, antiPassback);
    }

    /** In the order of the file. */
    private static Map<String, List<String>> copy(Map<String, List<String>> map) {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        map.forEach((key, list) -> copy.put(key, list == null ? List.of() : List.copyOf(list)));
        return Collections.unmodifiableMap(copy);
    }
}

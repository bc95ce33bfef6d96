package dev.lintel.door.policy;

import dev.lintel.access.Decision.Verdict;
import dev.lintel.access.Reason;
import dev.lintel.access.Sighting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Decides whether somebody passes. The rules are asked in this order, and the first that says something decides:
 *
 * <ol>
 *   <li>{@link ModeRule}: {@code lock-down} denies, {@code free-passage} grants
 *   <li>{@link LivenessRule}: {@code liveness}
 *   <li>{@link IdentityRule}: {@code unknown}, {@code uncertain}
 *   <li>{@link ClockRule}: {@code clock}, where the time matters and is not known
 *   <li>{@link ValidityRule}: {@code validity}
 *   <li>{@link ScheduleRule}: {@code schedule}, {@code holiday}
 *   <li>{@link CoolDownRule}: {@code cool-down} grants without moving the lock; before anti-passback, which would take
 *       somebody who waits before the door for one who goes in twice
 *   <li>{@link PassbackRule}: {@code anti-passback}
 * </ol>
 *
 * Nothing said: a person who is certain is granted by the {@code schedule} (or {@code holiday}) that lets them in, or by
 * their {@code pin}; one whose PIN is to settle it gets {@link Verdict#PIN_NEEDED} by {@code uncertain} or {@code liveness}. A pure function: stateless,
 * thread-safe.
 */
public final class DoorPolicy {
    private static final List<Rule> RULES = List.of(
            new ModeRule(),
            new LivenessRule(),
            new IdentityRule(),
            new ClockRule(),
            new ValidityRule(),
            new ScheduleRule(),
            new CoolDownRule(),
            new PassbackRule());

    /** The names of all that may decide, the fallbacks and an operator's hand included. */
    public static final List<String> NAMES = List.of(
            "lock-down",
            "free-passage",
            "liveness",
            "unknown",
            "uncertain",
            "clock",
            "validity",
            "schedule",
            "holiday",
            "cool-down",
            "anti-passback",
            "pin",
            "operator",
            "fail-secure",
            "fail-safe");

    private DoorPolicy() {}

    /** The ruling; its last reason says what the camera found. */
    public static Ruling decide(Case c) {
        Ruling ruling = RULES.stream()
                .map(rule -> rule.judge(c))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> pass(c));
        List<Reason> reasons = new ArrayList<>(ruling.reasons());
        if (!c.timeKnown()) {
            reasons.add(new Reason(Reason.CLOCK));
        }
        reasons.add(c.seen() == null ? new Reason("no-face") : found(c.seen()));
        return new Ruling(ruling.verdict(), ruling.rule(), reasons, ruling.opens());
    }

    private static Ruling pass(Case c) {
        Timetable.Finding hours = c.hours().at(c.rights().groups(), c.at());
        List<Reason> reasons = new ArrayList<>();
        if (!c.certain()) {
            reasons.addAll(
                    c.liveEnough()
                            ? List.of(IdentityRule.near(c.seen()))
                            : LivenessRule.why(c.seen().liveness()));
            reasons.add(new Reason("pin-needed"));
        } else if (c.proven()) {
            reasons.add(new Reason("pin-right"));
        }
        reasons.add(hours.reason());
        if (PassbackRule.violated(c)) {
            reasons.addAll(List.of(new Reason("soft"), PassbackRule.reason(c)));
        }
        return c.certain()
                ? new Ruling(Verdict.GRANTED, c.proven() ? "pin" : ScheduleRule.name(hours), reasons, true)
                : new Ruling(Verdict.PIN_NEEDED, c.liveEnough() ? "uncertain" : "liveness", reasons, false);
    }

    /** What was asked and found, without a name. */
    static Reason found(Sighting seen) {
        return new Reason(seen.nearest() == null ? "face-alone" : "face")
                .with("identity", word(seen.identity()))
                .with("distance", seen.distance())
                .with("limit", seen.threshold())
                .with("margin", seen.margin())
                .with("voted", seen.embedded())
                .with("frames", seen.frames())
                .with("live", word(seen.liveness().state()))
                .with("score", seen.liveness().score());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}

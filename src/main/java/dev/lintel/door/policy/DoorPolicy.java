package dev.lintel.door.policy;

import dev.lintel.access.Decision.Verdict;
import dev.lintel.access.Sighting;
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
 *   <li>{@link ValidityRule}: {@code validity}
 *   <li>{@link ScheduleRule}: {@code schedule}, {@code holiday}
 *   <li>{@link CoolDownRule}: {@code cool-down} grants without moving the lock; before anti-passback, which would take
 *       somebody who waits before the door for one who goes in twice
 *   <li>{@link PassbackRule}: {@code anti-passback}
 * </ol>
 *
 * Nothing said: a person who is certain is granted by the {@code schedule} (or {@code holiday}) that lets them in, or by
 * their {@code pin}; one who is uncertain gets {@link Verdict#PIN_NEEDED} by {@code uncertain}. A pure function: stateless,
 * thread-safe.
 */
public final class DoorPolicy {
    private static final List<Rule> RULES = List.of(
            new ModeRule(),
            new LivenessRule(),
            new IdentityRule(),
            new ValidityRule(),
            new ScheduleRule(),
            new CoolDownRule(),
            new PassbackRule());

    private DoorPolicy() {}

    /** The ruling; its explanation also says what the camera found. */
    public static Ruling decide(Case c) {
        Ruling ruling = RULES.stream()
                .map(rule -> rule.judge(c))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> pass(c));
        String found = c.seen() == null ? "no face was looked at" : found(c.seen());
        return new Ruling(ruling.verdict(), ruling.rule(), ruling.explanation() + " (" + found + ")", ruling.opens());
    }

    private static Ruling pass(Case c) {
        Timetable.Finding hours = c.hours().at(c.rights().groups(), c.at());
        String note = PassbackRule.violated(c)
                ? "; against the anti-passback, which is soft: " + PassbackRule.sentence(c)
                : "";
        if (!c.certain()) {
            return new Ruling(
                    Verdict.PIN_NEEDED,
                    "uncertain",
                    "near the threshold: the PIN is to settle it; " + hours.reason() + note,
                    false);
        }
        String rule = c.proven() ? "pin" : ScheduleRule.name(hours);
        return Ruling.granted(rule, (c.proven() ? "the PIN is right; " : "") + hours.reason() + note);
    }

    /** What was asked and found, without a name. */
    static String found(Sighting seen) {
        String distance = seen.nearest() == null
                ? "nobody enrolled"
                : String.format(
                        Locale.ROOT,
                        "distance %.3f, limit %.3f, margin %.3f",
                        seen.distance(),
                        seen.threshold(),
                        seen.margin());
        return String.format(
                Locale.ROOT,
                "face %s, %s, %d of %d frames voted; %s, %.2f",
                seen.identity().name().toLowerCase(Locale.ROOT),
                distance,
                seen.embedded(),
                seen.frames(),
                seen.liveness().state().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                seen.liveness().score());
    }
}

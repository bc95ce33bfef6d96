package dev.lintel.access;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the operator has said about one person's passing. Whoever is enrolled and has no rights of their own has {@link
 * #NONE_SET}: member of {@value #EVERYBODY} alone, for ever, without a PIN.
 *
 * @param groups whose schedules count for this person, besides {@value #EVERYBODY}, which everyone belongs to; at most
 *     {@value #MOST_GROUPS}, each 1 to 40 of {@code a-z 0-9 - _}
 * @param from first moment of the validity; null for none
 * @param until first moment after the validity; null for none
 * @param pinSet whether a PIN is stored; the PIN itself is not told by anybody
 */
public record AccessRights(List<String> groups, Instant from, Instant until, boolean pinSet) implements Serializable {
    /** The group of everyone who is enrolled. */
    public static final String EVERYBODY = "everybody";

    public static final int MOST_GROUPS = 20;

    public static final AccessRights NONE_SET = new AccessRights(List.of(), null, null, false);

    private static final Pattern GROUP = Pattern.compile("[a-z0-9][a-z0-9_-]{0,39}");

    /** @throws IllegalArgumentException if a group's name, their number or the order of the times is wrong */
    public AccessRights {
        groups = groups.stream().distinct().sorted().toList();
        if (groups.size() > MOST_GROUPS) {
            throw new IllegalArgumentException("groups: at most " + MOST_GROUPS + ", were " + groups.size());
        }
        for (String group : groups) {
            if (!isGroup(group)) {
                throw new IllegalArgumentException(
                        "groups: a group is 1 to 40 letters a-z, digits, - or _, starting with a letter or digit");
            }
        }
        if (from != null && until != null && !from.isBefore(until)) {
            throw new IllegalArgumentException("valid_until: must be later than valid_from");
        }
    }

    /** Whether a text can be a group's name. */
    public static boolean isGroup(String name) {
        return GROUP.matcher(name).matches();
    }

    public Optional<Instant> validFrom() {
        return Optional.ofNullable(from);
    }

    public Optional<Instant> validUntil() {
        return Optional.ofNullable(until);
    }
}

package dev.lintel.access;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** The members of a document that is read. What is missing or of another kind is an IllegalArgumentException that names it. */
record Members(Map<String, ?> values) {

    boolean has(String name) {
        return values.get(name) != null;
    }

    String text(String name) {
        return get(name, String.class);
    }

    /** Null if it is absent. */
    String optional(String name) {
        return has(name) ? text(name) : null;
    }

    int integer(String name) {
        return get(name, Number.class).intValue();
    }

    /** NaN if it is absent. */
    double number(String name) {
        return has(name) ? get(name, Number.class).doubleValue() : Double.NaN;
    }

    Instant time(String name) {
        try {
            return Instant.parse(text(name));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(name + ": must be a time such as 2026-11-25T08:00:00Z");
        }
    }

    UUID uuid(String name) {
        try {
            return UUID.fromString(text(name));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": must be a UUID");
        }
    }

    <E extends Enum<E>> E word(String name, Class<E> type) {
        try {
            return Enum.valueOf(type, text(name).toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": must be one of " + List.of(type.getEnumConstants()));
        }
    }

    @SuppressWarnings("unchecked")
    Members object(String name) {
        return new Members((Map<String, ?>) get(name, Map.class));
    }

    @SuppressWarnings("unchecked")
    List<Members> objects(String name) {
        List<?> list = get(name, List.class);
        if (!list.stream().allMatch(Map.class::isInstance)) {
            throw new IllegalArgumentException(name + ": must be a list of objects");
        }
        return list.stream().map(item -> new Members((Map<String, ?>) item)).toList();
    }

    private <T> T get(String name, Class<T> type) {
        Object value = values.get(name);
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(
                    name + (value == null ? ": is missing" : ": must be a " + type.getSimpleName()));
        }
        return type.cast(value);
    }
}

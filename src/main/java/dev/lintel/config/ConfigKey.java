package dev.lintel.config;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A key of the configuration, read off the records: {@code gateway.max-upload}, which the environment may
 * override as {@code LINTEL_GATEWAY_MAX_UPLOAD}.
 *
 * @param path from the top, in the spelling of the file
 */
record ConfigKey(List<String> path) {
    static final String PREFIX = "LINTEL_";

    /** Every key that holds a value, in the order of the records. */
    static List<ConfigKey> all() {
        return of(LintelConfig.class, List.of());
    }

    /** Every key of a record that holds a value, below a path. */
    static List<ConfigKey> of(Class<?> record, List<String> above) {
        List<ConfigKey> keys = new ArrayList<>();
        collect(record, above, keys);
        return keys;
    }

    private static void collect(Class<?> record, List<String> above, List<ConfigKey> keys) {
        for (RecordComponent component : record.getRecordComponents()) {
            List<String> path = new ArrayList<>(above);
            path.add(kebab(component.getName()));
            if (component.getType().isRecord()) {
                collect(component.getType(), path, keys);
            } else {
                keys.add(new ConfigKey(List.copyOf(path)));
            }
        }
    }

    static String kebab(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    String dotted() {
        return String.join(".", path);
    }

    String variable() {
        return PREFIX + String.join("_", path).replace('-', '_').toUpperCase(Locale.ROOT);
    }
}

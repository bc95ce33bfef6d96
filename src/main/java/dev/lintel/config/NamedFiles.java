package dev.lintel.config;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The files and folders of this machine that a configuration names. Plain functions. */
public final class NamedFiles {
    private NamedFiles() {}

    /** By their keys, such as {@code delivery.webhooks[0].secret-file}; absolute. */
    public static Map<String, Path> of(LintelConfig config) {
        Map<String, Path> found = new TreeMap<>();
        collect("", config, found);
        return found;
    }

    private static void collect(String key, Object value, Map<String, Path> found) {
        if (value instanceof Path path) {
            found.put(key, path.toAbsolutePath().normalize());
        } else if (value instanceof Optional<?> perhaps) {
            perhaps.ifPresent(there -> collect(key, there, found));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                collect(key + "[" + i + "]", list.get(i), found);
            }
        } else if (value instanceof Record record) {
            for (RecordComponent component : record.getClass().getRecordComponents()) {
                String name = ConfigKey.kebab(component.getName());
                collect(key.isEmpty() ? name : key + "." + name, value(component, record), found);
            }
        }
    }

    static Object value(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(record.getClass() + " is no public record", e);
        }
    }
}

package dev.lintel.config;

import dev.lintel.camera.CameraConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Makes every path in the configuration absolute, from the installation's home directory. */
final class HomePaths {
    private HomePaths() {}

    /** The same tree of records with its paths resolved against {@code home}. */
    static <T extends Record> T resolve(T record, Path home) {
        return RecordCopy.of(record, (name, value) -> resolved(value, home));
    }

    private static Object resolved(Object value, Path home) {
        if (value instanceof Path path) {
            return home.toAbsolutePath().resolve(path).normalize();
        }
        if (value instanceof CameraConfig camera) {
            return camera.below(home);
        }
        if (value instanceof Record below) {
            return resolve(below, home);
        }
        if (value instanceof Optional<?> perhaps) {
            return perhaps.map(there -> resolved(there, home));
        }
        return value instanceof List<?> list
                ? list.stream().map(item -> resolved(item, home)).toList()
                : value;
    }
}

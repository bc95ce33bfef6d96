package dev.lintel.config;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;

/** Makes every path in the configuration absolute, from the installation's home directory. */
final class HomePaths {
  private HomePaths() {}

  /** The same tree of records with its paths resolved against {@code home}. */
  static <T extends Record> T resolve(T record, Path home) {
    @SuppressWarnings("unchecked")
    Class<T> type = (Class<T>) record.getClass();
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    try {
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        Object value = components[i].getAccessor().invoke(record);
        if (value instanceof Path path) {
          value = home.toAbsolutePath().resolve(path).normalize();
        } else if (value instanceof Record below) {
          value = resolve(below, home);
        }
        values[i] = value;
      }
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " is no public record", e);
    }
  }
}

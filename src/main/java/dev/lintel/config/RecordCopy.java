package dev.lintel.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.function.BiFunction;

/** Copies records without naming each of their components. Plain functions. */
final class RecordCopy {
    private RecordCopy() {}

    /**
     * A copy of a record.
     *
     * @param value what a component has in the copy, from its name and from what it has in the record
     */
    static <T extends Record> T of(T record, BiFunction<String, Object, Object> value) {
        @SuppressWarnings("unchecked")
        Class<T> type = (Class<T>) record.getClass();
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        try {
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                values[i] = value.apply(
                        components[i].getName(), components[i].getAccessor().invoke(record));
            }
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            throw new IllegalStateException("cannot make a " + type.getSimpleName(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " is no public record", e);
        }
    }
}

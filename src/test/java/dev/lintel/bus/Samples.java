package dev.lintel.bus;

import dev.lintel.access.AccessRights;
import dev.lintel.access.Consent;
import dev.lintel.access.Pin;
import dev.lintel.accounts.Password;
import dev.lintel.face.Deadline;
import dev.lintel.face.Embedding;
import dev.lintel.face.EncodedImage;
import dev.lintel.face.FaceCrop;
import dev.lintel.face.Label;
import java.io.Serializable;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** A sample of any record, made from samples of its components, so that a new message needs none of its own. */
final class Samples {
    /** What is no record, or has rules between its components. */
    private static final Map<Class<?>, Object> VALUES = Map.ofEntries(
            Map.entry(int.class, 3),
            Map.entry(long.class, 7L),
            Map.entry(Long.class, 7L),
            Map.entry(float.class, 0.5f),
            Map.entry(double.class, 0.5),
            Map.entry(Double.class, 0.5),
            Map.entry(boolean.class, true),
            Map.entry(Boolean.class, true),
            Map.entry(String.class, "text"),
            Map.entry(byte[].class, new byte[] {1, 2}),
            Map.entry(UUID.class, new UUID(1, 2)),
            Map.entry(Instant.class, Instant.parse("2026-01-02T03:04:05Z")),
            Map.entry(Duration.class, Duration.ofHours(72)),
            Map.entry(Label.class, Label.of("Anna")),
            Map.entry(Embedding.class, new Embedding("m", new float[] {1, 2, 3})),
            Map.entry(EncodedImage.class, new EncodedImage(new byte[] {1})),
            Map.entry(FaceCrop.class, new FaceCrop(2, new byte[12])),
            Map.entry(Password.class, Password.typed("1234")),
            Map.entry(Pin.class, Pin.parse("1234").fold(pin -> pin, refusal -> null)),
            Map.entry(AccessRights.class, new AccessRights(List.of("staff"), Instant.EPOCH, null, true)),
            Map.entry(
                    Consent.class,
                    new Consent(
                            Label.of("Anna"),
                            "Anna",
                            Instant.EPOCH,
                            List.of("door"),
                            Instant.parse("2026-01-02T03:04:05Z"),
                            "a form",
                            "office",
                            Instant.EPOCH,
                            new Consent.Withdrawal(Instant.EPOCH, "by letter", "office"))),
            Map.entry(Deadline.class, Deadline.after(Duration.ofHours(1))));

    private Samples() {}

    /** One of each of these records. */
    static Stream<Serializable> of(Stream<Class<?>> records) {
        return records.map(type -> (Serializable) of(type));
    }

    private static Object of(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return generic.getRawType() == Map.class
                    ? Map.of(of(arguments[0]), of(arguments[1]))
                    : List.of(of(arguments[0]));
        }
        Class<?> wanted = (Class<?>) type;
        if (VALUES.containsKey(wanted)) {
            return VALUES.get(wanted);
        }
        if (wanted.isEnum()) {
            return wanted.getEnumConstants()[0];
        }
        if (!wanted.isRecord()) {
            throw new IllegalArgumentException("no sample of " + wanted + ": add one to Samples");
        }
        RecordComponent[] components = wanted.getRecordComponents();
        try {
            var constructor = wanted.getDeclaredConstructor(
                    Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(Stream.of(components)
                    .map(component -> of(component.getGenericType()))
                    .toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("no sample of " + wanted, e);
        }
    }
}

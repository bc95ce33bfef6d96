package dev.lintel.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.lintel.face.FaceBox;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.face.Person;
import dev.lintel.face.Refusal;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WireCodecTest {
    private final WireCodec codec = new WireCodec();

    /** Every record of the package {@code messages}, and both outcomes. */
    static Stream<Serializable> messages() {
        Stream<Class<?>> records = new ClassFileImporter()
                .importPath(Path.of("target/classes/dev/lintel/messages")).stream()
                        .filter(type -> type.isAssignableTo(Record.class))
                        .map(JavaClass::reflect);
        return Stream.concat(
                Samples.of(records),
                Stream.of(
                        Outcome.done(new Person(Label.of("Anna"), Instant.EPOCH, Instant.EPOCH, List.of())),
                        Outcome.refused(
                                new Refusal(Refusal.Code.SEVERAL_FACES, "two", List.of(new FaceBox(1, 2, 3, 4))))));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldCarryEveryMessageOverTheWire(Serializable message) {
        Buffer wire = Buffer.buffer("before");
        codec.encodeToWire(wire, message);

        Serializable back = codec.decodeFromWire(6, wire);

        assertThat(back).usingRecursiveComparison().isEqualTo(message);
    }

    @Test
    void shouldFindTheMessages() {
        assertThat(messages()).hasSizeGreaterThan(60);
    }

    @Test
    void shouldPassTheSameInstanceInsideTheJvm() {
        Serializable message = messages().findFirst().orElseThrow();

        assertThat(codec.transform(message)).isSameAs(message);
    }

    @Test
    void shouldAdmitNoForeignTypeFromTheWire() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(new java.awt.Point(1, 2));
        }
        Buffer wire = Buffer.buffer().appendInt(bytes.size()).appendBytes(bytes.toByteArray());

        assertThatThrownBy(() -> codec.decodeFromWire(0, wire)).hasMessageContaining("REJECTED");
    }
}

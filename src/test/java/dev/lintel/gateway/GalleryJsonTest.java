package dev.lintel.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.access.AccessRights;
import dev.lintel.access.GalleryDump;
import dev.lintel.face.Embedding;
import dev.lintel.face.Label;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GalleryJsonTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 499, 500, 501, 1234})
    void shouldReadWhatItWroteBitForBit(int templates) {
        GalleryDump dump = dump(templates);

        Buffer document = document(dump);

        assertThat(document.toJsonObject().getJsonArray("templates")).hasSize(templates);
        assertThat(read(document)).isEqualTo(dump);
    }

    @Test
    void shouldTakeMembersInAnyOrderAndPassOverOthers() {
        JsonObject json = document(dump(2)).toJsonObject();
        JsonObject turned = new JsonObject()
                .put("templates", json.getValue("templates"))
                .put("comment", new JsonObject().put("by", "hand"))
                .put("format", json.getValue("format"));

        assertThat(read(turned.toBuffer()).entries()).hasSize(2);
    }

    @Test
    void shouldRefuseADocumentThatIsCutOffAnywhere() {
        Buffer document = document(dump(2));

        for (int length = 0; length < document.length(); length += 7) {
            Buffer cut = document.slice(0, length);
            assertThatThrownBy(() -> read(cut)).isInstanceOf(ProblemException.class);
        }
    }

    /** All parts of it; each has at most 500 templates and rights. */
    private static GalleryDump read(Buffer document) {
        GalleryReader reader =
                new GalleryReader(new java.io.ByteArrayInputStream(document.getBytes()), () -> 0, document.length());
        List<GalleryDump.Entry> entries = new ArrayList<>();
        List<GalleryDump.Rights> rights = new ArrayList<>();
        for (boolean last = false; !last; ) {
            GalleryReader.Part part = reader.next();
            last = part.last();
            entries.addAll(part.dump().entries());
            rights.addAll(part.dump().rights());
            assertThat(part.dump().entries().size() + part.dump().rights().size())
                    .isLessThanOrEqualTo(500);
        }
        assertThat(reader.most()).isGreaterThanOrEqualTo(entries.size());
        return new GalleryDump(entries, rights);
    }

    private static Buffer document(GalleryDump dump) {
        Buffer document = Buffer.buffer();
        for (Iterator<Buffer> parts = GalleryJson.write(dump); parts.hasNext(); ) {
            document.appendBuffer(parts.next());
        }
        return document;
    }

    private static GalleryDump dump(int templates) {
        Random random = new Random(templates);
        List<GalleryDump.Entry> entries = new ArrayList<>();
        for (int i = 0; i < templates; i++) {
            float[] vector = new float[128];
            for (int k = 0; k < vector.length; k++) {
                vector[k] = (float) random.nextGaussian();
            }
            entries.add(new GalleryDump.Entry(
                    Label.of("Jörg \"" + i + "\""),
                    Instant.ofEpochMilli(i),
                    random.nextDouble(),
                    new Embedding("m", vector)));
        }
        return new GalleryDump(
                entries,
                entries.isEmpty()
                        ? List.of()
                        : List.of(
                                new GalleryDump.Rights(
                                        entries.get(0).label(),
                                        new AccessRights(List.of("staff"), Instant.EPOCH, null, false)),
                                new GalleryDump.Rights(Label.of("Bo"), AccessRights.NONE_SET)));
    }
}

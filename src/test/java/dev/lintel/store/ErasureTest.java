package dev.lintel.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.face.Embedding;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.messages.PeopleMessages.DeleteTemplate;
import dev.lintel.messages.PeopleMessages.Deletion;
import dev.lintel.store.people.StoredVectors;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What was deleted is in none of the store's files, byte for byte. */
@Tag("slow")
class ErasureTest extends StoreTestBase {
    @Test
    void shouldLeaveNothingOfADeletedPerson() throws Exception {
        enrolled("Annabella Deleted", face(1));
        enrolled("Ben Kept", face(2));
        assertThat(traces("Annabella Deleted", face(1))).isNotEmpty();

        done(delete("Annabella Deleted"));

        assertThat(traces("Annabella Deleted", face(1))).isEmpty();
        assertThat(traces("Ben Kept", face(2))).isNotEmpty();
    }

    @Test
    void shouldLeaveNothingOfADeletedTemplateOrAFormerLabel() throws Exception {
        long id =
                enrolled("Annabella Former", face(1), face(2)).results().get(0).id();

        done(store.changes().deleteTemplate(new DeleteTemplate(label("Annabella Former"), id, patient())));
        done(rename("Annabella Former", "Berta", false));

        assertThat(traces("Annabella Former", face(1))).isEmpty();
        assertThat(traces("Berta", face(2))).isNotEmpty();
    }

    /** A deletion is answered once an export that still shows the person is over; others do not wait for it. */
    @Test
    void shouldLeaveNothingOfSomebodyWhoIsDeletedDuringAnExport() throws Exception {
        enrolled("Annabella Deleted", face(1));
        Promise<Void> exported = Promise.promise();
        store.lanes()
                .background()
                .inBulk(tables -> tables.execute("BEGIN")
                        .compose(begun -> tables.execute("SELECT count(*) FROM person"))
                        .compose(counted -> exported.future())
                        .eventually(() -> tables.execute("ROLLBACK")));

        Future<Outcome<Deletion>> deletion = delete("Annabella Deleted");
        enrolled("Ben Kept", face(2));

        assertThat(deletion.isComplete()).isFalse();
        assertThat(refused(get("Annabella Deleted"))).isEqualTo(Refusal.Code.UNKNOWN_PERSON);
        exported.complete();
        done(deletion);
        assertThat(traces("Annabella Deleted", face(1))).isEmpty();
    }

    /** Pages split and move while the tree grows and shrinks, and must not leave copies behind. */
    @Test
    void shouldLeaveNothingAmongHundreds() throws Exception {
        Random random = new Random(7);
        Set<Integer> present = new HashSet<>();
        Set<Integer> gone = new HashSet<>();
        for (int i = 0; i < 600; i++) {
            enrolled(name(i), face(i), face(i + 10_000));
            present.add(i);
            if (i % 3 == 2) {
                int victim = present.stream()
                        .skip(random.nextInt(present.size()))
                        .findFirst()
                        .orElseThrow();
                done(delete(name(victim)));
                present.remove(victim);
                gone.add(victim);
            }
        }

        byte[] files = allBytes();
        assertThat(present).filteredOn(i -> !traces(files, name(i), face(i))).isEmpty();
        assertThat(gone)
                .filteredOn(i -> traces(files, name(i), face(i)) || traces(files, name(i), face(i + 10_000)))
                .isEmpty();
    }

    private static String name(int i) {
        return "Somebody-" + new Random(i).nextLong() + "-" + i;
    }

    private String traces(String label, Embedding face) throws IOException {
        return traces(allBytes(), label, face) ? "found" : "";
    }

    private static boolean traces(byte[] files, String label, Embedding face) {
        byte[] vector = StoredVectors.toBytes(face.vector());
        return contains(files, label.getBytes(StandardCharsets.UTF_8))
                || contains(files, Arrays.copyOf(vector, 16))
                || contains(files, Arrays.copyOfRange(vector, vector.length - 16, vector.length));
    }

    private byte[] allBytes() throws IOException {
        var bytes = new java.io.ByteArrayOutputStream();
        try (var files = Files.list(database().getParent())) {
            for (Path file : files.toList()) {
                bytes.write(Files.readAllBytes(file));
            }
        }
        return bytes.toByteArray();
    }

    private static boolean contains(byte[] all, byte[] part) {
        for (int i = 0; i <= all.length - part.length; i++) {
            if (all[i] == part[0]
                    && all[i + 1] == part[1]
                    && Arrays.equals(all, i, i + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }
}

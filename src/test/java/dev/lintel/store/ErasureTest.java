package dev.lintel.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.messages.PeopleMessages.DeleteTemplate;
import dev.lintel.messages.PeopleMessages.Deletion;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
        List<byte[]> annabella = sealedOf("Annabella Deleted");
        List<byte[]> ben = sealedOf("Ben Kept");
        assertThat(traces(annabella)).isEqualTo(2);

        done(delete("Annabella Deleted"));

        assertThat(traces(annabella)).isZero();
        assertThat(traces(ben)).isEqualTo(2);
    }

    @Test
    void shouldLeaveNothingOfADeletedTemplateOrAFormerLabel() throws Exception {
        long id =
                enrolled("Annabella Former", face(1), face(2)).results().get(0).id();
        List<byte[]> annabella = sealedOf("Annabella Former");
        assertThat(traces(annabella)).isEqualTo(3);

        done(store.changes().deleteTemplate(new DeleteTemplate(label("Annabella Former"), id, patient())));
        done(rename("Annabella Former", "Berta", false));

        assertThat(traces(annabella)).as("only the template that was kept").isEqualTo(1);
        assertThat(traces(sealedOf("Berta"))).isEqualTo(2);
    }

    /** A deletion is answered once an export that still shows the person is over; others do not wait for it. */
    @Test
    void shouldLeaveNothingOfSomebodyWhoIsDeletedDuringAnExport() throws Exception {
        enrolled("Annabella Deleted", face(1));
        List<byte[]> annabella = sealedOf("Annabella Deleted");
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
        assertThat(traces(annabella)).isZero();
    }

    /** Pages split and move while the tree grows and shrinks, and must not leave copies behind. */
    @Test
    void shouldLeaveNothingAmongHundreds() throws Exception {
        Random random = new Random(7);
        Set<Integer> present = new HashSet<>();
        Set<Integer> gone = new HashSet<>();
        Map<Integer, List<byte[]>> sealed = new HashMap<>();
        for (int i = 0; i < 600; i++) {
            enrolled(name(i), face(i), face(i + 10_000));
            present.add(i);
            sealed.put(i, sealedOf(name(i)));
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
        assertThat(present).allMatch(i -> traces(files, sealed.get(i)) == 3);
        assertThat(gone).allMatch(i -> traces(files, sealed.get(i)) == 0);
    }

    private static String name(int i) {
        return "Somebody-" + new Random(i).nextLong() + "-" + i;
    }

    /** Label and vectors as they lie on the disk: sealed. */
    private List<byte[]> sealedOf(String label) {
        return await(store.lanes()
                        .writer()
                        .urgently(tables -> tables.rows(
                                "SELECT label FROM person WHERE label_key = keyed('label', ?1) UNION ALL SELECT vector FROM template"
                                        + " WHERE person_id = (SELECT id FROM person WHERE label_key = keyed('label', ?1))",
                                Tuple.of(label))))
                .stream()
                .map(row -> row.getBuffer(0).getBytes())
                .toList();
    }

    private long traces(List<byte[]> records) throws IOException {
        return traces(allBytes(), records);
    }

    /** How many of these records are still somewhere, by their last bytes, which no other record has. */
    private static long traces(byte[] files, List<byte[]> records) {
        return records.stream()
                .filter(record -> contains(files, Arrays.copyOfRange(record, record.length - 16, record.length)))
                .count();
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

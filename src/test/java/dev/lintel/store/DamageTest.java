package dev.lintel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.store.sqlite.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that cannot be trusted is refused, with what to do, and stays byte for byte as it was. */
@Tag("slow")
class DamageTest extends StoreTestBase {
    @Test
    void shouldRefuseWhatIsNoDatabase() throws Exception {
        write("not a database, though more than a hundred bytes long: "
                .repeat(5)
                .getBytes(StandardCharsets.UTF_8));

        assertRefused("not a SQLite database");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.5, 0.9})
    void shouldRefuseATruncatedDatabase(double part) throws Exception {
        byte[] whole = filled();
        write(Arrays.copyOf(whole, (int) (whole.length * part)));

        assertRefused("damaged");
    }

    @Test
    void shouldRefuseAnOverwrittenPage() throws Exception {
        byte[] bytes = filled();
        Arrays.fill(bytes, bytes.length / 2 & ~4095, (bytes.length / 2 & ~4095) + 64, (byte) 0x5a);
        write(bytes);

        assertRefused("damaged");
    }

    @Test
    void shouldSetADamagedVectorAsideAndStart() throws Exception {
        byte[] bytes = filled();
        int at = indexOf(bytes, sealed);
        bytes[at + 40] ^= 1;
        write(bytes);

        store = await(open(MODEL));

        assertThat(health().damaged()).isEqualTo(1);
        assertNearest(face(1), "Person 1");
    }

    @Test
    void shouldRefuseANewerSchema() throws Exception {
        filled();
        try (Connection connection = raw()) {
            connection.createStatement().execute("PRAGMA user_version = 999");
        }

        assertRefused("made by a newer Lintel (its schema is 999");
    }

    @Test
    void shouldRefuseAnotherProgramsDatabase() throws Exception {
        await(store.close());
        Files.delete(database());
        try (Connection connection = raw()) {
            connection.createStatement().execute("CREATE TABLE bookmarks (url TEXT)");
        }

        assertRefused("belongs to another program");
    }

    @Test
    void shouldRefuseATemplateWithoutItsPerson() throws Exception {
        filled();
        try (Connection connection = raw()) {
            connection.createStatement().execute("DELETE FROM person WHERE id = 3");
        }

        assertRefused("damaged");
    }

    /** Whatever happens to the file: an explanation or a working store, never anything else. */
    @Test
    void shouldExplainOrWorkWhateverBytesFlip() throws Exception {
        byte[] whole = filled();
        Random random = new Random(3);
        int refused = 0;
        for (int round = 0; round < 60; round++) {
            byte[] bytes = whole.clone();
            for (int flips = 1 << random.nextInt(9); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            write(bytes);
            try {
                store = await(open(MODEL));
                list("", 1000);
                await(store.close());
            } catch (StoreException e) {
                assertThat(e.getMessage()).containsAnyOf("damaged", "another program", "newer Lintel");
                assertThat(Files.readAllBytes(database())).isEqualTo(bytes);
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(20);
    }

    @Test
    void shouldRecoverFromAnEmptyFile() throws Exception {
        write(new byte[0]);

        store = await(open(MODEL));

        assertThat(enrolled("Anna", face(1)).total()).isEqualTo(1);
    }

    private void assertRefused(String why) throws IOException {
        byte[] before = Files.readAllBytes(database());
        assertThatThrownBy(() -> await(open(MODEL)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(why)
                .hasMessageMatching("(?s).*(: |, )(stop|install|configure) .*");
        assertThat(Files.readAllBytes(database())).isEqualTo(before);
        try (var files = Files.list(database().getParent())) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> !List.of(
                                            "lintel.db.key",
                                            "lintel.db.pin-key",
                                            "lintel.db.vault-key",
                                            "lintel.db.lock")
                                    .contains(name))
                            .toList())
                    .as("besides the keys of the log and of PINs, and the lock")
                    .containsExactly("lintel.db");
        }
    }

    /** A vector as it lies in the file of {@link #filled}: of the template 39, whose person is 20. */
    private byte[] sealed;

    /** The bytes of a closed database with 40 people. */
    private byte[] filled() throws IOException {
        for (int i = 0; i < 40; i++) {
            enrolled("Person " + i, face(i), face(1000 + i));
        }
        sealed = await(store.lanes()
                        .reader()
                        .urgently(tables -> tables.execute("SELECT vector FROM template WHERE id = 39")))
                .iterator()
                .next()
                .getBuffer(0)
                .getBytes();
        await(store.close());
        return Files.readAllBytes(database());
    }

    private void write(byte[] bytes) throws IOException {
        await(store.close());
        try (var files = Files.list(database().getParent())) {
            for (var file : files.toList()) {
                if (!file.getFileName().toString().contains("key")) {
                    Files.delete(file);
                }
            }
        }
        Files.write(database(), bytes);
    }

    private Connection raw() throws Exception {
        return DriverManager.getConnection("jdbc:sqlite:" + database());
    }

    private static int indexOf(byte[] all, byte[] part) {
        for (int i = 0; i <= all.length - part.length; i++) {
            if (Arrays.equals(all, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        throw new AssertionError("not found");
    }
}

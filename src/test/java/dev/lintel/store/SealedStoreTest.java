package dev.lintel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.access.AccessRights;
import dev.lintel.access.AttendanceEntry.Kind;
import dev.lintel.access.Direction;
import dev.lintel.access.Pin;
import dev.lintel.accounts.Password;
import dev.lintel.accounts.Role;
import dev.lintel.face.Act;
import dev.lintel.face.Asker;
import dev.lintel.face.Deadline;
import dev.lintel.messages.AccessMessages.CheckPin;
import dev.lintel.messages.AccessMessages.SetAccess;
import dev.lintel.messages.AccountMessages.AddAccount;
import dev.lintel.messages.AccountMessages.AddSession;
import dev.lintel.messages.AccountMessages.CheckPassword;
import dev.lintel.messages.AttendanceMessages.CorrectAttendance;
import dev.lintel.messages.EventMessages.NoteAct;
import dev.lintel.messages.EventMessages.RecordEvent;
import dev.lintel.messages.EventMessages.VerifyLog;
import dev.lintel.messages.PeopleMessages.DeletePerson;
import dev.lintel.store.people.StoredVectors;
import dev.lintel.store.sqlite.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On the disk nobody is named and nobody's face is known; what was moved or changed there is found. */
@Tag("slow")
class SealedStoreTest extends StoreTestBase {
    private static final String ANNA = "Annabella Sealed";
    private static final String BEN = "Benedikt Sealed";

    /** Everybody and everything that has a name. */
    private void fill() {
        enrolled(ANNA, face(1), face(2));
        enrolled(BEN, face(3));
        done(store.access()
                .set(new SetAccess(
                        label(ANNA),
                        AccessRights.NONE_SET,
                        Pin.parse("482915").fold(pin -> pin, refusal -> null),
                        patient())));
        done(store.accounts()
                .add(new AddAccount(
                        "Carla.Sealed",
                        Password.typed("four words make one"),
                        List.of(Role.ADMIN),
                        null,
                        true,
                        patient())));
        done(store.accounts().add(new AddSession("carla.sealed", "ab".repeat(32), patient())));
        done(store.events().record(new RecordEvent(Events.granted(ANNA, Instant.now()), patient()), recorded -> {}));
        done(store.events()
                .attendance()
                .correct(new CorrectAttendance(
                        UUID.randomUUID(),
                        Kind.ADDED,
                        null,
                        label(ANNA),
                        Instant.now().minusSeconds(60),
                        Direction.OUT,
                        "Carla.Sealed",
                        "Doktor Sealed said so",
                        patient())));
        done(store.note(new NoteAct(
                Act.of("logged-in").with("account", "Carla.Sealed"),
                Deadline.after(Duration.ofMinutes(1), new Asker("Carla.Sealed", "admin", "10.9.8.7")))));
        enrolled("Former Sealed", face(4));
        done(store.events()
                .record(new RecordEvent(Events.granted("Former Sealed", Instant.now()), patient()), recorded -> {}));
        done(store.changes()
                .delete(new DeletePerson(label("Former Sealed"), dev.lintel.access.OnDeletion.KEEP, patient())));
    }

    @Test
    void shouldShowNoNameAndNoVectorToWhoCopiesTheDisk() throws Exception {
        fill();
        enrolled("Dora Sealed", face(5));
        // While it runs: with the write-ahead log.
        byte[] all = allBytes(database().getParent());
        assertThat(Files.size(database().resolveSibling("lintel.db-wal"))).isPositive();

        for (String name :
                List.of(ANNA, BEN, "Carla.Sealed", "carla.sealed", "Sealed", "10.9.8.7", "said so", "ab".repeat(32))) {
            boolean digest = name.startsWith("abab");
            assertThat(contains(all, name.getBytes(StandardCharsets.UTF_8)))
                    .as(name)
                    .isEqualTo(digest);
        }
        for (int seed = 1; seed <= 5; seed++) {
            byte[] vector = StoredVectors.toBytes(face(seed).vector());
            assertThat(contains(all, Arrays.copyOf(vector, 16))).isFalse();
            assertThat(contains(all, Arrays.copyOfRange(vector, 256, 272))).isFalse();
        }

        reopen();
        assertNearest(face(1), ANNA);
        assertThat(done(get(ANNA)).templates()).hasSize(2);
        assertThat(list("", 10).people())
                .extracting(one -> one.label().text())
                .containsExactly(ANNA, BEN, "Dora Sealed");
        assertThat(done(store.accounts()
                        .check(new CheckPassword("CARLA.sealed", Password.typed("four words make one"), patient()))))
                .isTrue();
        assertThat(done(store.access()
                        .check(new CheckPin(label(ANNA), Pin.parse("482915").fold(pin -> pin, no -> null), patient()))))
                .isTrue();
        assertThat(done(store.events().verification().verify(new VerifyLog(patient())))
                        .intact())
                .isTrue();
    }

    @Test
    void shouldNotStartWithoutItsKeyOrWithAnothers() throws Exception {
        fill();
        await(store.close());
        Path key = database().resolveSibling("lintel.db.vault-key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        byte[] right = Files.readAllBytes(key);
        byte[] before = Files.readAllBytes(database());

        Files.delete(key);
        refusedWith("lintel.db.vault-key, is missing", "put back its backup (its fingerprint is ");
        assertThat(key).doesNotExist();
        Files.write(key, Arrays.copyOf(new byte[] {1, 2, 3}, 32));
        refusedWith("is another one than the database was sealed with");
        Files.write(key, new byte[] {1});
        refusedWith("is damaged: it has 1 bytes");
        assertThat(Files.readAllBytes(database())).isEqualTo(before);

        Files.write(key, right);
        store = await(open(MODEL));
        assertNearest(face(1), ANNA);
    }

    private void refusedWith(String... parts) {
        assertThatThrownBy(() -> await(open(MODEL)))
                .isInstanceOf(StoreException.class)
                .satisfies(e -> {
                    for (String part : parts) {
                        assertThat(e.getMessage()).contains(part);
                    }
                });
    }

    /** A face is given to somebody else behind the box's back: by its person's number, or by exchanging what rows hold. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE template SET person_id = 1 WHERE id = 3",
                "UPDATE template SET vector = (SELECT vector FROM template WHERE id = 3) WHERE id = 1",
                "UPDATE person SET label = (SELECT label FROM person WHERE id = 2) WHERE id = 1"
            })
    void shouldNotCompareWhatWasExchanged(String attack) {
        fill();
        sql(attack);

        reopen();

        assertThat(health().damaged()).isPositive();
        for (int seed = 1; seed <= 3; seed++) {
            int own = seed;
            assertThat(nearest(face(seed), 5))
                    .filteredOn(candidate -> candidate.similarity() > DUPLICATE)
                    .allSatisfy(
                            candidate -> assertThat(candidate.label().text()).isEqualTo(own == 3 ? BEN : ANNA));
        }
    }

    @Test
    void shouldOpenAnOlderCopyOfItsOwn() throws Exception {
        enrolled(ANNA, face(1));
        await(store.close());
        byte[] older = Files.readAllBytes(database());
        store = await(open(MODEL));
        enrolled(BEN, face(2));
        await(store.close());

        Files.write(database(), older);
        store = await(open(MODEL));
        assertNearest(face(1), ANNA);
        assertThat(list("", 9).people()).hasSize(1);
        enrolled(BEN, face(2));
    }

    @Test
    void shouldMoveFacesToAnotherPersonWithTheirSeal() {
        enrolled(ANNA, face(1));
        enrolled(BEN, face(2));
        done(store.access()
                .set(new SetAccess(
                        label(ANNA),
                        AccessRights.NONE_SET,
                        Pin.parse("482915").fold(pin -> pin, refusal -> null),
                        patient())));

        done(rename(ANNA, BEN, true));

        reopen();
        assertThat(done(get(BEN)).templates()).hasSize(2);
        assertNearest(face(1), BEN);
        assertThat(done(store.access()
                        .check(new CheckPin(label(BEN), Pin.parse("482915").fold(pin -> pin, no -> null), patient()))))
                .isTrue();
    }

    static byte[] allBytes(Path folder) throws IOException {
        var bytes = new ByteArrayOutputStream();
        List<Path> all = new ArrayList<>();
        try (var files = Files.walk(folder)) {
            files.filter(Files::isRegularFile).forEach(all::add);
        }
        for (Path file : all) {
            bytes.write(Files.readAllBytes(file));
        }
        return bytes.toByteArray();
    }

    static boolean contains(byte[] all, byte[] part) {
        for (int i = 0; i <= all.length - part.length; i++) {
            if (all[i] == part[0] && Arrays.equals(all, i, i + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }
}

package dev.lintel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.access.AccessRights;
import dev.lintel.access.OnDeletion;
import dev.lintel.access.Pin;
import dev.lintel.accounts.Password;
import dev.lintel.accounts.Role;
import dev.lintel.messages.AccessMessages.CheckPin;
import dev.lintel.messages.AccessMessages.SetAccess;
import dev.lintel.messages.AccountMessages.AddAccount;
import dev.lintel.messages.AccountMessages.AddKey;
import dev.lintel.messages.AccountMessages.AddSession;
import dev.lintel.messages.AccountMessages.CheckPassword;
import dev.lintel.messages.AccountMessages.LoadCredentials;
import dev.lintel.messages.EventMessages.RecordEvent;
import dev.lintel.messages.EventMessages.VerifyLog;
import dev.lintel.messages.PeopleMessages.DeletePerson;
import dev.lintel.store.secrets.Vault;
import dev.lintel.store.sqlite.MasterKey;
import dev.lintel.store.sqlite.StoreException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The keys that seal records are renewed and destroyed. */
@Tag("slow")
class KeysOfRecordsTest extends StoreTestBase {
    private Path key() {
        return database().resolveSibling("lintel.db.vault-key");
    }

    private void fill() {
        enrolled("Anna", face(1), face(2));
        enrolled("Ben", face(3));
        enrolled("Former", face(4));
        done(store.access()
                .set(new SetAccess(
                        label("Anna"),
                        AccessRights.NONE_SET,
                        Pin.parse("482915").fold(pin -> pin, refusal -> null),
                        patient())));
        done(store.accounts()
                .add(new AddAccount(
                        "Carla", Password.typed("four words make one"), List.of(Role.ADMIN), null, true, patient())));
        done(store.accounts().add(new AddSession("carla", "ab".repeat(32), patient())));
        done(store.accounts().add(new AddKey("pad", Role.KEYPAD, "cd".repeat(32), null, true, patient())));
        done(store.events().record(new RecordEvent(Events.granted("Anna", Instant.now()), patient()), recorded -> {}));
        done(store.events()
                .record(new RecordEvent(Events.granted("Former", Instant.now()), patient()), recorded -> {}));
        done(store.changes().delete(new DeletePerson(label("Former"), OnDeletion.KEEP, patient())));
    }

    private void assertFilled() {
        assertNearest(face(1), "Anna");
        assertNearest(face(3), "Ben");
        assertThat(done(store.access()
                        .check(new CheckPin(
                                label("Anna"), Pin.parse("482915").fold(pin -> pin, no -> null), patient()))))
                .isTrue();
        assertThat(done(store.accounts()
                        .check(new CheckPassword("CARLA", Password.typed("four words make one"), patient()))))
                .isTrue();
        var known = done(store.accounts().load(new LoadCredentials(patient())));
        assertThat(known.sessions()).extracting(session -> session.account()).containsExactly("Carla");
        assertThat(known.keys()).extracting(one -> one.name()).containsExactly("pad");
        assertThat(done(store.events().verification().verify(new VerifyLog(patient())))
                        .intact())
                .isTrue();
        assertThat(refused(get("Former")).name()).isEqualTo("UNKNOWN_PERSON");
        assertThat(texts("SELECT opened_text(label, 'former_person.label', person_id) FROM former_person"))
                .containsExactly("Former");
        enrolled("Dora", face(5));
        done(delete("Dora"));
    }

    @Test
    void shouldSealEverythingAnewWithANewKey() throws Exception {
        fill();
        List<String> before = texts("SELECT label_key FROM person");
        await(store.close());
        byte[] old = Files.readAllBytes(key());

        String mark = KeyRenewal.data(config(), MasterKey.FILE);

        assertThat(Files.readAllBytes(key())).isNotEqualTo(old);
        assertThat(Vault.fingerprint(Files.readAllBytes(key()))).isEqualTo(mark);
        store = await(open(MODEL));
        assertThat(texts("SELECT label_key FROM person WHERE label IS NOT NULL"))
                .doesNotContainAnyElementsOf(before);
        assertFilled();
        await(store.close());
        Files.write(key(), old);
        assertThatThrownBy(() -> await(open(MODEL))).hasMessageContaining("is another one");
        store = null;
    }

    /** The box stopped between the database and the file. */
    @Test
    void shouldFindTheNewKeyThatDidNotTakeItsPlace() throws Exception {
        fill();
        await(store.close());
        byte[] old = Files.readAllBytes(key());
        KeyRenewal.data(config(), MasterKey.FILE);
        Files.move(key(), key().resolveSibling("lintel.db.vault-key.coming"));
        Files.write(key(), old);

        store = await(open(MODEL));

        assertFilled();
    }

    @Test
    void shouldDestroyTheKeyAndEverything() throws Exception {
        fill();
        await(store.close());
        store = null;
        byte[] old = Files.readAllBytes(key());
        byte[] sealed = Files.readAllBytes(database());

        StoreErasure.Erased planned = StoreErasure.all(config(), Instant.EPOCH, false);
        assertThat(planned.files()).contains(key(), database());
        assertThat(Files.readAllBytes(database())).isEqualTo(sealed);

        StoreErasure.Erased erased = StoreErasure.all(config(), Instant.EPOCH, true);

        assertThat(erased.files()).allSatisfy(file -> assertThat(file).doesNotExist());
        assertThat(erased.receipt())
                .contains("1970-01-01T00:00:00Z", Vault.fingerprint(old), "rows of template     3")
                .doesNotContain("Anna");
        Files.write(database(), sealed);
        assertThatThrownBy(() -> await(open(MODEL)))
                .as("a copy of the database is of no use without the key")
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("lintel.db.vault-key, is missing");
    }

    @Test
    void shouldSayWhichWayTheKeyComes() {
        await(store.close());
        store = null;
        assertThatThrownBy(() -> await(FaceStore.open(vertx, config().withKey(MasterKey.CREDENTIAL), MODEL, rules())))
                .hasMessageContaining("the key of this database comes from a file, and store.key says credential")
                .hasMessageContaining("lintel renew-key data --to credential");
    }

    @Test
    void shouldOpenOnlyWhatItSealedWhereItSealedIt() {
        Vault vault = new Vault(Vault.fresh());
        byte[] plain = "Anna".getBytes(StandardCharsets.UTF_8);
        byte[] sealed = vault.seal(plain, "person.label/1");
        assertThat(vault.open(sealed, "person.label/1")).isEqualTo(plain);
        assertThat(vault.seal(plain, "person.label/1")).as("a nonce of its own").isNotEqualTo(sealed);
        assertThatThrownBy(() -> vault.open(sealed, "person.label/2")).isInstanceOf(Vault.BrokenSeal.class);
        for (int i = 0; i < sealed.length; i++) {
            byte[] flipped = sealed.clone();
            flipped[i] ^= 1;
            assertThatThrownBy(() -> vault.open(flipped, "person.label/1")).isInstanceOf(Vault.BrokenSeal.class);
        }
        assertThatThrownBy(() -> vault.open(Arrays.copyOf(sealed, 20), "person.label/1"))
                .isInstanceOf(Vault.BrokenSeal.class);
        assertThatThrownBy(() -> new Vault(Vault.fresh()).open(sealed, "person.label/1"))
                .hasMessageContaining("with another key");
        assertThat(vault.keyed("label", "Anna"))
                .isEqualTo(vault.keyed("label", "Anna"))
                .isNotEqualTo(vault.keyed("x", "Anna"));
    }
}

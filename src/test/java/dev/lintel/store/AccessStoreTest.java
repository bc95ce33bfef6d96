package dev.lintel.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.AccessRights;
import dev.lintel.access.DoorMode;
import dev.lintel.access.GalleryDump;
import dev.lintel.access.ModeSetting;
import dev.lintel.access.Pin;
import dev.lintel.face.Refusal;
import dev.lintel.messages.AccessMessages.CheckPin;
import dev.lintel.messages.AccessMessages.ClearPin;
import dev.lintel.messages.AccessMessages.GetAccess;
import dev.lintel.messages.AccessMessages.LoadDoorModes;
import dev.lintel.messages.AccessMessages.SaveDoorMode;
import dev.lintel.messages.AccessMessages.SetAccess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class AccessStoreTest extends StoreTestBase {
    private static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2026-12-01T00:00:00Z");
    private static final AccessRights STAFF = new AccessRights(List.of("staff", "cleaners"), FROM, UNTIL, false);

    @Test
    void shouldKeepRightsAndPinOverARestart() {
        enrolled("Anna", face(1));
        assertThat(rights("Anna")).isEqualTo(AccessRights.NONE_SET);

        set("Anna", STAFF, "2468");
        reopen();

        assertThat(rights("Anna")).isEqualTo(new AccessRights(List.of("cleaners", "staff"), FROM, UNTIL, true));
        assertThat(check("Anna", "2468")).isTrue();
        assertThat(check("Anna", "2469")).isFalse();
    }

    @Test
    void shouldLeaveThePinWhenOnlyTheRightsChange() {
        enrolled("Anna", face(1));
        set("Anna", STAFF, "2468");

        set("Anna", AccessRights.NONE_SET, null);

        assertThat(rights("Anna")).isEqualTo(new AccessRights(List.of(), null, null, true));
        assertThat(check("Anna", "2468")).isTrue();
    }

    @Test
    void shouldForgetAPin() {
        enrolled("Anna", face(1));
        set("Anna", STAFF, "2468");

        assertThat(done(store.access().clearPin(new ClearPin(label("Anna"), patient())))
                        .pinSet())
                .isFalse();

        assertThat(check("Anna", "2468")).isFalse();
        assertThat(rights("Anna").groups()).containsExactly("cleaners", "staff");
    }

    @Test
    void shouldKnowNothingAboutStrangers() {
        assertThat(refused(store.access().get(new GetAccess(label("Nobody"), patient()))))
                .isEqualTo(Refusal.Code.UNKNOWN_PERSON);
        assertThat(refused(store.access().set(new SetAccess(label("Nobody"), STAFF, pin("2468"), patient()))))
                .isEqualTo(Refusal.Code.UNKNOWN_PERSON);
        assertThat(refused(store.access().clearPin(new ClearPin(label("Nobody"), patient()))))
                .isEqualTo(Refusal.Code.UNKNOWN_PERSON);
        assertThat(check("Nobody", "2468")).isFalse();
    }

    @Test
    void shouldFollowARename() {
        enrolled("Anna", face(1));
        set("Anna", STAFF, "2468");

        done(rename("Anna", "Berta", false));

        assertThat(rights("Berta").groups()).containsExactly("cleaners", "staff");
        assertThat(check("Berta", "2468")).isTrue();
        assertThat(check("Anna", "2468")).isFalse();
    }

    @Test
    void shouldKeepTheRightsOfTheLabelThatStaysInAMerge() {
        enrolled("Anna", face(1));
        enrolled("Ben", face(2));
        enrolled("Carl", face(3));
        set("Anna", STAFF, "1111");
        set("Ben", new AccessRights(List.of("guests"), null, null, false), "2222");

        done(rename("Anna", "Ben", true));
        assertThat(rights("Ben").groups()).containsExactly("guests");
        assertThat(check("Ben", "1111")).isFalse();

        done(rename("Ben", "Carl", true));
        assertThat(rights("Carl").groups()).containsExactly("guests");
        assertThat(check("Carl", "2222")).isTrue();
    }

    @Test
    void shouldDeleteTheRightsWithThePerson() throws Exception {
        enrolled("Anna", face(1));
        set("Anna", new AccessRights(List.of("grouptoforget"), null, null, false), "2468");
        byte[] hash = pinHash();
        assertThat(everything()).contains("grouptoforget").contains(text(hash));
        reopen();

        done(delete("Anna"));

        assertThat(everything()).doesNotContain("grouptoforget").doesNotContain(text(hash));
        enrolled("Anna", face(1));
        assertThat(rights("Anna")).isEqualTo(AccessRights.NONE_SET);
    }

    @Test
    void shouldLeaveNothingOfAFormerPin() throws Exception {
        enrolled("Anna", face(1));
        set("Anna", STAFF, "2468");
        byte[] former = pinHash();
        reopen();

        set("Anna", STAFF, "1357");

        assertThat(everything()).doesNotContain(text(former));
    }

    @Test
    void shouldBackUpRightsWithoutPinsAndRestoreThemWhereThereAreNone() {
        enrolled("Anna", face(1));
        enrolled("Ben", face(2));
        set("Anna", STAFF, "2468");
        set("Ben", STAFF, null);
        GalleryDump backup = dump();
        done(delete("Anna"));
        set("Ben", AccessRights.NONE_SET, null);

        done(load(backup));

        assertThat(backup.rights()).extracting(person -> person.label().text()).containsExactly("Anna", "Ben");
        assertThat(rights("Anna")).isEqualTo(STAFF);
        assertThat(check("Anna", "2468")).isFalse();
        assertThat(rights("Ben")).as("what is set now counts").isEqualTo(AccessRights.NONE_SET);
    }

    @Test
    void shouldKeepTheModesOfDoors() {
        ModeSetting shut = new ModeSetting(DoorMode.LOCK_DOWN, UNTIL);
        done(store.access()
                .saveMode(new SaveDoorMode("main", new ModeSetting(DoorMode.FREE_PASSAGE, null), patient())));
        done(store.access().saveMode(new SaveDoorMode("main", shut, patient())));
        reopen();

        assertThat(done(store.access().loadModes(new LoadDoorModes(patient()))).modes())
                .containsOnlyKeys("main")
                .containsEntry("main", shut);
    }

    private void set(String label, AccessRights rights, String pin) {
        done(store.access().set(new SetAccess(label(label), rights, pin == null ? null : pin(pin), patient())));
    }

    private AccessRights rights(String label) {
        return done(store.access().get(new GetAccess(label(label), patient())));
    }

    private boolean check(String label, String pin) {
        return done(store.access().check(new CheckPin(label(label), pin(pin), patient())));
    }

    private static Pin pin(String digits) {
        return Pin.parse(digits).fold(pin -> pin, refusal -> {
            throw new AssertionError(refusal);
        });
    }

    private byte[] pinHash() throws Exception {
        await(store.close());
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database());
                var result = connection.createStatement().executeQuery("SELECT pin_hash FROM access")) {
            return result.getBytes(1);
        }
    }

    /** All bytes of the database's folder, as characters. */
    private String everything() throws IOException {
        StringBuilder all = new StringBuilder();
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(text(Files.readAllBytes(file)));
            }
        }
        return all.toString();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}

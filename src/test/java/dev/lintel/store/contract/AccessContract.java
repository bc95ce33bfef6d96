package dev.lintel.store.contract;

import static dev.lintel.store.contract.StoreContract.label;
import static dev.lintel.store.contract.StoreContract.patient;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.AccessRights;
import dev.lintel.access.DoorMode;
import dev.lintel.access.ModeSetting;
import dev.lintel.access.Pin;
import dev.lintel.face.Refusal.Code;
import dev.lintel.messages.AccessMessages;
import dev.lintel.messages.AccessMessages.CheckPin;
import dev.lintel.messages.AccessMessages.ClearPin;
import dev.lintel.messages.AccessMessages.GetAccess;
import dev.lintel.messages.AccessMessages.LoadDoorModes;
import dev.lintel.messages.AccessMessages.SaveDoorMode;
import dev.lintel.messages.AccessMessages.SetAccess;
import dev.lintel.messages.PeopleMessages;
import dev.lintel.messages.PeopleMessages.DeletePerson;
import dev.lintel.messages.PeopleMessages.EnrolTemplates;
import dev.lintel.messages.PeopleMessages.RenamePerson;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rights, PINs, and the kept modes of doors. */
public interface AccessContract extends StoreContract {
    Pin PIN = pin("2580");

    private static Pin pin(String digits) {
        return Pin.parse(digits).fold(pin -> pin, refusal -> {
            throw new AssertionError(refusal);
        });
    }

    private AccessRights rights(String name) {
        return done(AccessMessages.GET, new GetAccess(label(name), patient()));
    }

    private AccessRights set(String name, Pin pin, String... groups) {
        return done(
                AccessMessages.SET,
                new SetAccess(label(name), new AccessRights(List.of(groups), null, null, false), pin, patient()));
    }

    private boolean fits(String name, Pin pin) {
        return done(AccessMessages.CHECK_PIN, new CheckPin(label(name), pin, patient()));
    }

    @Test
    default void shouldKeepRights() {
        enrol("Anna", "anna1");
        assertThat(rights("Anna")).isEqualTo(AccessRights.NONE_SET);

        AccessRights answered = set("Anna", null, "guests", "staff");

        assertThat(answered).isEqualTo(new AccessRights(List.of("guests", "staff"), null, null, false));
        assertThat(rights("Anna")).isEqualTo(answered);
    }

    @Test
    default void shouldRefuseRightsOfNobody() {
        assertRefused(Code.UNKNOWN_PERSON, AccessMessages.GET, new GetAccess(label("Zoe"), patient()));
        assertRefused(
                Code.UNKNOWN_PERSON,
                AccessMessages.SET,
                new SetAccess(label("Zoe"), AccessRights.NONE_SET, null, patient()));
        assertRefused(Code.UNKNOWN_PERSON, AccessMessages.CLEAR_PIN, new ClearPin(label("Zoe"), patient()));
    }

    @Test
    default void shouldKnowWhetherAPinIsRight() {
        enrol("Anna", "anna1");
        assertThat(fits("Anna", PIN)).isFalse();

        assertThat(set("Anna", PIN).pinSet()).isTrue();
        assertThat(fits("Anna", PIN)).isTrue();
        assertThat(fits("Anna", pin("2581"))).isFalse();
        assertThat(fits("Zoe", PIN)).isFalse();

        assertThat(set("Anna", null, "staff").pinSet()).as("left as it is").isTrue();
        assertThat(done(AccessMessages.CLEAR_PIN, new ClearPin(label("Anna"), patient()))
                        .pinSet())
                .isFalse();
        assertThat(fits("Anna", PIN)).isFalse();
        assertThat(rights("Anna").groups()).containsExactly("staff");
    }

    @Test
    default void shouldForgetRightsWithThePerson() {
        enrol("Anna", "anna1");
        set("Anna", PIN, "staff");
        done(PeopleMessages.DELETE, new DeletePerson(label("Anna"), patient()));

        enrol("Anna", "anna1");

        assertThat(rights("Anna")).isEqualTo(AccessRights.NONE_SET);
        assertThat(fits("Anna", PIN)).isFalse();
    }

    @Test
    default void shouldTakeRightsAlongWhenSomebodyIsRenamedOrMerged() {
        enrol("Anna", "anna1");
        enrol("Ben", "ben1");
        enrol("Cleo", "cleo1");
        set("Anna", PIN, "staff");
        set("Cleo", null, "guests");

        done(PeopleMessages.RENAME, new RenamePerson(label("Anna"), label("Ben"), true, patient()));
        assertThat(rights("Ben").groups()).as("had none").containsExactly("staff");
        assertThat(fits("Ben", PIN)).isTrue();

        done(PeopleMessages.RENAME, new RenamePerson(label("Ben"), label("Cleo"), true, patient()));
        assertThat(rights("Cleo").groups()).as("had some").containsExactly("guests");
        assertThat(fits("Cleo", PIN)).isFalse();

        done(PeopleMessages.RENAME, new RenamePerson(label("Cleo"), label("Clea"), false, patient()));
        assertThat(rights("Clea").groups()).containsExactly("guests");
    }

    @Test
    default void shouldLeaveFacesOfPeopleWithRightsToAdministrators() {
        enrol("Anna", "anna1");
        enrol("Ben", "ben1");
        enrol("Cleo", "cleo1");
        set("Anna", null, "staff");

        assertRefused(Code.RIGHTS_PROTECTED, PeopleMessages.ENROL, byOthers("Anna", "zoe1"));
        assertRefused(
                Code.RIGHTS_PROTECTED,
                PeopleMessages.RENAME,
                new RenamePerson(label("Ben"), label("Anna"), true, -1, false, patient()));
        assertRefused(
                Code.RIGHTS_PROTECTED,
                PeopleMessages.RENAME,
                new RenamePerson(label("Anna"), label("Ben"), true, -1, false, patient()));
        assertThat(done(PeopleMessages.ENROL, byOthers("Ben", "ben2")).total()).isEqualTo(2);
        assertThat(done(PeopleMessages.ENROL, byOthers("Zoe", "zoe1")).total()).isEqualTo(1);
        done(PeopleMessages.RENAME, new RenamePerson(label("Ben"), label("Cleo"), true, -1, false, patient()));
        done(PeopleMessages.RENAME, new RenamePerson(label("Anna"), label("Anne"), false, -1, false, patient()));
    }

    private static EnrolTemplates byOthers(String name, String photo) {
        EnrolTemplates all = StoreContract.enrolment(name, false, photo);
        return new EnrolTemplates(
                all.label(), all.templates(), all.duplicateSimilarity(), false, -1, false, all.deadline());
    }

    @Test
    default void shouldKeepTheModesOfDoors() {
        done(
                AccessMessages.SAVE_DOOR_MODE,
                new SaveDoorMode("main", new ModeSetting(DoorMode.LOCK_DOWN, null), patient()));
        done(
                AccessMessages.SAVE_DOOR_MODE,
                new SaveDoorMode("main", new ModeSetting(DoorMode.NORMAL, null), patient()));

        assertThat(done(AccessMessages.LOAD_DOOR_MODES, new LoadDoorModes(patient()))
                        .modes())
                .containsEntry("main", new ModeSetting(DoorMode.NORMAL, null));
    }
}

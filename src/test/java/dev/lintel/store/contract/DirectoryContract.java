package dev.lintel.store.contract;

import static dev.lintel.store.contract.StoreContract.enrolment;
import static dev.lintel.store.contract.StoreContract.label;
import static dev.lintel.store.contract.StoreContract.patient;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.GalleryDump;
import dev.lintel.access.PutResult;
import dev.lintel.face.Candidate;
import dev.lintel.face.Details;
import dev.lintel.face.Person;
import dev.lintel.face.Refusal.Code;
import dev.lintel.messages.AccessMessages;
import dev.lintel.messages.AccessMessages.GetAccess;
import dev.lintel.messages.BackupMessages;
import dev.lintel.messages.BackupMessages.ExportGallery;
import dev.lintel.messages.BackupMessages.ImportGallery;
import dev.lintel.messages.PeopleMessages;
import dev.lintel.messages.PeopleMessages.DeletePerson;
import dev.lintel.messages.PeopleMessages.DescribePerson;
import dev.lintel.messages.PeopleMessages.FindDetails;
import dev.lintel.messages.PeopleMessages.FindPeople;
import dev.lintel.messages.PeopleMessages.GetPerson;
import dev.lintel.messages.PeopleMessages.MatchFaces;
import dev.lintel.messages.PeopleMessages.MatchPerson;
import dev.lintel.messages.PeopleMessages.PutAnswer;
import dev.lintel.messages.PeopleMessages.PutPerson;
import dev.lintel.messages.PeopleMessages.RenamePerson;
import dev.lintel.messages.PeopleMessages.SetActive;
import dev.lintel.testkit.FakeFaces;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What another system says of people, and people who are deactivated. */
public interface DirectoryContract extends StoreContract {
    private PutAnswer put(String number, String label, Details.Change change, Boolean active) {
        return done(PeopleMessages.PUT, new PutPerson(number, label(label), change, active, patient()));
    }

    private PutAnswer put(String number, String label) {
        return put(number, label, Details.Change.NONE, null);
    }

    private Person describe(String label, String number, String note, Map<String, String> fields) {
        return done(
                PeopleMessages.DESCRIBE,
                new DescribePerson(label(label), new Details.Change(number, note, fields), patient()));
    }

    private Person active(String label, boolean active) {
        return done(PeopleMessages.SET_ACTIVE, new SetActive(label(label), active, patient()));
    }

    private List<String> found(String number, String text, Boolean active) {
        return done(PeopleMessages.FIND, new FindPeople(number, text, active, "", 10, patient())).people().stream()
                .map(person -> person.label().text())
                .toList();
    }

    private List<String> recognised(String photo) {
        return done(PeopleMessages.MATCH, new MatchFaces(List.of(FakeFaces.embeddingOf(photo)), 5, patient()))
                .candidates()
                .get(0)
                .stream()
                .map(Candidate::label)
                .map(label -> label.text())
                .toList();
    }

    @Test
    default void shouldKeepWhatIsSaidOfAPersonAndFindItAgain() {
        enrol("Anna", "anna1");
        enrol("Ben", "ben1");
        Person anna = describe("Anna", "4711", "left-handed", Map.of("department", "Sales"));

        assertThat(anna.details()).isEqualTo(new Details("4711", "left-handed", Map.of("department", "Sales")));
        assertThat(anna.templates()).hasSize(1);
        assertThat(found("4711", "", null)).containsExactly("Anna");
        assertThat(found("471", "", null)).isEmpty();
        assertThat(found("", "sAlEs", null)).containsExactly("Anna");
        assertThat(found("", "an", null)).containsExactly("Anna");
        assertThat(found("", "", null)).containsExactly("Anna", "Ben");
        assertThat(done(PeopleMessages.DETAILS, new FindDetails(List.of(label("Anna"), label("Ben")), patient()))
                        .people())
                .containsOnlyKeys(label("Anna"));

        describe("Anna", null, "", null);
        assertThat(done(PeopleMessages.GET, new GetPerson(label("Anna"), patient()))
                        .details())
                .isEqualTo(new Details("4711", "", Map.of("department", "Sales")));
    }

    @Test
    default void shouldFindWhatIsSaidNowAndNotWhatWas() {
        enrol("Anna", "anna1");
        enrol("Ben", "ben1");
        describe("Anna", "4711", "left-handed", Map.of());
        assertThat(found("", "left", null)).containsExactly("Anna");

        describe("Anna", "4711", "right-handed", Map.of());
        describe("Ben", "4712", "left-handed", Map.of());
        done(PeopleMessages.RENAME, new RenamePerson(label("Anna"), label("Zo\u00eb"), false, patient()));
        enrol("Carl", "carl1");
        assertThat(found("", "left", null)).containsExactly("Ben");
        assertThat(found("", "right", null)).containsExactly("Zo\u00eb");
        assertThat(found("4711", "", null)).containsExactly("Zo\u00eb");
        assertThat(found("", "zoe", null)).containsExactly("Zo\u00eb");
        assertThat(found("", "", null)).containsExactly("Ben", "Carl", "Zo\u00eb");

        active("Ben", false);
        assertThat(found("", "", true)).containsExactly("Carl", "Zo\u00eb");
        done(PeopleMessages.DELETE, new DeletePerson(label("Zo\u00eb"), patient()));
        assertThat(found("", "", null)).containsExactly("Ben", "Carl");
        assertThat(found("", "right", null)).isEmpty();
    }

    @Test
    default void shouldGiveANumberToOnePersonOnly() {
        enrol("Anna", "anna1");
        enrol("Ben", "ben1");
        describe("Anna", "4711", null, null);

        assertRefused(
                Code.EXTERNAL_ID_TAKEN,
                PeopleMessages.DESCRIBE,
                new DescribePerson(label("Ben"), new Details.Change("4711", null, null), patient()));
        describe("Anna", "", null, null);
        assertThat(describe("Ben", "4711", null, null).details().externalId()).isEqualTo("4711");
    }

    @Test
    default void shouldMakeLinkAndChangePeopleByTheirNumber() {
        enrol("Anna", "anna1");

        assertThat(put("1", "Anna").what()).isEqualTo(PutResult.LINKED);
        assertThat(put("1", "Anna").what()).isEqualTo(PutResult.UNCHANGED);
        PutAnswer made = put("2", "Ben", new Details.Change(null, "new", null), null);
        assertThat(made.what()).isEqualTo(PutResult.CREATED);
        assertThat(made.person().templates()).isEmpty();
        PutAnswer renamed = put("1", "Anna Berg");
        assertThat(renamed.what()).isEqualTo(PutResult.UPDATED);
        assertThat(renamed.former()).isEqualTo(label("Anna"));
        assertThat(recognised("anna2")).containsExactly("Anna Berg");
        assertRefused(
                Code.LABEL_TAKEN,
                PeopleMessages.PUT,
                new PutPerson("1", label("Ben"), Details.Change.NONE, null, patient()));
        assertRefused(
                Code.LABEL_TAKEN,
                PeopleMessages.PUT,
                new PutPerson("3", label("Ben"), Details.Change.NONE, null, patient()));
        enrol("Ben", "ben1");
        assertThat(recognised("ben2")).contains("Ben");
        assertThat(done(PeopleMessages.GET, new GetPerson(label("Ben"), patient()))
                        .details()
                        .note())
                .isEqualTo("new");
    }

    @Test
    default void shouldRecogniseNobodyWhoIsDeactivatedUntilTheyAreActiveAgain() {
        enrol("Anna", "anna1");
        enrol("Ben", "ben1");
        assertThat(active("Anna", false).inactiveSince()).isNotNull();

        assertThat(recognised("anna2")).containsExactly("Ben");
        assertThat(found("", "", false)).containsExactly("Anna");
        assertThat(found("", "", true)).containsExactly("Ben");
        assertRefused(
                Code.PERSON_INACTIVE,
                PeopleMessages.MATCH_PERSON,
                new MatchPerson(label("Anna"), FakeFaces.embeddingOf("anna2"), patient()));
        assertRefused(Code.PERSON_INACTIVE, AccessMessages.GET, new GetAccess(label("Anna"), true, patient()));
        done(AccessMessages.GET, new GetAccess(label("Anna"), patient()));
        enrol("Anna", "anna3");
        assertThat(recognised("anna2")).containsExactly("Ben");
        done(PeopleMessages.RENAME, new RenamePerson(label("Anna"), label("Anne"), false, patient()));
        assertThat(recognised("anna2")).containsExactly("Ben");

        Person again = active("Anne", true);
        assertThat(again.inactiveSince()).isNull();
        assertThat(again.templates()).hasSize(2);
        assertThat(recognised("anna2")).first().isEqualTo("Anne");
    }

    /** Otherwise the one who was locked out would come in under another name. */
    @Test
    default void shouldKnowTheFaceOfWhoIsDeactivatedWhenItIsEnrolledAgain() {
        enrol("Anna", "anna1");
        active("Anna", false);

        assertThat(done(PeopleMessages.ENROL, enrolment("Eve", false, "anna2"))
                        .results()
                        .get(0)
                        .duplicateOf())
                .map(Candidate::label)
                .hasValue(label("Anna"));
        assertRefused(Code.PERSON_INACTIVE, PeopleMessages.ENROL, enrolment("Eve", true, "anna2"));
        active("Anna", true);
        done(PeopleMessages.ENROL, enrolment("Eve", true, "anna2"));
    }

    @Test
    default void shouldForgetWhatIsSaidWithThePerson() {
        enrol("Anna", "anna1");
        describe("Anna", "4711", "note", null);
        active("Anna", false);
        done(PeopleMessages.DELETE, new DeletePerson(label("Anna"), patient()));

        assertThat(found("4711", "", null)).isEmpty();
        enrol("Anna", "anna1");
        assertThat(recognised("anna2")).containsExactly("Anna");
        assertThat(done(PeopleMessages.GET, new GetPerson(label("Anna"), patient()))
                        .details())
                .isEqualTo(Details.NONE);
    }

    @Test
    default void shouldTakeWhatIsSaidIntoBackupsAndOutOfThem() {
        enrol("Anna", "anna1");
        describe("Anna", "4711", "note", Map.of("a", "b"));
        active("Anna", false);
        put("2", "Ben");
        GalleryDump dump = done(BackupMessages.EXPORT, new ExportGallery(patient()));
        assertThat(dump.people()).hasSize(2);
        done(PeopleMessages.DELETE, new DeletePerson(label("Anna"), patient()));
        done(PeopleMessages.DELETE, new DeletePerson(label("Ben"), patient()));

        done(BackupMessages.IMPORT, new ImportGallery(dump, patient()));

        assertThat(found("4711", "", false)).containsExactly("Anna");
        assertThat(found("2", "", true)).containsExactly("Ben");
        assertThat(recognised("anna2")).isEmpty();
        assertThat(done(PeopleMessages.GET, new GetPerson(label("Anna"), patient()))
                        .details()
                        .fields())
                .containsEntry("a", "b");
    }
}

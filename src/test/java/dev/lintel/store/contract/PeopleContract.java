package dev.lintel.store.contract;

import static dev.lintel.store.contract.StoreContract.enrolment;
import static dev.lintel.store.contract.StoreContract.label;
import static dev.lintel.store.contract.StoreContract.patient;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.face.Candidate;
import dev.lintel.face.Embedding;
import dev.lintel.face.Label;
import dev.lintel.face.Person;
import dev.lintel.face.Refusal.Code;
import dev.lintel.messages.PeopleMessages;
import dev.lintel.messages.PeopleMessages.ChangeTemplate;
import dev.lintel.messages.PeopleMessages.CheckPeople;
import dev.lintel.messages.PeopleMessages.DeletePerson;
import dev.lintel.messages.PeopleMessages.DeleteTemplate;
import dev.lintel.messages.PeopleMessages.EnrolTemplates;
import dev.lintel.messages.PeopleMessages.Enrolment;
import dev.lintel.messages.PeopleMessages.FindAlike;
import dev.lintel.messages.PeopleMessages.FindOwner;
import dev.lintel.messages.PeopleMessages.FindPicture;
import dev.lintel.messages.PeopleMessages.GetPerson;
import dev.lintel.messages.PeopleMessages.ListPeople;
import dev.lintel.messages.PeopleMessages.MatchFaces;
import dev.lintel.messages.PeopleMessages.MatchPerson;
import dev.lintel.messages.PeopleMessages.Matches;
import dev.lintel.messages.PeopleMessages.PeopleCheck;
import dev.lintel.messages.PeopleMessages.PeoplePage;
import dev.lintel.messages.PeopleMessages.PersonForgotten;
import dev.lintel.messages.PeopleMessages.RenamePerson;
import dev.lintel.messages.StoreMessages;
import dev.lintel.messages.StoreMessages.StoreHealth;
import dev.lintel.messages.StoreMessages.StoreStatus;
import dev.lintel.testkit.FakeFaces;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Enrolling, finding, renaming and deleting people. */
public interface PeopleContract extends StoreContract {

    private List<Candidate> nearest(String photo, int top) {
        Matches matches =
                done(PeopleMessages.MATCH, new MatchFaces(List.of(FakeFaces.embeddingOf(photo)), top, patient()));
        return matches.candidates().get(0);
    }

    private Person person(String name) {
        return done(PeopleMessages.GET, new GetPerson(label(name), patient()));
    }

    private PeoplePage page(String after, int limit) {
        return done(PeopleMessages.LIST, new ListPeople(after, limit, patient()));
    }

    private void assertUnknown(String name) {
        assertRefused(Code.UNKNOWN_PERSON, PeopleMessages.GET, new GetPerson(label(name), patient()));
    }

    @Test
    default void shouldFindWhoIsEnrolledNearestFirst() {
        enrol("Anna", "anna1", "anna2");
        Enrolment ben = enrol("Ben", "ben1");

        assertThat(ben.total()).isEqualTo(1);
        assertThat(ben.results())
                .allSatisfy(result -> assertThat(result.stored()).isTrue());
        assertThat(nearest("ben7", 5)).extracting(Candidate::label).containsExactly(label("Ben"), label("Anna"));
        assertThat(nearest("ben7", 1))
                .singleElement()
                .satisfies(best -> assertThat(best.similarity()).isGreaterThan(0.7));
    }

    @Test
    default void shouldFindNobodyInAnEmptyGallery() {
        assertThat(nearest("anna1", 3)).isEmpty();
    }

    @Test
    default void shouldRefuseToMatchWhatCannotBeCompared() {
        enrol("Anna", "anna1");
        Embedding other = new Embedding("other", FakeFaces.embeddingOf("anna1").vector());

        assertRefused(
                Code.INVALID_REQUEST,
                PeopleMessages.MATCH,
                new MatchFaces(List.of(FakeFaces.embeddingOf("anna1")), 0, patient()));
        assertRefused(Code.MODEL_MISMATCH, PeopleMessages.MATCH, new MatchFaces(List.of(other), 1, patient()));
        assertRefused(
                Code.MODEL_MISMATCH, PeopleMessages.MATCH_PERSON, new MatchPerson(label("Anna"), other, patient()));
        assertRefused(
                Code.MODEL_MISMATCH,
                PeopleMessages.ENROL,
                new EnrolTemplates(
                        label("Ben"), List.of(new EnrolTemplates.NewTemplate(other, 1)), DUPLICATE, false, patient()));
    }

    @Test
    default void shouldCompareWithOnePerson() {
        enrol("Anna", "anna1");
        enrol("Ben", "ben1");
        Embedding anna = FakeFaces.embeddingOf("anna2");

        assertThat(done(PeopleMessages.MATCH_PERSON, new MatchPerson(label("Anna"), anna, patient()))
                        .similarity())
                .isGreaterThan(0.7);
        assertThat(done(PeopleMessages.MATCH_PERSON, new MatchPerson(label("Ben"), anna, patient()))
                        .similarity())
                .isLessThan(0.5);
        assertRefused(Code.UNKNOWN_PERSON, PeopleMessages.MATCH_PERSON, new MatchPerson(label("Zoe"), anna, patient()));
    }

    @Test
    default void shouldFindNamesThatDifferInCaseOrSpacesOnly() {
        enrol("Anna M", "anna1");
        enrol("annam", "ben1");
        enrol("Ben", "carl1");

        assertThat(done(PeopleMessages.FIND_ALIKE, new FindAlike(label("ANNA m"), patient()))
                        .labels())
                .containsExactly(label("Anna M"), label("annam"));
        assertThat(done(PeopleMessages.FIND_ALIKE, new FindAlike(label("Ben"), patient()))
                        .labels())
                .isEmpty();
    }

    @Test
    default void shouldSayWhoseTemplateItIs() {
        enrol("Anna", "anna1");
        long id = enrol("Ben", "ben1").results().get(0).id();

        assertRefused(Code.UNKNOWN_TEMPLATE, PeopleMessages.PICTURE, new FindPicture(label("Ben"), id, patient()));
        assertRefused(Code.UNKNOWN_PERSON, PeopleMessages.PICTURE, new FindPicture(label("Nobody"), id, patient()));
        assertThat(done(PeopleMessages.FIND_OWNER, new FindOwner(id, patient())))
                .isEqualTo(label("Ben"));
        done(PeopleMessages.DELETE, new DeletePerson(label("Ben"), patient()));
        assertRefused(Code.UNKNOWN_TEMPLATE, PeopleMessages.FIND_OWNER, new FindOwner(id, patient()));
    }

    @Test
    default void shouldStoreTheSameTemplateOnce() {
        long id = enrol("Anna", "anna1").results().get(0).id();

        Enrolment again = enrol("Anna", "anna1", "anna2");

        assertThat(again.total()).isEqualTo(2);
        assertThat(again.results().get(0).id()).isEqualTo(id);
        assertThat(again.results().get(1).id()).isNotIn(0L, id);
    }

    @Test
    default void shouldNotStoreAFaceUnderTwoLabelsUnlessTold() {
        enrol("Anna", "anna1");

        Enrolment refused = enrol("Ben", "anna2");

        assertThat(refused.total()).isZero();
        assertThat(refused.results().get(0).stored()).isFalse();
        assertThat(refused.results().get(0).duplicateOf().map(Candidate::label)).contains(label("Anna"));
        assertUnknown("Ben");

        Enrolment allowed = done(PeopleMessages.ENROL, enrolment("Ben", true, "anna2"));
        assertThat(allowed.total()).isEqualTo(1);
        assertThat(allowed.results().get(0).duplicateOf().map(Candidate::label)).contains(label("Anna"));
    }

    @Test
    default void shouldRefuseToEnrolNothing() {
        assertRefused(Code.INVALID_REQUEST, PeopleMessages.ENROL, enrolment("Anna", false));
    }

    @Test
    default void shouldListPeopleInPages() {
        enrol("Ben", "ben1");
        enrol("Anna", "anna1", "anna2");
        enrol("Cleo", "cleo1");

        PeoplePage first = page("", 2);
        PeoplePage second = page("Ben", 2);

        assertThat(first.people())
                .extracting(Person.Summary::label, Person.Summary::templates)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(label("Anna"), 2),
                        org.assertj.core.groups.Tuple.tuple(label("Ben"), 1));
        assertThat(first.total()).isEqualTo(3);
        assertThat(first.more()).isTrue();
        assertThat(second.people()).extracting(Person.Summary::label).containsExactly(label("Cleo"));
        assertThat(second.more()).isFalse();
        assertThat(done(PeopleMessages.LIST, new ListPeople("", 10, FakeFaces.MODEL, patient()))
                        .total())
                .as("without a template of this model")
                .isZero();
        assertThat(done(PeopleMessages.LIST, new ListPeople("", 10, "another", patient())))
                .satisfies(
                        page -> assertThat(page.people()).hasSize(page.total()).isNotEmpty());
        assertRefused(Code.INVALID_REQUEST, PeopleMessages.LIST, new ListPeople("", 0, patient()));
    }

    @Test
    default void shouldSayWhatIsStoredOfAPerson() {
        Enrolment enrolment = enrol("Anna", "anna1", "anna2");

        assertThat(person("Anna").templates())
                .extracting(Person.Template::id)
                .containsExactlyElementsOf(
                        enrolment.results().stream().map(Enrolment.Result::id).toList());
        assertThat(person("Anna").templates())
                .allSatisfy(template -> assertThat(template.modelId()).isEqualTo(FakeFaces.MODEL));
        assertUnknown("Ben");
    }

    @Test
    default void shouldRenameAndMerge() {
        enrol("Anna", "anna1");
        enrol("Ben", "ben1");

        assertRefused(
                Code.UNKNOWN_PERSON,
                PeopleMessages.RENAME,
                new RenamePerson(label("Zoe"), label("Ben"), false, patient()));
        assertRefused(
                Code.LABEL_TAKEN,
                PeopleMessages.RENAME,
                new RenamePerson(label("Anna"), label("Ben"), false, patient()));
        assertThat(done(PeopleMessages.RENAME, new RenamePerson(label("Anna"), label("Anna"), false, patient()))
                        .templates())
                .hasSize(1);

        assertThat(done(PeopleMessages.RENAME, new RenamePerson(label("Anna"), label("Anne"), false, patient()))
                        .label())
                .isEqualTo(label("Anne"));
        assertUnknown("Anna");
        assertThat(nearest("anna2", 1)).extracting(Candidate::label).containsExactly(label("Anne"));

        assertThat(done(PeopleMessages.RENAME, new RenamePerson(label("Anne"), label("Ben"), true, patient()))
                        .templates())
                .hasSize(2);
        assertUnknown("Anne");
        assertThat(nearest("anna2", 1)).extracting(Candidate::label).containsExactly(label("Ben"));
    }

    @Test
    default void shouldNotStoreAFaceUnlikeThePersonsOwnUnlessTold() {
        enrol("Anna", "anna1", "anna2");
        List<EnrolTemplates.NewTemplate> two = List.of(
                new EnrolTemplates.NewTemplate(FakeFaces.embeddingOf("ben1"), 1),
                new EnrolTemplates.NewTemplate(FakeFaces.embeddingOf("anna3"), 1));

        Enrolment strict = done(
                PeopleMessages.ENROL, new EnrolTemplates(label("Anna"), two, DUPLICATE, false, 0.5, true, patient()));
        assertThat(strict.results()).extracting(Enrolment.Result::stored).containsExactly(false, true);
        assertThat(strict.results().get(0).unlike()).isLessThan(0.5);
        assertThat(strict.results().get(1).unlike()).isNull();
        assertThat(strict.total()).isEqualTo(3);

        Enrolment told = done(
                PeopleMessages.ENROL, new EnrolTemplates(label("Anna"), two, DUPLICATE, false, -1, true, patient()));
        assertThat(told.total()).isEqualTo(4);
    }

    @Test
    default void shouldSetATemplateAsideAndGiveItAwayAndBack() {
        long id = enrol("Anna", "anna1", "ben1").results().get(1).id();
        done(PeopleMessages.ENROL, enrolment("Ben", true, "ben2"));

        Person without =
                done(PeopleMessages.CHANGE_TEMPLATE, new ChangeTemplate(label("Anna"), id, true, null, patient()));
        assertThat(without.templates())
                .filteredOn(Person.Template::setAside)
                .extracting(Person.Template::id)
                .containsExactly(id);
        PeopleCheck check = done(PeopleMessages.CHECK, new CheckPeople(label("Anna"), "", 1, patient()));
        assertThat(check.fits())
                .singleElement()
                .satisfies(fit -> assertThat(fit.own()).isNull());

        Person ben = done(
                PeopleMessages.CHANGE_TEMPLATE, new ChangeTemplate(label("Anna"), id, false, label("Ben"), patient()));
        assertThat(ben.templates()).hasSize(2);
        assertThat(nearest("ben3", 1)).extracting(Candidate::label).containsExactly(label("Ben"));
        assertThat(done(PeopleMessages.CHECK, new CheckPeople(null, "", 9, patient()))
                        .fits())
                .hasSize(3);
        assertRefused(
                Code.INVALID_REQUEST,
                PeopleMessages.CHANGE_TEMPLATE,
                new ChangeTemplate(
                        label("Anna"), person("Anna").templates().get(0).id(), null, label("Ben"), patient()));
        assertRefused(
                Code.UNKNOWN_TEMPLATE,
                PeopleMessages.CHANGE_TEMPLATE,
                new ChangeTemplate(label("Anna"), 12_345, true, null, patient()));
    }

    @Test
    default void shouldNotMergeTwoUnlikePeopleUnlessTold() {
        enrol("Anna", "anna1", "anna2");
        enrol("Ben", "ben1");
        done(PeopleMessages.ENROL, enrolment("Anne", true, "anna3"));

        assertRefused(
                Code.UNLIKE_OTHERS,
                PeopleMessages.RENAME,
                new RenamePerson(label("Ben"), label("Anna"), true, 0.5, true, patient()));
        assertThat(person("Ben").templates()).hasSize(1);
        assertThat(done(
                                PeopleMessages.RENAME,
                                new RenamePerson(label("Anne"), label("Anna"), true, 0.5, true, patient()))
                        .templates())
                .hasSize(3);
        assertThat(done(PeopleMessages.RENAME, new RenamePerson(label("Ben"), label("Anna"), true, -1, true, patient()))
                        .templates())
                .hasSize(4);
    }

    @Test
    default void shouldDeleteOneTemplateAndWithTheLastThePerson() {
        Enrolment enrolment = enrol("Anna", "anna1", "anna2");
        long first = enrolment.results().get(0).id();
        long second = enrolment.results().get(1).id();

        assertRefused(
                Code.UNKNOWN_PERSON,
                PeopleMessages.DELETE_TEMPLATE,
                new DeleteTemplate(label("Zoe"), first, patient()));
        assertRefused(
                Code.UNKNOWN_TEMPLATE,
                PeopleMessages.DELETE_TEMPLATE,
                new DeleteTemplate(label("Anna"), 12_345, patient()));
        assertThat(person("Anna").templates()).hasSize(2);

        assertThat(done(PeopleMessages.DELETE_TEMPLATE, new DeleteTemplate(label("Anna"), first, patient()))
                        .remaining())
                .isEqualTo(1);
        assertRefused(
                Code.UNKNOWN_TEMPLATE,
                PeopleMessages.DELETE_TEMPLATE,
                new DeleteTemplate(label("Anna"), first, patient()));
        assertThat(done(PeopleMessages.DELETE_TEMPLATE, new DeleteTemplate(label("Anna"), second, patient()))
                        .remaining())
                .isZero();
        assertUnknown("Anna");
    }

    @Test
    default void shouldDeleteAPerson() {
        enrol("Anna", "anna1", "anna2");

        assertThat(done(PeopleMessages.DELETE, new DeletePerson(label("Anna"), patient())))
                .usingRecursiveComparison()
                .ignoringFields("receipt")
                .isEqualTo(new PeopleMessages.Deletion(label("Anna"), 2, 0));

        assertUnknown("Anna");
        assertThat(nearest("anna1", 1)).isEmpty();
        assertRefused(Code.UNKNOWN_PERSON, PeopleMessages.DELETE, new DeletePerson(label("Anna"), patient()));
    }

    @Test
    default void shouldAnnounceALabelThatNobodyHasAnyMore() throws InterruptedException {
        BlockingQueue<Label> forgotten = new LinkedBlockingQueue<>();
        Runnable stop = bus().listen(PeopleMessages.FORGOTTEN, (PersonForgotten gone) -> forgotten.add(gone.label()));
        enrol("Anna", "anna1");
        long id = enrol("Ben", "ben1").results().get(0).id();
        enrol("Cleo", "cleo1");

        done(PeopleMessages.RENAME, new RenamePerson(label("Anna"), label("Anne"), false, patient()));
        assertThat(forgotten.poll(10, TimeUnit.SECONDS)).isEqualTo(label("Anna"));
        done(PeopleMessages.DELETE_TEMPLATE, new DeleteTemplate(label("Ben"), id, patient()));
        assertThat(forgotten.poll(10, TimeUnit.SECONDS)).isEqualTo(label("Ben"));
        done(PeopleMessages.DELETE, new DeletePerson(label("Cleo"), patient()));
        assertThat(forgotten.poll(10, TimeUnit.SECONDS)).isEqualTo(label("Cleo"));
        stop.run();
    }

    @Test
    default void shouldSayHowItIs() {
        enrol("Anna", "anna1", "anna2");
        enrol("Ben", "ben1");

        StoreHealth health = done(StoreMessages.STATUS, new StoreStatus(patient()));

        assertThat(health.writable()).isTrue();
        assertThat(health.people()).isEqualTo(2);
        assertThat(health.templates()).isEqualTo(3);
        assertThat(health.comparable()).isEqualTo(3);
    }
}

package dev.lintel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lintel.access.GalleryDump;
import dev.lintel.face.Deadline;
import dev.lintel.face.Embedding;
import dev.lintel.face.Outcome;
import dev.lintel.face.Person;
import dev.lintel.face.Refusal.Code;
import dev.lintel.messages.PeopleMessages.ChangeTemplate;
import dev.lintel.messages.PeopleMessages.CheckPeople;
import dev.lintel.messages.PeopleMessages.DeleteTemplate;
import dev.lintel.messages.PeopleMessages.Deletion;
import dev.lintel.messages.PeopleMessages.EnrolTemplates;
import dev.lintel.messages.PeopleMessages.Enrolment;
import dev.lintel.messages.PeopleMessages.GetPerson;
import dev.lintel.messages.PeopleMessages.ListPeople;
import dev.lintel.messages.PeopleMessages.MatchFaces;
import dev.lintel.messages.PeopleMessages.MatchPerson;
import dev.lintel.messages.PeopleMessages.PeopleCheck;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaceStoreTest extends StoreTestBase {
    @Test
    void shouldFindWhoWasEnrolled() {
        Enrolment enrolment = enrolled("Anna", face(1), again(face(1), 11));
        enrolled("Ben", face(2));

        assertThat(enrolment.total()).isEqualTo(2);
        assertThat(enrolment.results()).allMatch(Enrolment.Result::stored);
        var candidates = nearest(again(face(1), 12), 5);
        assertThat(candidates).extracting(c -> c.label().text()).containsExactly("Anna", "Ben");
        assertThat(candidates.get(0).similarity()).isGreaterThan(0.7);
        assertThat(nearest(face(2), 1).get(0).similarity()).isCloseTo(1, within(1e-6));
    }

    @Test
    void shouldAnswerNobodyWhenEmpty() {
        var matches = store.people().match(new MatchFaces(List.of(face(1), face(2)), 3, patient()));

        assertThat(matches)
                .isInstanceOfSatisfying(
                        Outcome.Done.class,
                        done -> assertThat(done.value().toString()).isNotEmpty());
        assertThat(nearest(face(1), 3)).isEmpty();
        assertThat(list("", 10).people()).isEmpty();
        assertThat(health().templates()).isZero();
    }

    @Test
    void shouldShowPersonWithItsTemplates() {
        var ids = enrolled("Anna", face(1), face(2)).results().stream()
                .map(Enrolment.Result::id)
                .toList();

        Person anna = done(get("Anna"));

        assertThat(anna.templates()).extracting(Person.Template::id).isEqualTo(ids);
        assertThat(anna.templates()).allSatisfy(template -> {
            assertThat(template.modelId()).isEqualTo(MODEL);
            assertThat(template.quality()).isEqualTo(0.75);
        });
        assertThat(anna.createdAt()).isBetween(java.time.Instant.now().minusSeconds(60), java.time.Instant.now());
    }

    @Test
    void shouldRefuseFaceOfSomeoneElse() {
        enrolled("Anna", face(1));

        Enrolment enrolment = enrolled("Ben", again(face(1), 5), face(2));

        assertThat(enrolment.results().get(0).stored()).isFalse();
        assertThat(enrolment.results().get(0).duplicateOf())
                .hasValueSatisfying(other -> assertThat(other.label()).isEqualTo(label("Anna")));
        assertThat(enrolment.results().get(1).stored()).isTrue();
        assertThat(enrolment.total()).isEqualTo(1);
    }

    @Test
    void shouldNotMakePersonWhenEveryTemplateIsRefused() {
        enrolled("Anna", face(1));

        Enrolment enrolment = enrolled("Ben", again(face(1), 5));

        assertThat(enrolment.total()).isZero();
        assertThat(refused(get("Ben"))).isEqualTo(Code.UNKNOWN_PERSON);
        assertThat(store.people().count()).isEqualTo(1);
    }

    @Test
    void shouldStoreDuplicateWhenAllowedAndStillNameIt() {
        enrolled("Anna", face(1));

        Enrolment enrolment = done(enrol("Twin", true, again(face(1), 5)));

        assertThat(enrolment.results().get(0).stored()).isTrue();
        assertThat(enrolment.results().get(0).duplicateOf()).isPresent();
    }

    @Test
    void shouldFindDuplicateBehindTheOwnTemplates() {
        enrolled("Anna", face(1));
        done(enrol("Ben", true, face(1)));

        Enrolment enrolment = enrolled("Ben", again(face(1), 5));

        assertThat(enrolment.results().get(0).duplicateOf()).isPresent();
        assertThat(enrolment.total()).isEqualTo(1);
    }

    @Test
    void shouldStoreTheSameVectorOnce() {
        Enrolment first = enrolled("Anna", face(1), face(1));
        Enrolment second = enrolled("Anna", face(1));

        assertThat(first.results().get(0)).isEqualTo(first.results().get(1));
        assertThat(second.results()).containsExactly(first.results().get(0));
        assertThat(second.total()).isEqualTo(1);
        assertThat(store.people().templates()).isEqualTo(1);
    }

    @Test
    void shouldNeverCompareOrEnrolFacesOfAnotherModel() {
        enrolled("Anna", face(1));

        assertThat(refused(enrol("Ben", false, face(2), face("other", 3)))).isEqualTo(Code.MODEL_MISMATCH);
        assertThat(refused(enrol("Ben", false, new Embedding(MODEL, new float[] {1, 2}))))
                .isEqualTo(Code.MODEL_MISMATCH);
        assertThat(refused(io.vertx.core.Future.succeededFuture(
                        store.people().match(new MatchFaces(List.of(face("other", 1)), 1, patient())))))
                .isEqualTo(Code.MODEL_MISMATCH);
        assertThat(refused(store.people().matchPerson(new MatchPerson(label("Anna"), face("other", 1), patient()))))
                .isEqualTo(Code.MODEL_MISMATCH);
        assertThat(list("", 10).total()).isEqualTo(1);
    }

    @Test
    void shouldCompareWithOnePerson() {
        enrolled("Anna", face(2));
        enrolled("Ben", face(3));

        var candidate = done(store.people().matchPerson(new MatchPerson(label("Anna"), again(face(2), 9), patient())));

        assertThat(candidate.similarity()).isCloseTo(again(face(2), 9).similarity(face(2)), within(1e-5));
        assertThat(refused(store.people().matchPerson(new MatchPerson(label("Zoe"), face(1), patient()))))
                .isEqualTo(Code.UNKNOWN_PERSON);
    }

    @Test
    void shouldPageInCodePointOrder() {
        List<String> names = List.of("Anna", "Zoe", "anna", "Ärger", "שרה", "山田", "𠮷野");
        for (int i = names.size() - 1; i >= 0; i--) {
            enrolled(names.get(i), face(i));
        }

        List<String> seen = new ArrayList<>();
        String after = "";
        boolean more = true;
        while (more) {
            var page = list(after, 3);
            assertThat(page.total()).isEqualTo(names.size());
            page.people().forEach(person -> seen.add(person.label().text()));
            after = seen.get(seen.size() - 1);
            more = page.more();
        }

        assertThat(seen).isEqualTo(names);
        assertThat(refused(store.people().list(new ListPeople("", 0, patient()))))
                .isEqualTo(Code.INVALID_REQUEST);
    }

    @Test
    void shouldTakeComposedAndDecomposedLabelsForOnePerson() {
        enrolled("Zoe\u0308", face(1));
        enrolled("Zo\u00eb", face(2));

        assertThat(list("", 10).people())
                .singleElement()
                .satisfies(zoe -> assertThat(zoe.templates()).isEqualTo(2));
        assertThat(list("Zoe\u0308", 10).people()).isEmpty();
    }

    @Test
    void shouldRename() {
        enrolled("Anna", face(1));

        Person berta = done(rename("Anna", "Berta", false));

        assertThat(berta.label()).isEqualTo(label("Berta"));
        assertThat(berta.templates()).hasSize(1);
        assertNearest(face(1), "Berta");
        assertThat(refused(get("Anna"))).isEqualTo(Code.UNKNOWN_PERSON);
        assertThat(refused(rename("Anna", "Carl", false))).isEqualTo(Code.UNKNOWN_PERSON);
        assertThat(done(rename("Berta", "Berta", false))).isEqualTo(berta);
    }

    /** Case, spaces, full width; what Unicode composes is the same name anyway. */
    @Test
    void shouldSayWhoIsNearlyCalledSo() {
        enrolled("Anna M", face(1));
        enrolled("Zo\u00eb", face(2));

        for (String near : List.of("anna m", "AnnaM", "\uff21nna M")) {
            assertThat(List.of(said(get(near)), said(delete(near)), said(rename(near, "Berta", false))))
                    .as(near)
                    .containsOnly("nobody is enrolled under this label: did you mean 'Anna M'?");
        }
        assertThat(said(get("Anne M"))).endsWith("list the people who are");
        assertThat(done(get("Zoe\u0308")).label().text()).isEqualTo("Zo\u00eb");
    }

    @Test
    void shouldMergeOnlyWhenAsked() {
        enrolled("Anna", face(1));
        enrolled("Berta", face(2));

        assertThat(refused(rename("Anna", "Berta", false))).isEqualTo(Code.LABEL_TAKEN);
        assertNearest(face(1), "Anna");

        Person both = done(rename("Anna", "Berta", true));
        assertThat(both.templates()).hasSize(2);
        assertNearest(face(1), "Berta");
        assertNearest(face(2), "Berta");
        assertThat(store.people().count()).isEqualTo(1);
        assertThat(list("", 10).total()).isEqualTo(1);
    }

    @Test
    void shouldDeletePerson() {
        enrolled("Anna", face(1), face(2));
        enrolled("Ben", face(3));

        var deletion = done(delete("Anna"));

        assertThat(deletion.templates()).isEqualTo(2);
        assertThat(deletion.remaining()).isZero();
        assertNearest(face(1), "Ben");
        assertThat(refused(delete("Anna"))).isEqualTo(Code.UNKNOWN_PERSON);
        assertThat(health().templates()).isEqualTo(1);
    }

    @Test
    void shouldDeleteOneTemplateAndThePersonWithTheLast() {
        var ids = enrolled("Anna", face(1), face(2)).results();
        long ben = enrolled("Ben", face(3)).results().get(0).id();

        assertThat(refused(deleteTemplate("Anna", ben))).isEqualTo(Code.UNKNOWN_TEMPLATE);
        assertThat(refused(deleteTemplate("Zoe", ben))).isEqualTo(Code.UNKNOWN_PERSON);
        assertThat(done(deleteTemplate("Anna", ids.get(0).id())).remaining()).isEqualTo(1);
        assertThat(nearest(face(1), 1).get(0).similarity()).isLessThan(0.6);
        assertThat(done(deleteTemplate("Anna", ids.get(1).id())).remaining()).isZero();
        assertThat(refused(get("Anna"))).isEqualTo(Code.UNKNOWN_PERSON);
    }

    @Test
    void shouldNeverReuseTemplateId() {
        long first = enrolled("Anna", face(1)).results().get(0).id();
        done(delete("Anna"));
        reopen();

        assertThat(enrolled("Anna", face(1)).results().get(0).id()).isGreaterThan(first);
    }

    @Test
    void shouldDropQuestionWhoseDeadlineHasPassed() {
        Deadline past = Deadline.after(Duration.ofMillis(-1));
        Deadline cancelled = patient();
        cancelled.cancel();

        var question =
                new EnrolTemplates(label("Anna"), List.of(new EnrolTemplates.NewTemplate(face(1), 1)), 1, true, past);
        assertThat(refused(store.people().enrol(question))).isEqualTo(Code.EXPIRED);
        assertThat(refused(store.people().get(new GetPerson(label("Anna"), cancelled))))
                .isEqualTo(Code.EXPIRED);
        assertThat(store.people().templates()).isZero();
    }

    @Test
    void shouldRefuseEmptyEnrolment() {
        assertThat(refused(enrol("Anna", false))).isEqualTo(Code.INVALID_REQUEST);
    }

    @Test
    void shouldSearchASmallGalleryOnTheCallersThread() {
        assertThat(await(store.people().compute(Thread::currentThread))).isSameAs(Thread.currentThread());
    }

    @Test
    void shouldReportHealth() {
        enrolled("Anna", face(1), face(2));

        var health = health();

        assertThat(health.writable()).isTrue();
        assertThat(health.people()).isEqualTo(1);
        assertThat(health.comparable()).isEqualTo(2);
        assertThat(health.databaseBytes()).isPositive();
        assertThat(health.freeBytes()).isPositive();
    }

    private io.vertx.core.Future<Outcome<Deletion>> deleteTemplate(String label, long id) {
        return store.changes().deleteTemplate(new DeleteTemplate(label(label), id, patient()));
    }

    @Test
    void shouldFindTemplatesThatDoNotFit() {
        long wrong = enrolled("Anna", face(1), again(face(1), 11), face(2))
                .results()
                .get(2)
                .id();
        done(enrol("Ben", true, again(face(2), 12)));

        List<PeopleCheck.Fit> bad = done(store.people().check(new CheckPeople(null, "", 9, patient()))).fits().stream()
                .filter(fit -> fit.unlike(0.5) || fit.another(0.9))
                .toList();

        assertThat(bad).singleElement().satisfies(fit -> {
            assertThat(fit.id()).isEqualTo(wrong);
            assertThat(fit.unlike(0.5)).isTrue();
            assertThat(fit.another(0.9)).isTrue();
            assertThat(fit.other().label()).isEqualTo(label("Ben"));
        });
        PeopleCheck first = done(store.people().check(new CheckPeople(null, "", 1, patient())));
        assertThat(first.next()).isEqualTo("Anna");
        assertThat(first.fits()).hasSize(3);
    }

    @Test
    void shouldSetATemplateAsideAndTakeItUpAgain() {
        long id = enrolled("Anna", face(1), face(2)).results().get(1).id();
        enrolled("Ben", face(3));

        assertThat(done(change("Anna", id, true, null)).templates())
                .extracting(Person.Template::setAside)
                .containsExactly(false, true);
        assertThat(nearest(face(2), 1).get(0).similarity()).isLessThan(0.6);
        assertThat(ofAnotherModel()).as("it is of this model still").isZero();
        reopen();
        assertThat(ofAnotherModel()).isZero();
        assertThat(nearest(face(2), 1).get(0).similarity()).isLessThan(0.6);
        assertThat(dump().entries()).extracting(GalleryDump.Entry::setAside).containsExactly(false, true, false);

        assertThat(done(change("Anna", id, false, null)).templates())
                .extracting(Person.Template::setAside)
                .containsOnly(false);
        assertThat(nearest(face(2), 1).get(0).label()).isEqualTo(label("Anna"));
    }

    @Test
    void shouldGiveATemplateToWhomItFitsAndBack() {
        long id = enrolled("Anna", face(1), face(2)).results().get(1).id();
        long only =
                done(enrol("Ben", true, again(face(2), 12))).results().get(0).id();

        assertThat(done(change("Anna", id, null, "Ben")).templates()).hasSize(2);
        assertThat(nearest(face(2), 1).get(0).label()).isEqualTo(label("Ben"));
        assertThat(done(get("Anna")).templates()).hasSize(1);
        assertThat(done(change("Ben", id, null, "Anna")).label()).isEqualTo(label("Anna"));
        assertThat(nearest(face(1), 1).get(0).label()).isEqualTo(label("Anna"));

        assertThat(refused(change("Ben", only, null, "Anna"))).isEqualTo(Code.INVALID_REQUEST);
        assertThat(refused(change("Anna", id, null, "Zoe"))).isEqualTo(Code.UNKNOWN_PERSON);
        assertThat(refused(change("Anna", 999, true, null))).isEqualTo(Code.UNKNOWN_TEMPLATE);
        assertThat(done(get("Anna")).templates()).hasSize(2);
    }

    private int ofAnotherModel() {
        var health = health();
        return health.templates() - health.comparable();
    }

    private Future<Outcome<Person>> change(String label, long id, Boolean setAside, String moveTo) {
        return store.templates()
                .change(new ChangeTemplate(
                        label(label), id, setAside, moveTo == null ? null : label(moveTo), patient()));
    }
}

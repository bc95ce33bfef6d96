package dev.lintel.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.Consent;
import dev.lintel.access.ConsentConfig;
import dev.lintel.face.Embedding;
import dev.lintel.face.FaceCrop;
import dev.lintel.face.Person;
import dev.lintel.face.Refusal;
import dev.lintel.messages.ConsentMessages.GiveConsent;
import dev.lintel.messages.ConsentMessages.WithdrawConsent;
import dev.lintel.messages.PeopleMessages.ChangeTemplate;
import dev.lintel.messages.PeopleMessages.ListPeople;
import dev.lintel.messages.PeopleMessages.SetActive;
import dev.lintel.messages.RenewalMessages.LearnTemplate;
import dev.lintel.messages.RenewalMessages.NextViews;
import dev.lintel.messages.RenewalMessages.RenewTemplates;
import dev.lintel.messages.RenewalMessages.Renewed;
import dev.lintel.messages.RenewalMessages.View;
import dev.lintel.messages.RenewalMessages.Views;
import dev.lintel.store.people.Renewals;
import dev.lintel.store.sqlite.MasterKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** After a change of the embedder the templates of those whose pictures are kept are made anew, and the others are named. */
@Tag("slow")
class RenewalsTest extends StoreTestBase {
    private static final String NEXT = "next-model";
    private static final Instant NOW = Events.MORNING;

    @Override
    protected EventRules rules() {
        return rules(new ConsentConfig(false, true, Duration.ZERO), () -> NOW);
    }

    @Test
    void shouldReplaceTemplatesAtOnceWhereTheirModelIsInUse() {
        long id = pictured("Anna", 1);
        long aside = pictured("Anna", 2);
        done(store.templates().change(new ChangeTemplate(label("Anna"), aside, true, null, patient())));
        enrolled("Ben", face(3));
        reopen(NEXT);
        assertThat(nearest(by(NEXT, crop(1)), 1)).isEmpty();
        assertThat(health().renewable()).isEqualTo(2);

        Views views = next(NEXT, 1);
        assertThat(views.waiting()).isEqualTo(2);
        assertThat(views.views()).extracting(View::template).containsExactly(id);
        assertThat(renew(NEXT)).isEqualTo(2);

        assertThat(next(NEXT, 9).views()).isEmpty();
        assertThat(health().renewable()).isZero();
        assertThat(nearest(by(NEXT, crop(1)), 1).get(0).similarity())
                .as("as if the crop had been enrolled anew")
                .isGreaterThan(0.99999);
        assertThat(nearest(by(NEXT, crop(2)), 1).get(0).similarity())
                .as("what was set aside stays so")
                .isLessThan(0.6);
        assertThat(done(get("Anna")).templates())
                .extracting(Person.Template::id, Person.Template::modelId, Person.Template::setAside)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(id, NEXT, false),
                        org.assertj.core.groups.Tuple.tuple(aside, NEXT, true));
        assertThat(missing(NEXT)).containsExactly("Ben");
        reopen(NEXT);
        assertNearest(by(NEXT, crop(1)), "Anna");
        reopen(MODEL);
        assertThat(missing(MODEL)).as("of whom there are pictures").isEmpty();
        assertThat(next(MODEL, 9).views()).as("back again").hasSize(2);
    }

    @Test
    void shouldKeepThemBesideTheFormerOnesUntilTheirModelIsInUse() throws Exception {
        pictured("Anna", 1);
        long moved = pictured("Anna", 2);
        pictured("Ben", 4);
        enrolled("Cleo", face(3));

        assertThat(renew(NEXT)).isEqualTo(3);

        assertThat(next(NEXT, 9).views()).isEmpty();
        assertThat(missing(NEXT)).containsExactly("Cleo");
        assertNearest(face(1), "Anna");
        assertThat(health().comparable()).isEqualTo(4);
        done(store.templates().change(new ChangeTemplate(label("Anna"), moved, null, label("Ben"), patient())));
        done(delete("Anna"));
        assertThat(number("SELECT count(*) FROM coming_template")).isEqualTo(2);
        await(store.close());
        KeyRenewal.data(config(), MasterKey.FILE);
        assertThat(FaceStore.waiting(config(), MODEL, NEXT, false)).isZero();
        assertThat(FaceStore.waiting(config(), MODEL, "third-model", false)).isEqualTo(2);

        store = await(open(NEXT));

        assertNearest(by(NEXT, crop(2)), "Ben");
        assertNearest(by(NEXT, crop(4)), "Ben");
        assertThat(nearest(by(NEXT, crop(1)), 1).get(0).similarity()).isLessThan(0.6);
        assertThat(number("SELECT count(*) FROM coming_template")).isZero();
        assertThat(number("SELECT count(*) FROM picture")).isEqualTo(2);
    }

    /** One whose seal is broken, and one that was sealed well and is no picture: neither holds up the others or the next model. */
    @Test
    void shouldRemovePicturesThatAreDamaged() {
        List<Long> ids = List.of(pictured("Anna", 1), pictured("Ben", 2), pictured("Cleo", 3));
        sql("UPDATE picture SET png = x'0102030405060708' WHERE template_id = " + ids.get(0));
        sql(
                "UPDATE picture SET png = sealed(x'01', 'picture.png', template_id || '/' || (SELECT person_id FROM template"
                        + " WHERE id = template_id)) WHERE template_id = " + ids.get(1));
        reopen(NEXT);

        Views views = next(NEXT, 2);

        assertThat(views.views()).extracting(View::template).containsExactly(ids.get(2));
        assertThat(views.waiting()).isEqualTo(1);
        assertThat(renew(NEXT)).isEqualTo(1);
        assertThat(next(NEXT, 9).views()).isEmpty();
        assertThat(FaceStore.waiting(config(), MODEL, NEXT, false)).isZero();
        assertThat(missing(NEXT)).containsExactly("Anna", "Ben");
        assertNearest(by(NEXT, crop(3)), "Cleo");
    }

    @Test
    void shouldMakeNoneOfAPictureThatWentMeanwhile() {
        pictured("Anna", 1);
        long ben = pictured("Ben", 2);
        reopen(NEXT);
        List<View> views = next(NEXT, 9).views();

        done(store.consents()
                .withdraw(new WithdrawConsent(label("Anna"), "", "hr", false, null, patient()), recorded -> {}));
        int taken = renew(views, NEXT);

        assertThat(taken).isEqualTo(1);
        assertThat(done(get("Anna")).templates())
                .extracting(Person.Template::modelId)
                .containsExactly(MODEL);
        assertThat(done(get("Ben")).templates()).extracting(Person.Template::id).containsExactly(ben);
        assertThat(refused(store.renewals().next(new NextViews(NEXT, 0, patient()))))
                .isEqualTo(Refusal.Code.INVALID_REQUEST);
    }

    @Test
    void shouldLearnFromVisitsUntilThereIsEnoughOfAPerson() throws Exception {
        pictured("Anna", 1);
        enrolled("Ben", face(3));
        enrolled("Cleo", face(4));
        done(store.details().setActive(new SetActive(label("Cleo"), false, patient())));
        assertThat(next(NEXT, 9).unseen())
                .as("Ben; Anna has a picture, Cleo is deactivated")
                .isEqualTo(1);

        for (int i = 1; i <= Renewals.FROM_VISITS; i++) {
            assertThat(learn("Ben", NEXT, 30 + i)).isTrue();
        }

        assertThat(learn("Ben", NEXT, 39)).as("enough").isFalse();
        assertThat(next(NEXT, 9).unseen()).isZero();
        assertThat(missing(NEXT)).containsExactly("Cleo");
        assertNearest(face(3), "Ben");
        assertThat(health().comparable())
                .as("those of visits are not compared yet")
                .isEqualTo(3);
        assertThat(refused(store.renewals().learn(lesson("Cleo", NEXT, 40)))).isEqualTo(Refusal.Code.PERSON_INACTIVE);
        assertThat(refused(store.renewals().learn(lesson("Dora", NEXT, 40)))).isEqualTo(Refusal.Code.UNKNOWN_PERSON);
        assertThat(refused(store.renewals().learn(lesson("Ben", MODEL, 40)))).isEqualTo(Refusal.Code.MODEL_MISMATCH);
        done(store.consents()
                .withdraw(new WithdrawConsent(label("Anna"), "", "hr", false, null, patient()), recorded -> {}));
        assertThat(refused(store.renewals().learn(lesson("Anna", NEXT, 40)))).isEqualTo(Refusal.Code.CONSENT_MISSING);
        await(store.close());
        assertThat(FaceStore.waiting(config(), MODEL, NEXT, true)).as("Anna").isEqualTo(1);
        assertThat(FaceStore.waiting(config(), MODEL, NEXT, false)).isZero();

        store = await(open(NEXT));

        assertNearest(by(NEXT, crop(32)), "Ben");
        done(delete("Ben"));
        assertThat(nearest(by(NEXT, crop(32)), 1))
                .as("his templates of visits go with him")
                .isEmpty();
    }

    @Test
    void shouldCountNothingWhereThereIsNoDatabase() {
        assertThat(FaceStore.waiting(new StoreConfig(folder.resolve("none.db"), 0), MODEL, NEXT, true))
                .isZero();
        assertThat(folder.resolve("none.db")).doesNotExist();
    }

    private boolean learn(String label, String model, long seed) {
        return done(store.renewals().learn(lesson(label, model, seed)));
    }

    private static LearnTemplate lesson(String label, String model, long seed) {
        return new LearnTemplate(label(label), by(model, crop(seed)), 0.9, NOW, patient());
    }

    private void reopen(String model) {
        await(store.close());
        store = await(open(model));
    }

    private Views next(String model, int limit) {
        return done(store.renewals().next(new NextViews(model, limit, patient())));
    }

    private int renew(String model) {
        return renew(next(model, 9).views(), model);
    }

    private int renew(List<View> views, String model) {
        return done(store.renewals()
                .renew(new RenewTemplates(
                        views.stream()
                                .map(view -> new Renewed(view.template(), by(model, view.crop())))
                                .toList(),
                        patient())));
    }

    private List<String> missing(String model) {
        var page = done(store.people().list(new ListPeople("", 10, model, patient())));
        assertThat(page.total()).isEqualTo(page.people().size());
        return page.people().stream().map(person -> person.label().text()).toList();
    }

    /** What a model makes of a crop: another vector for every pixel. */
    private static Embedding by(String model, FaceCrop crop) {
        return face(model, Arrays.hashCode(crop.rgb()));
    }

    private long pictured(String label, long seed) {
        done(store.consents()
                .give(
                        new GiveConsent(
                                new Consent(label(label), "", NOW, List.of("pictures"), null, "", "hr", NOW, null),
                                patient()),
                        recorded -> {}));
        return enrolPictured(label, seed);
    }
}

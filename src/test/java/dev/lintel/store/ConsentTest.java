package dev.lintel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.access.AccessRights;
import dev.lintel.access.Consent;
import dev.lintel.access.ConsentConfig;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.EventFilter;
import dev.lintel.access.GalleryDump;
import dev.lintel.face.Details;
import dev.lintel.face.Label;
import dev.lintel.face.Person;
import dev.lintel.face.Refusal;
import dev.lintel.messages.BackupMessages.ImportResult;
import dev.lintel.messages.ConsentMessages.GetConsent;
import dev.lintel.messages.ConsentMessages.GiveConsent;
import dev.lintel.messages.ConsentMessages.ListConsents;
import dev.lintel.messages.ConsentMessages.WithdrawConsent;
import dev.lintel.messages.ConsentMessages.Withdrawn;
import dev.lintel.messages.EventMessages.ListEvents;
import dev.lintel.messages.PeopleMessages.ChangeTemplate;
import dev.lintel.messages.PeopleMessages.Enrolment;
import dev.lintel.store.sqlite.MasterKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsentTest extends StoreTestBase {
    private Instant now = Events.MORNING;
    private boolean required;
    private final List<Label> gone = new ArrayList<>();

    @Override
    protected EventRules rules() {
        return rules(new ConsentConfig(required, false, Duration.ofDays(14)), () -> now);
    }

    @Test
    void shouldKeepWhatWasAgreedTo() {
        Consent consent = consent("Anna", now.plus(Duration.ofDays(365)));

        give(consent);
        reopen();

        assertThat(onRecord("Anna")).isEqualTo(consent);
        assertThat(consent.state(now)).isEqualTo(Consent.State.VALID);
        assertThat(consent.state(now.plus(Duration.ofDays(365)))).isEqualTo(Consent.State.EXPIRED);
        assertThat(refused(store.consents().get(new GetConsent(label("Ben"), patient()))))
                .isEqualTo(Refusal.Code.UNKNOWN_CONSENT);
        assertThatThrownBy(() -> new Consent(label("Anna"), "", now, List.of(), null, "", "hr", now, null))
                .hasMessageContaining("purposes: must be 1 to 20 words");
        assertThatThrownBy(() -> new Consent(label("Anna"), "", now, List.of("door"), now, "", "hr", now, null))
                .hasMessageContaining("until: must be after given_at");
    }

    @Test
    void shouldEnrolNobodyWithoutConsentWhereItIsRequired() {
        enrolled("Old", face(9));
        required = true;
        reopen();

        assertThat(refused(enrol("Anna", false, face(1)))).isEqualTo(Refusal.Code.CONSENT_MISSING);
        assertThat(refused(enrol("Old", false, again(face(9), 3)))).isEqualTo(Refusal.Code.CONSENT_MISSING);
        assertThat(list("", 10).people()).hasSize(1);

        give(consent("Anna", now.plus(Duration.ofDays(1))));
        enrolled("Anna", face(1));
        now = now.plus(Duration.ofDays(1));
        assertThat(refused(enrol("Anna", false, again(face(1), 2)))).isEqualTo(Refusal.Code.CONSENT_MISSING);
    }

    /** As at enrolment; what is said of them and their rights stay out too. */
    @Test
    void shouldImportNobodyWithoutConsentWhereItIsRequired() {
        required = true;
        reopen();
        give(consent("Anna", null));
        GalleryDump dump = new GalleryDump(
                List.of(entry("Anna", 1), entry("Ben", 2), entry("Ben", 3), entry("Cleo", 4)),
                List.of(new GalleryDump.Rights(label("Ben"), AccessRights.NONE_SET)),
                List.of(new GalleryDump.Described(label("Cleo"), Details.NONE, null)));

        assertThat(done(load(dump))).isEqualTo(new ImportResult(1, 0, 1, 2));

        assertThat(list("", 10).people()).extracting(Person.Summary::label).containsExactly(label("Anna"));
        give(consent("Ben", null));
        assertThat(done(load(dump))).isEqualTo(new ImportResult(2, 1, 2, 1));
    }

    @Test
    void shouldImportNobodyAgainstAConsentThatWasWithdrawn() {
        enrolled("Anna", face(1));
        give(consent("Anna", null));
        withdraw("Anna", false);

        assertThat(done(load(new GalleryDump(List.of(entry("Anna", 2), entry("Ben", 3))))))
                .isEqualTo(new ImportResult(1, 0, 2, 1));
    }

    private static GalleryDump.Entry entry(String label, int face) {
        return new GalleryDump.Entry(label(label), Instant.EPOCH, 0.5, face(face));
    }

    /** Under another name as well: the face is still there, and still that person's. */
    @Test
    void shouldEnrolNoFaceUnderAnotherNameWhoseConsentWasWithdrawn() {
        enrolled("Anna", face(1));
        give(consent("Anna", null));
        withdraw("Anna", false);

        Enrolment refused = done(enrol("Ben", false, again(face(1), 2)));
        assertThat(refused.results().get(0).stored()).isFalse();
        assertThat(refused.results().get(0).duplicateOf().orElseThrow().label()).isEqualTo(label("Anna"));
        Enrolment allowed = done(enrol("Ben", true, again(face(1), 2)));
        assertThat(allowed.results().get(0).stored()).isTrue();
        assertThat(allowed.results().get(0).duplicateOf()).isPresent();
    }

    @Test
    void shouldCompareNoFaceWhoseConsentWasWithdrawnUntilItIsGivenAgain() {
        long id = enrolled("Anna", face(1)).results().get(0).id();
        give(consent("Anna", null));

        Withdrawn done = withdraw("Anna", false);

        assertThat(done.setAside()).isEqualTo(1);
        assertThat(done.consent().withdrawn().how()).isEqualTo("by letter");
        assertThat(nearest(face(1), 1)).isEmpty();
        assertThat(refused(enrol("Anna", false, again(face(1), 2)))).isEqualTo(Refusal.Code.CONSENT_MISSING);
        assertThat(refused(store.templates().change(new ChangeTemplate(label("Anna"), id, false, null, patient()))))
                .isEqualTo(Refusal.Code.CONSENT_MISSING);
        assertThat(withdraw("Anna", false).setAside()).as("again").isZero();
        reopen();
        assertThat(nearest(face(1), 1)).isEmpty();

        give(consent("Anna", null));
        assertNearest(face(1), "Anna");
        reopen();
        assertNearest(face(1), "Anna");
        assertThat(kinds("Anna")).containsExactlyInAnyOrder("CONSENT_GIVEN", "CONSENT_WITHDRAWN", "CONSENT_GIVEN");
    }

    /** What was set aside for another reason stays so. */
    @Test
    void shouldTakeUpOnlyWhatTheWithdrawalSetAside() {
        long odd = enrolled("Anna", face(1), face(2)).results().get(1).id();
        done(store.templates().change(new ChangeTemplate(label("Anna"), odd, true, null, patient())));
        give(consent("Anna", null));

        withdraw("Anna", false);
        give(consent("Anna", null));

        assertNearest(face(1), "Anna");
        assertThat(nearest(face(2), 1).get(0).similarity()).isLessThan(0.5);
    }

    @Test
    void shouldDeleteThePersonWithTheConsent() {
        enrolled("Anna", face(1));
        give(consent("Anna", null));
        give(consent("Unenrolled", null));

        Withdrawn done = withdraw("Anna", true);

        assertThat(done.deletion().templates()).isEqualTo(1);
        assertThat(done.deletion().receipt().gone().consent()).isTrue();
        assertThat(refused(get("Anna"))).isEqualTo(Refusal.Code.UNKNOWN_PERSON);
        assertThat(refused(store.consents().get(new GetConsent(label("Anna"), patient()))))
                .isEqualTo(Refusal.Code.UNKNOWN_CONSENT);
        assertThat(withdraw("Unenrolled", true).deletion().templates()).isZero();
        assertThat(number("SELECT count(*) FROM consent")).isZero();
        assertThat(number("SELECT count(*) FROM event WHERE kind = 'CONSENT_WITHDRAWN' AND person_id IS NULL"))
                .as("the log says that somebody withdrew, and not who")
                .isEqualTo(2);
    }

    @Test
    void shouldWarnOnceAndThenDeleteWhoseConsentEnds() {
        enrolled("Anna", face(1));
        enrolled("Ben", face(2));
        give(consent("Anna", now.plus(Duration.ofDays(30))));
        give(consent("Ben", null));

        assertThat(upkeep()).isEqualTo(new ConsentChanges.Due(0, 0));
        now = now.plus(Duration.ofDays(16));
        assertThat(upkeep()).isEqualTo(new ConsentChanges.Due(0, 1));
        assertThat(upkeep()).as("once").isEqualTo(new ConsentChanges.Due(0, 0));
        assertThat(kinds("Anna")).contains("CONSENT_ENDING");
        assertThat(done(store.consents().list(new ListConsents(now.plus(Duration.ofDays(15)), "", 10, patient())))
                        .consents())
                .extracting(consent -> consent.person().text())
                .containsExactly("Anna");

        now = now.plus(Duration.ofDays(14));
        assertThat(upkeep()).isEqualTo(new ConsentChanges.Due(1, 0));

        assertThat(gone).containsExactly(label("Anna"));
        assertThat(refused(get("Anna"))).isEqualTo(Refusal.Code.UNKNOWN_PERSON);
        assertNearest(face(2), "Ben");
        assertThat(number("SELECT count(*) FROM event WHERE kind = 'CONSENT_EXPIRED' AND person_id IS NULL"))
                .isEqualTo(1);
    }

    @Test
    void shouldFollowARenamedPersonAndStayWithWhoIsMergedInto() {
        enrolled("Anna", face(1));
        enrolled("Anna B", face(3));
        give(consent("Anna", null));
        done(rename("Anna", "Anne", false));

        assertThat(onRecord("Anne").person()).isEqualTo(label("Anne"));
        withdraw("Anne", false);
        give(consent("Anna B", null));
        done(rename("Anna B", "Anne", true));
        assertThat(onRecord("Anne").withdrawn()).as("of the label that stays").isNotNull();
        assertThat(number("SELECT count(*) FROM consent")).isEqualTo(1);
    }

    @Test
    void shouldBeSealedAndSealedAnewWithANewKey() throws Exception {
        give(consent("Annabella Agreeing", null));
        withdraw("Annabella Agreeing", false);
        Consent before = onRecord("Annabella Agreeing");
        assertThat(new String(Files.readAllBytes(database()), StandardCharsets.ISO_8859_1))
                .doesNotContain("Annabella", "form 17", "by letter");
        await(store.close());

        KeyRenewal.data(config(), MasterKey.FILE);

        store = await(open(MODEL));
        assertThat(onRecord("Annabella Agreeing")).isEqualTo(before);
    }

    @Test
    void shouldExpireAndListTheOthersBesideOneThatIsDamaged() {
        for (String person : List.of("Anna", "Ben", "Cleo", "Dora")) {
            enrolled(person, face(person.charAt(0)));
        }
        give(consent("Ben", now.plus(Duration.ofDays(28))));
        give(consent("Cleo", now.plus(Duration.ofDays(29))));
        give(consent("Anna", now.plus(Duration.ofDays(30))));
        give(consent("Dora", now.plus(Duration.ofDays(40))));
        sql("UPDATE consent SET words = randomblob(length(words)) WHERE id = 1");
        sql("UPDATE consent SET label = randomblob(length(label)) WHERE id = 2");
        reopen();

        assertThat(done(store.consents().list(new ListConsents(null, "", 10, patient())))
                        .consents())
                .extracting(consent -> consent.person().text())
                .containsExactly("Anna", "Dora");
        now = now.plus(Duration.ofDays(31));
        assertThat(upkeep()).isEqualTo(new ConsentChanges.Due(1, 1));
        assertThat(gone).containsExactly(label("Anna"));
        assertThat(list("", 10).people()).hasSize(3);

        give(consent("Ben", now.plus(Duration.ofDays(1))));
        assertThat(onRecord("Ben").evidence()).isEqualTo("form 17");
    }

    private Consent consent(String label, Instant until) {
        return new Consent(label(label), "", now, List.of("door", "attendance"), until, "form 17", "hr", now, null);
    }

    private void give(Consent consent) {
        done(store.consents().give(new GiveConsent(consent, patient()), recorded -> {}));
    }

    private Withdrawn withdraw(String label, boolean deletes) {
        return done(store.consents()
                .withdraw(
                        new WithdrawConsent(label(label), "by letter", "hr", deletes, null, patient()),
                        recorded -> {}));
    }

    private Consent onRecord(String label) {
        return done(store.consents().get(new GetConsent(label(label), patient())));
    }

    private ConsentChanges.Due upkeep() {
        return await(store.consents().upkeep(recorded -> {}, gone::add));
    }

    private List<String> kinds(String label) {
        return done(store.events()
                        .list(new ListEvents(
                                new EventFilter(null, null, null, null, label(label), null, null),
                                Long.MAX_VALUE,
                                50,
                                patient())))
                .events()
                .stream()
                .map(recorded -> recorded.event().kind())
                .map(DoorEvent.Kind::name)
                .toList();
    }
}

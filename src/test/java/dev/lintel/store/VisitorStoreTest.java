package dev.lintel.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.Decision;
import dev.lintel.access.Direction;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.LiveProof;
import dev.lintel.access.Reason;
import dev.lintel.access.Sighting;
import dev.lintel.face.Embedding;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.messages.EventMessages.RecordEvent;
import dev.lintel.messages.PeopleMessages.Enrolment;
import dev.lintel.messages.VisitorMessages.AssignVisitors;
import dev.lintel.messages.VisitorMessages.ForgetVisitors;
import dev.lintel.messages.VisitorMessages.IgnoreVisitors;
import dev.lintel.messages.VisitorMessages.ListVisitors;
import dev.lintel.messages.VisitorMessages.VisitorGroup;
import dev.lintel.messages.VisitorMessages.VisitorsForgotten;
import dev.lintel.store.visitors.VisitorStore;
import dev.lintel.testkit.Configs;
import dev.lintel.visitors.VisitorsConfig;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VisitorStoreTest extends StoreTestBase {
    private static final Instant MORNING = Instant.parse("2026-11-25T08:00:00Z");
    private Instant now = MORNING;
    private VisitorStore visitors;
    private long sightings;

    @BeforeEach
    void openVisitors() {
        visitors = with(Configs.of(VisitorsConfig.class, "keep: 72h"));
    }

    private VisitorStore with(VisitorsConfig config) {
        return new VisitorStore(store.people(), store.transactions(), config, 0.6, MODEL, () -> now);
    }

    @Override
    protected EventRules rules() {
        return rules(Configs.of(VisitorsConfig.class, "keep: 72h"));
    }

    private EventRules rules(VisitorsConfig config) {
        return new EventRules(Configs.attendance(), config, 0.6, () -> now);
    }

    @Test
    void shouldGroupTheVisitsOfOneFace() {
        see("front", face(1));
        later(Duration.ofHours(2));
        see("back", again(face(1), 21));
        see("front", face(2));

        List<VisitorGroup> listed = list(false);

        assertThat(listed).extracting(VisitorGroup::visits).containsExactlyInAnyOrder(2, 1);
        VisitorGroup twice =
                listed.stream().filter(group -> group.visits() == 2).findFirst().orElseThrow();
        assertThat(twice.first()).isEqualTo(MORNING);
        assertThat(twice.last()).isEqualTo(now);
        assertThat(twice.cameras()).containsExactly("back", "front");
        assertThat(twice.live()).isEqualTo(2);
        assertThat(twice.until()).isEqualTo(now.plus(Duration.ofHours(72)));
    }

    @Test
    void shouldRememberVisitorsBesideOneThatIsDamaged() {
        see("front", face(1));
        see("front", face(2));
        sql("UPDATE visitor SET sum = randomblob(length(sum)) WHERE id = 1");
        sql("UPDATE visitor_face SET vector = randomblob(length(vector)) WHERE visitor_id = 1");

        see("back", again(face(2), 21));
        await(store.visitors().purge());

        assertThat(list(false)).extracting(VisitorGroup::visits).containsExactlyInAnyOrder(2, 1);
    }

    @Test
    void shouldNameTheEnrolledPeopleWhomAVisitorLooksLike() {
        done(enrol("Anna", false, face(1)));
        done(enrol("Ben", false, face(2)));
        see("front", again(face(1), 21));
        see("front", face(3));

        List<VisitorGroup> listed = list(false);

        assertThat(listed)
                .extracting(group -> group.resembles().stream()
                        .map(person -> person.label().text())
                        .toList())
                .containsExactlyInAnyOrder(List.of("Anna"), List.of());
    }

    @Test
    void shouldRememberOnlyTheUnknownWhoHoldNoPhoto() {
        note(sighting(id(), face(1), Sighting.Identity.KNOWN, LiveProof.State.LIVE, "front"));
        note(sighting(id(), face(2), Sighting.Identity.UNCERTAIN, LiveProof.State.LIVE, "front"));
        note(sighting(id(), face(3), Sighting.Identity.UNKNOWN, LiveProof.State.ATTACK, "front"));
        note(sighting(id(), null, Sighting.Identity.UNKNOWN, LiveProof.State.LIVE, "front"));
        note(sighting(id(), face("another-model", 4), Sighting.Identity.UNKNOWN, LiveProof.State.LIVE, "front"));

        assertThat(list(false)).isEmpty();

        note(sighting(id(), face(5), Sighting.Identity.UNKNOWN, LiveProof.State.NOT_PROVEN, "front"));
        assertThat(list(false)).singleElement().extracting(VisitorGroup::live).isEqualTo(0);
    }

    @Test
    void shouldRememberWhomTheLogRecords() {
        Sighting sighting = sighting(id(), face(1), Sighting.Identity.UNKNOWN, LiveProof.State.LIVE, "front");
        Decision decision = new Decision(
                sighting.id(),
                "main",
                now,
                Decision.Verdict.DENIED,
                null,
                sighting,
                "unknown",
                List.of(new Reason("nobody")));

        done(store.events().record(new RecordEvent(DoorEvent.of(decision), patient()), recorded -> {}));
        done(store.events()
                .record(
                        new RecordEvent(
                                DoorEvent.following(
                                        sighting.id(), sighting.ref(), DoorEvent.Kind.DOOR_OPENED, now, "main"),
                                patient()),
                        recorded -> {}));

        assertThat(only().cameras()).containsExactly("front");
    }

    @Test
    void shouldCountASightingOnce() {
        UUID id = id();
        note(sighting(id, face(1), Sighting.Identity.UNKNOWN, LiveProof.State.LIVE, "front"));
        note(sighting(id, face(1), Sighting.Identity.UNKNOWN, LiveProof.State.LIVE, "front"));

        assertThat(list(false)).singleElement().extracting(VisitorGroup::visits).isEqualTo(1);
    }

    @Test
    void shouldRememberNothingWhereThatIsConfigured() {
        visitors = with(Configs.of(VisitorsConfig.class, "keep: 0s"));
        see("front", face(1));

        assertThat(list(false)).isEmpty();
    }

    @Test
    void shouldEnrolTheFacesMostLikeTheGroupAndForgetIt() {
        for (int i = 0; i < 8; i++) {
            see("front", again(face(1), 30 + i));
        }

        Enrolment enrolment = done(assign(only().id(), "Anna", false, false));

        assertThat(enrolment.total()).isEqualTo(5);
        assertThat(list(false)).isEmpty();
        assertNearest(face(1), "Anna");
        reopen();
        assertNearest(face(1), "Anna");
    }

    @Test
    void shouldKeepToTheRuleOfDuplicates() {
        enrolled("Anna", face(1));
        see("front", again(face(1), 21));
        long group = only().id();

        Enrolment none = done(assign(group, "Berta", false, false));

        assertThat(none.results()).allMatch(result -> !result.stored());
        assertThat(list(false)).as("nothing was lost").hasSize(1);
        assertThat(refused(get("Berta"))).isEqualTo(Refusal.Code.UNKNOWN_PERSON);
        assertThat(done(assign(group, "Berta", true, false)).total()).isEqualTo(1);
    }

    @Test
    void shouldEnrolUnprovenFacesOnlyIfTold() {
        note(sighting(id(), face(1), Sighting.Identity.UNKNOWN, LiveProof.State.NOT_PROVEN, "front"));
        long group = only().id();

        assertThat(refused(assign(group, "Anna", false, false))).isEqualTo(Refusal.Code.SPOOF_SUSPECTED);
        assertThat(done(assign(group, "Anna", false, true)).total()).isEqualTo(1);
    }

    @Test
    void shouldIgnoreAFaceForAWhileAndThenForgetIt() {
        see("front", face(1));
        long group = only().id();

        VisitorGroup ignored = done(visitors.ignore(new IgnoreVisitors(group, patient())));
        see("front", again(face(1), 21));

        assertThat(ignored.until()).isEqualTo(now.plus(Duration.ofDays(30)));
        assertThat(list(false)).isEmpty();
        assertThat(list(true)).containsExactly(ignored);
        assertThat(refused(assign(group, "Anna", false, true))).isEqualTo(Refusal.Code.UNKNOWN_VISITOR);

        later(Duration.ofDays(31));
        await(visitors.purge());
        assertThat(list(true)).isEmpty();
        see("front", again(face(1), 22));
        assertThat(list(false)).hasSize(1);
    }

    @Test
    void shouldForgetOnDemandWhetherIgnoredOrNot() {
        see("front", face(1));
        see("front", face(2));
        long listed = list(false).get(0).id();
        long ignored = list(false).get(1).id();
        done(visitors.ignore(new IgnoreVisitors(ignored, patient())));

        assertThat(done(forget(listed)).visits()).isEqualTo(1);
        done(forget(ignored));

        assertThat(list(false)).isEmpty();
        assertThat(list(true)).isEmpty();
        assertThat(refused(forget(listed))).isEqualTo(Refusal.Code.UNKNOWN_VISITOR);
    }

    @Test
    void shouldForgetEachVisitInItsTime() {
        see("front", face(1));
        later(Duration.ofHours(60));
        see("front", again(face(1), 21));
        later(Duration.ofHours(12));

        await(visitors.purge());
        assertThat(only().visits()).isEqualTo(1);
        assertThat(only().first()).isEqualTo(MORNING.plus(Duration.ofHours(60)));

        later(Duration.ofHours(60));
        await(visitors.purge());
        assertThat(list(false)).isEmpty();
    }

    @Test
    void shouldForgetEverythingWhenSwitchedOff() {
        see("front", face(1));
        done(visitors.ignore(new IgnoreVisitors(only().id(), patient())));
        see("front", face(2));

        visitors = with(Configs.of(VisitorsConfig.class));
        await(visitors.purge());

        visitors = with(Configs.of(VisitorsConfig.class, "keep: 72h"));
        assertThat(list(false)).isEmpty();
        assertThat(list(true)).as("those that were to be ignored").isEmpty();
    }

    @Test
    void shouldForgetTheOldestBeyondTheBound() {
        visitors = with(Configs.of(VisitorsConfig.class, "keep: 72h", "most: 10"));
        for (int i = 0; i < 11; i++) {
            see("front", face(100 + i));
            later(Duration.ofMinutes(1));
        }

        assertThat(list(false)).hasSize(9);
        assertThat(list(false))
                .extracting(VisitorGroup::first)
                .allMatch(first -> first.isAfter(MORNING.plusSeconds(60)));
    }

    @Test
    void shouldForgetFacesOfAnotherModel() {
        see("front", face(1));
        await(store.close());
        store = await(open("next-model"));
        visitors = store.visitors();

        assertThat(list(false)).isEmpty();
        List<byte[]> kept = sealed();
        await(visitors.purge());

        assertThat(traces(kept)).isFalse();
    }

    @Test
    void shouldPutWronglyGroupedFacesRightWhenItLooksThemOver() throws Exception {
        see("front", face(1));
        see("front", face(2));
        see("front", again(face(2), 21));
        sql("UPDATE visitor_face SET visitor_id = (SELECT min(id) FROM visitor)");

        await(visitors.purge());

        assertThat(list(false)).extracting(VisitorGroup::visits).containsExactlyInAnyOrder(1, 2);
        see("front", again(face(2), 22));
        assertThat(list(false)).extracting(VisitorGroup::visits).containsExactlyInAnyOrder(1, 3);
    }

    @Test
    void shouldLeaveNothingOfWhatWasForgottenInAnyFile() {
        see("front", face(1));
        see("front", face(2));
        see("front", face(3));
        List<byte[]> kept = sealed();
        assertThat(traces(kept)).isTrue();

        list(false).forEach(group -> done(forget(group.id())));

        assertThat(traces(kept)).isFalse();

        see("front", face(4));
        List<byte[]> fourth = sealed();
        later(Duration.ofDays(4));
        await(visitors.purge());
        assertThat(traces(fourth)).isFalse();
    }

    /** What there is of visitors, as it lies on the disk. */
    private List<byte[]> sealed() {
        List<byte[]> records = new java.util.ArrayList<>();
        await(store.lanes()
                        .writer()
                        .urgently(tables ->
                                tables.execute("SELECT vector FROM visitor_face UNION ALL SELECT sum FROM visitor")))
                .forEach(row -> records.add(row.getBuffer(0).getBytes()));
        return records;
    }

    /** By their last bytes, which no other record has. */
    private boolean traces(List<byte[]> records) {
        try {
            byte[] all = SealedStoreTest.allBytes(database().getParent());
            return records.stream()
                    .anyMatch(record -> SealedStoreTest.contains(
                            all, java.util.Arrays.copyOfRange(record, record.length - 16, record.length)));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private VisitorGroup only() {
        List<VisitorGroup> listed = list(false);
        assertThat(listed).hasSize(1);
        return listed.get(0);
    }

    private List<VisitorGroup> list(boolean ignored) {
        return done(visitors.list(new ListVisitors(ignored, 0.5, patient()))).groups();
    }

    private Future<Outcome<Enrolment>> assign(long group, String label, boolean duplicate, boolean unproven) {
        return visitors.assign(new AssignVisitors(group, label(label), DUPLICATE, duplicate, unproven, patient()));
    }

    private Future<Outcome<VisitorsForgotten>> forget(long group) {
        return visitors.forget(new ForgetVisitors(group, patient()));
    }

    private void later(Duration time) {
        now = now.plus(time);
    }

    private void see(String camera, Embedding face) {
        note(sighting(id(), face, Sighting.Identity.UNKNOWN, LiveProof.State.LIVE, camera));
    }

    private void note(Sighting sighting) {
        done(store.transactions()
                .write(patient(), change -> visitors.note(change, sighting).map(Outcome.done(true))));
    }

    private UUID id() {
        return new UUID(7, ++sightings);
    }

    private Sighting sighting(
            UUID id, Embedding face, Sighting.Identity identity, LiveProof.State live, String camera) {
        return new Sighting(
                id,
                id,
                camera,
                Direction.IN,
                now,
                now,
                now,
                12,
                3,
                identity,
                null,
                1.2,
                0.55,
                0.1,
                new LiveProof(live, 0.5, List.of()),
                face,
                face == null ? MODEL : face.modelId());
    }
}

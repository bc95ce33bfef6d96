package dev.lintel.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.AttendanceEntry;
import dev.lintel.access.AttendanceEntry.Kind;
import dev.lintel.access.Direction;
import dev.lintel.access.PersonData;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.messages.AttendanceMessages.AttendanceEntries;
import dev.lintel.messages.AttendanceMessages.CorrectAttendance;
import dev.lintel.messages.AttendanceMessages.ReadAttendance;
import dev.lintel.messages.EventMessages.RecordEvent;
import dev.lintel.messages.PeopleMessages.CollectPersonData;
import dev.lintel.testkit.Configs;
import dev.lintel.visitors.VisitorsConfig;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AttendanceBookTest extends StoreTestBase {
    private static final Instant MORNING = Events.MORNING;
    private static final Instant NOW = MORNING.plusSeconds(36_000);

    private boolean kept = true;
    private Instant now = NOW;

    @Override
    protected EventRules rules() {
        return new EventRules(
                Configs.with(Configs.attendance(), Map.of("enabled", kept)),
                Configs.of(VisitorsConfig.class),
                DUPLICATE,
                InstantSource.fixed(now));
    }

    @BeforeEach
    void annaCame() {
        enrolled("Anna", face(1));
        done(store.events().record(new RecordEvent(Events.granted("Anna", MORNING), patient()), recorded -> {}));
    }

    /** Attendance is off by default, which it was not always. */
    @Test
    void shouldSayThatItWasKeptLatelyAndIsNotAnyMore() {
        assertThat(await(store.events().attendance().fellSilent())).isFalse();

        kept = false;
        reopen();
        assertThat(await(store.events().attendance().fellSilent())).isTrue();

        now = NOW.plus(Duration.ofDays(31));
        reopen();
        assertThat(await(store.events().attendance().fellSilent())).isFalse();
    }

    @Test
    void shouldReadWhoCameInTheTimeThatIsAskedFor() {
        enrolled("Ben", face(2));
        done(store.events()
                .record(new RecordEvent(Events.granted("Ben", MORNING.plusSeconds(60)), patient()), recorded -> {}));

        assertThat(read(MORNING, MORNING.plusSeconds(60), null).entries())
                .extracting(AttendanceEntry::person, AttendanceEntry::at)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(label("Anna"), MORNING));
        assertThat(read(MORNING, NOW, null).entries()).hasSize(2);
        assertThat(read(MORNING, NOW, "Ben").entries())
                .extracting(AttendanceEntry::person)
                .containsExactly(label("Ben"));
        assertThat(read(MORNING, NOW, null).enrolled()).containsOnlyKeys(label("Anna"), label("Ben"));
        assertThat(refused(
                        store.events().attendance().read(new ReadAttendance(MORNING, NOW, label("Carl"), patient()))))
                .isEqualTo(Refusal.Code.UNKNOWN_PERSON);
    }

    @Test
    void shouldAddReplaceAndVoidByEntriesOfTheirOwn() {
        AttendanceEntry added = done(correct(Kind.ADDED, null, "Anna", MORNING.plusSeconds(600), Direction.OUT));
        AttendanceEntry replaced = done(correct(Kind.REPLACED, 1L, null, MORNING.minusSeconds(600), null));
        AttendanceEntry voided = done(correct(Kind.VOIDED, added.sequence(), null, null, null));

        assertThat(added)
                .extracting(
                        AttendanceEntry::kind,
                        AttendanceEntry::author,
                        AttendanceEntry::reason,
                        AttendanceEntry::writtenAt)
                .containsExactly(Kind.ADDED, "desk", "forgot to look", NOW);
        assertThat(replaced)
                .extracting(
                        AttendanceEntry::at,
                        AttendanceEntry::direction,
                        AttendanceEntry::target,
                        AttendanceEntry::person)
                .containsExactly(MORNING.minusSeconds(600), Direction.IN, 1L, label("Anna"));
        assertThat(voided)
                .extracting(AttendanceEntry::at, AttendanceEntry::target)
                .containsExactly(added.at(), added.sequence());
        assertThat(read(MORNING, NOW, "Anna").entries())
                .extracting(AttendanceEntry::kind)
                .containsExactly(Kind.SEEN, Kind.ADDED, Kind.REPLACED, Kind.VOIDED);
    }

    @Test
    void shouldStoreACorrectionOnce() {
        UUID id = UUID.randomUUID();
        var question = new CorrectAttendance(id, Kind.VOIDED, 1L, null, null, null, "desk", "a mistake", patient());

        long sequence = done(store.events().attendance().correct(question)).sequence();

        assertThat(done(store.events().attendance().correct(question)).sequence())
                .isEqualTo(sequence);
        assertThat(read(MORNING, NOW, "Anna").entries()).hasSize(2);
    }

    @Test
    void shouldRefuseWhatCannotBeCorrected() {
        assertThat(refused(correct(Kind.VOIDED, 99L, null, null, null))).isEqualTo(Refusal.Code.UNKNOWN_ENTRY);
        assertThat(refused(correct(Kind.ADDED, null, "Carl", MORNING, Direction.IN)))
                .isEqualTo(Refusal.Code.UNKNOWN_PERSON);
        long voided = done(correct(Kind.VOIDED, 1L, null, null, null)).sequence();
        assertThat(refused(correct(Kind.VOIDED, 1L, null, null, null))).isEqualTo(Refusal.Code.ALREADY_CORRECTED);
        assertThat(refused(correct(Kind.VOIDED, voided, null, null, null))).isEqualTo(Refusal.Code.UNKNOWN_ENTRY);
        assertThat(refused(correct(Kind.SEEN, null, "Anna", MORNING, Direction.IN)))
                .isEqualTo(Refusal.Code.INVALID_REQUEST);
        assertThat(refused(correct(Kind.ADDED, null, "Anna", MORNING, null))).isEqualTo(Refusal.Code.INVALID_REQUEST);
        assertThat(refused(correct(Kind.ADDED, null, "Anna", NOW.plusSeconds(1), Direction.IN)))
                .isEqualTo(Refusal.Code.INVALID_REQUEST);
        assertThat(refused(correct(Kind.ADDED, null, "Anna", NOW.minusSeconds(86_400L * 731), Direction.IN)))
                .isEqualTo(Refusal.Code.INVALID_REQUEST);
        assertThat(refused(correct(Kind.REPLACED, 1L, null, null, null))).isEqualTo(Refusal.Code.INVALID_REQUEST);
        assertThat(refused(store.events()
                        .attendance()
                        .correct(new CorrectAttendance(
                                UUID.randomUUID(), Kind.VOIDED, 1L, null, null, null, "desk", " ", patient()))))
                .isEqualTo(Refusal.Code.INVALID_REQUEST);
    }

    @Test
    void shouldCollectEverythingAboutAPerson() {
        done(correct(Kind.VOIDED, 1L, null, null, null));
        done(rename("Anna", "Annette", false));

        PersonData data = done(store.collection().collect(new CollectPersonData(label("Annette"), patient())));

        assertThat(data.person().label()).isEqualTo(label("Annette"));
        assertThat(data.templates()).hasSize(1);
        assertThat(data.events())
                .extracting(recorded -> recorded.event().person())
                .containsExactly(label("Annette"));
        assertThat(data.attendance()).extracting(AttendanceEntry::kind).containsExactly(Kind.SEEN, Kind.VOIDED);
        assertThat(refused(store.collection().collect(new CollectPersonData(label("Anna"), patient()))))
                .isEqualTo(Refusal.Code.UNKNOWN_PERSON);
    }

    private AttendanceEntries read(Instant from, Instant to, String person) {
        Label whom = person == null ? null : label(person);
        return done(store.events().attendance().read(new ReadAttendance(from, to, whom, patient())));
    }

    private Future<Outcome<AttendanceEntry>> correct(
            Kind kind, Long target, String person, Instant at, Direction direction) {
        return store.events()
                .attendance()
                .correct(new CorrectAttendance(
                        UUID.randomUUID(),
                        kind,
                        target,
                        person == null ? null : label(person),
                        at,
                        direction,
                        "desk",
                        " forgot to look ",
                        patient()));
    }
}

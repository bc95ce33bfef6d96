package dev.lintel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.lintel.access.AccessRights;
import dev.lintel.access.AttendanceEntry.Kind;
import dev.lintel.access.Decision;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.EventFilter;
import dev.lintel.access.LogCheck;
import dev.lintel.access.OnDeletion;
import dev.lintel.access.Pin;
import dev.lintel.access.Recorded;
import dev.lintel.attendance.AttendanceConfig;
import dev.lintel.messages.AccessMessages.SetAccess;
import dev.lintel.messages.AttendanceMessages.CorrectAttendance;
import dev.lintel.messages.EventMessages.ListEvents;
import dev.lintel.messages.EventMessages.RecordEvent;
import dev.lintel.messages.EventMessages.VerifyLog;
import dev.lintel.messages.PeopleMessages.DeletePerson;
import dev.lintel.store.chain.Seals;
import dev.lintel.store.log.Retention;
import dev.lintel.store.sqlite.MasterKey;
import dev.lintel.store.sqlite.StoreException;
import dev.lintel.testkit.Configs;
import dev.lintel.visitors.VisitorsConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the box itself does to the log leaves it intact; what anybody else does is found. */
@Tag("slow")
class LogIntegrityTest extends StoreTestBase {
    private static final Duration DAY = Duration.ofDays(1);
    private Instant now = Events.MORNING;
    private OnDeletion onDeletion = OnDeletion.DELETE;

    @Override
    protected EventRules rules() {
        AttendanceConfig config = Configs.with(
                Configs.attendance("keep-events: 30d", "keep-attendance: 60d"), Map.of("onDeletion", onDeletion));
        return new EventRules(config, Configs.of(VisitorsConfig.class), DUPLICATE, InstantSource.fixed(now));
    }

    @Test
    void shouldStayIntactThroughEverythingThatTheBoxDoes() {
        fill();
        done(store.events()
                .attendance()
                .correct(new CorrectAttendance(
                        UUID.randomUUID(), Kind.VOIDED, 2L, null, null, null, "desk", "a mistake", patient())));
        done(rename("Anna", "Annette", false));
        assertIntact(9, 0, 7, 0);

        done(rename("Annette", "Ben", true));
        assertIntact(9, 0, 7, 0);

        done(delete("Ben"));
        assertIntact(9, 0, 7, 7);
        reopen();
        fill();
        assertIntact(18, 0, 13, 7);
    }

    @Test
    void shouldKeepNumbersOfNobodyWhereConfigured() {
        onDeletion = OnDeletion.ANONYMISE;
        reopen();
        fill();

        done(delete("Anna"));

        assertIntact(9, 0, 6, 0);
        assertThat(number("SELECT count(*) FROM attendance WHERE person_id IS NULL"))
                .isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(OnDeletion.class)
    void shouldStayIntactWhateverBecomesOfTheAttendance(OnDeletion chosen) {
        fill();
        done(store.events()
                .attendance()
                .correct(new CorrectAttendance(
                        UUID.randomUUID(), Kind.VOIDED, 1L, null, null, null, "desk", "Anna says", patient())));

        done(store.changes().delete(new DeletePerson(label("Anna"), chosen, patient())));

        int ofAnna = switch (chosen) {
            case KEEP -> 0;
            case ANONYMISE -> 1;
            case DELETE -> 4;
        };
        assertIntact(9, 0, 7, ofAnna);
        assertThat(number("SELECT count(*) FROM event WHERE person_id = 1")).isZero();
        assertThat(number("SELECT count(*) FROM attendance WHERE person_id IS NULL"))
                .isEqualTo(chosen == OnDeletion.KEEP ? 0 : 4);
        assertThat(
                        number(
                                "SELECT count(*) FROM attendance WHERE opened_text(reason, 'attendance.reason', sequence) = 'Anna says'"))
                .isEqualTo(chosen == OnDeletion.KEEP ? 1 : 0);
        reopen();
        assertIntact(9, 0, 7, ofAnna);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE event SET at = at - 3600000 WHERE sequence = 4",
                "UPDATE event SET verdict = 'GRANTED', rule = 'schedule' WHERE sequence = 3",
                "UPDATE event SET person_id = 2 WHERE sequence = 4",
                "UPDATE event SET person_id = NULL WHERE sequence = 4",
                "UPDATE event SET erased = digest, id = NULL, at = NULL WHERE sequence = 4",
                "DELETE FROM event WHERE sequence = 4",
                "DELETE FROM event WHERE sequence = 9",
                "DELETE FROM event WHERE sequence = 1",
                "DELETE FROM event",
                "DELETE FROM ledger",
                "UPDATE ledger SET head_sequence = 8, head_chain = (SELECT chain FROM event WHERE sequence = 8) WHERE name = 'event'",
                "INSERT INTO event (sequence, id, kind, at, camera, door, direction, verdict, rule, detail, facts, person_id, person_seal,"
                        + " digest, chain, erased) SELECT 10, 'x', kind, at, camera, door, direction, verdict, rule, detail, facts,"
                        + " person_id, person_seal, digest, chain, erased FROM event WHERE sequence = 9",
                "UPDATE event SET facts = (SELECT facts FROM event WHERE sequence = 5) WHERE sequence = 4",
                "UPDATE event SET detail = zeroblob(40) WHERE sequence = 4",
                "UPDATE attendance SET reason = zeroblob(40) WHERE sequence = 6",
                "UPDATE attendance SET at = at - 3600000 WHERE sequence = 1",
                "UPDATE attendance SET person_id = 2 WHERE sequence = 1",
                "DELETE FROM attendance WHERE sequence = 2",
            })
    void shouldFindWhatSomebodyElseDid(String sql) {
        fill();
        assertIntact(9, 0, 6, 0);
        List<String> triggers = texts("SELECT name FROM sqlite_schema WHERE type = 'trigger'");
        triggers.forEach(trigger -> sql("DROP TRIGGER " + trigger));

        sql(sql);

        assertThat(check().intact()).isFalse();
    }

    @Test
    void shouldNotStartWithoutTheKeyOfItsLog() throws Exception {
        fill();
        var key = database().resolveSibling("lintel.db.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        byte[] right = Files.readAllBytes(key);
        assertThat(right).hasSize(32);
        String mark = StoreKeys.logFingerprint(config()).orElseThrow();
        await(store.close());

        Files.delete(key);
        assertThatThrownBy(this::reopenClosed)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("lintel.db.key beside the database, is missing: put back its backup")
                .hasMessageContaining(mark)
                .hasMessageContaining("lintel renew-key log");
        assertThat(key).as("none is made in silence").doesNotExist();

        Files.write(key, Seals.fresh());
        assertThatThrownBy(this::reopenClosed)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is another one")
                .hasMessageContaining("not " + mark);

        Files.writeString(key, "short");
        assertThatThrownBy(this::reopenClosed)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is damaged");

        Files.write(key, right);
        reopenClosed();
        assertIntact(9, 0, 6, 0);
    }

    @Test
    void shouldKnowTheRightKeyOfALogFromBeforeThereWereMarks() throws Exception {
        fill();
        var key = database().resolveSibling("lintel.db.key");
        byte[] right = Files.readAllBytes(key);
        sql("DELETE FROM key_mark");
        await(store.close());

        Files.write(key, Seals.fresh());
        assertThatThrownBy(this::reopenClosed).hasMessageContaining("is another one");
        Files.write(key, right);
        reopenClosed();
        assertThat(texts("SELECT fingerprint FROM key_mark WHERE name = 'log'"))
                .containsExactly(StoreKeys.logFingerprint(config()).orElseThrow());
    }

    @Test
    void shouldSealEverythingAnewForWhoLostTheKey() throws Exception {
        fill();
        now = Events.MORNING.plus(Duration.ofDays(32));
        reopen();
        await(store.events().retention().purge());
        LogCheck before = check();
        assertThat(before.intact()).isTrue();
        await(store.close());
        Files.delete(database().resolveSibling("lintel.db.key"));

        String mark = KeyRenewal.log(config());

        reopenClosed();
        assertThat(StoreKeys.logFingerprint(config())).contains(mark);
        LogCheck after = check();
        assertThat(after.intact()).isTrue();
        for (int book = 0; book < 2; book++) {
            assertThat(after.books().get(book).entries())
                    .isEqualTo(before.books().get(book).entries());
            assertThat(after.books().get(book).erased())
                    .isEqualTo(before.books().get(book).erased());
        }
        assertThat(texts("SELECT name FROM sqlite_schema WHERE type = 'trigger'"))
                .contains("event_keeps_its_place", "attendance_stays");
        record(Events.denied(now));
        assertThat(check().intact()).isTrue();
    }

    @Test
    void shouldNotStartWithoutTheKeyOfPinsThatAreSet() throws Exception {
        enrolled("Anna", face(1));
        var key = database().resolveSibling("lintel.db.pin-key");
        await(store.close());
        Files.delete(key);
        reopenClosed();
        assertThat(key).as("nothing depends on it yet").exists();
        done(store.access()
                .set(new SetAccess(
                        label("Anna"),
                        AccessRights.NONE_SET,
                        Pin.parse("482915").fold(pin -> pin, refusal -> null),
                        patient())));
        await(store.close());
        byte[] right = Files.readAllBytes(key);

        Files.delete(key);
        assertThatThrownBy(this::reopenClosed)
                .hasMessageContaining("lintel.db.pin-key beside the database, is missing")
                .hasMessageContaining("lintel renew-key pins");
        Files.write(key, Seals.fresh());
        assertThatThrownBy(this::reopenClosed).hasMessageContaining("is another one");

        KeyRenewal.pins(config());
        reopenClosed();
        assertThat(number("SELECT count(*) FROM access WHERE pin_hash IS NOT NULL"))
                .isZero();
        assertThat(Files.readAllBytes(key)).isNotEqualTo(right);
    }

    /** {@code sudo lintel renew-key} on a box that runs as a user of its own. */
    @Test
    void shouldLeaveWhatRootMadeToTheOwnerOfTheFolder() throws Exception {
        assumeThat(System.getProperty("user.name")).isEqualTo("root");
        await(store.close());
        Path folder = config().database().getParent();
        UserPrincipal nobody =
                folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        Files.setOwner(folder, nobody);

        KeyRenewal.log(config());
        KeyRenewal.pins(config());
        KeyRenewal.data(config(), MasterKey.FILE);

        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                assertThat(Files.getOwner(file)).as(file.toString()).isEqualTo(nobody);
            }
        }
        reopenClosed();
    }

    @Test
    void shouldPurgeWhatIsOldAndNothingElse() {
        enrolled("Anna", face(1));
        for (int day = 0; day < 5; day++) {
            record(Events.granted("Anna", Events.MORNING.plus(DAY.multipliedBy(day))));
        }
        record(Events.granted("Anna", Events.MORNING.plus(DAY.multipliedBy(400))));
        record(Events.granted("Anna", Events.MORNING.plus(DAY)));
        now = Events.MORNING.plus(Duration.ofDays(32));
        reopen();

        assertThat(await(store.events().retention().purge())).isEqualTo(new Retention.Purged(3, 0));

        assertThat(events())
                .extracting(recorded -> recorded.event().at())
                .containsExactlyInAnyOrder(
                        Events.MORNING.plus(DAY.multipliedBy(2)),
                        Events.MORNING.plus(DAY.multipliedBy(3)),
                        Events.MORNING.plus(DAY.multipliedBy(4)),
                        Events.MORNING.plus(DAY.multipliedBy(400)));
        assertThat(number("SELECT count(*) FROM event"))
                .as("the emptied one in the middle stays")
                .isEqualTo(5);
        assertIntact(5, 1, 7, 0);

        now = Events.MORNING.plus(Duration.ofDays(70));
        reopen();
        assertThat(await(store.events().retention().purge())).isEqualTo(new Retention.Purged(3, 6));
        assertThat(record(Events.denied(now)).sequence()).isEqualTo(8);
        assertIntact(3, 1, 2, 1);
        assertThat(await(store.events().retention().purge())).isEqualTo(new Retention.Purged(0, 0));
    }

    @Test
    void shouldForgetTheNameWithTheLastAttendanceThatWasKept() {
        enrolled("Anna", face(1));
        record(Events.granted("Anna", Events.MORNING));
        record(Events.granted("Anna", Events.MORNING.plus(DAY.multipliedBy(30))));
        done(store.changes().delete(new DeletePerson(label("Anna"), OnDeletion.KEEP, patient())));

        now = Events.MORNING.plus(DAY.multipliedBy(61));
        reopen();
        assertThat(await(store.events().retention().purge()).attendance()).isEqualTo(1);
        assertThat(texts("SELECT opened_text(label, 'former_person.label', person_id) FROM former_person"))
                .containsExactly("Anna");

        now = Events.MORNING.plus(DAY.multipliedBy(91));
        reopen();
        assertThat(await(store.events().retention().purge()).attendance()).isEqualTo(1);
        assertThat(number("SELECT count(*) FROM former_person")).isZero();
        assertThat(number("SELECT count(*) FROM person")).isZero();
    }

    @Test
    void shouldPurgeManyInPortions() {
        for (int i = 0; i < 1201; i++) {
            record(Events.denied(Events.MORNING.plusSeconds(i)));
        }
        now = Events.MORNING.plus(Duration.ofDays(30)).plusSeconds(1200);
        reopen();

        assertThat(await(store.events().retention().purge()).events()).isEqualTo(1200);
        assertIntact(1, 0, 0, 0);
    }

    @Test
    void shouldListNewestFirstByPageAndFilter() {
        fill();

        var first = done(store.events().list(new ListEvents(EventFilter.none(), Long.MAX_VALUE, 5, patient())));
        assertThat(first.events()).extracting(Recorded::sequence).containsExactly(9L, 8L, 7L, 6L, 5L);
        assertThat(first.more()).isTrue();
        assertThat(done(store.events().list(new ListEvents(EventFilter.none(), 5, 5, patient())))
                        .more())
                .isFalse();
        assertThat(filtered(new EventFilter(
                        null, null, DoorEvent.Kind.DECISION, Decision.Verdict.GRANTED, label("Anna"), null, null)))
                .containsExactly(7L, 4L, 1L);
        assertThat(filtered(new EventFilter(
                        "main",
                        "front",
                        null,
                        null,
                        null,
                        Events.MORNING.plusSeconds(1),
                        Events.MORNING.plusSeconds(2))))
                .containsExactly(6L, 5L, 4L);
        assertThat(filtered(new EventFilter("back", null, null, null, null, null, null)))
                .isEmpty();
        assertThat(filtered(new EventFilter(null, null, null, Decision.Verdict.DENIED, null, null, null)))
                .containsExactly(9L, 6L, 3L);
    }

    private List<Long> filtered(EventFilter filter) {
        return done(store.events().list(new ListEvents(filter, Long.MAX_VALUE, 100, patient()))).events().stream()
                .map(Recorded::sequence)
                .toList();
    }

    /** Nine events of Anna, Ben and a stranger; six entries of attendance. */
    private void fill() {
        enrolled("Anna", face(1));
        enrolled("Ben", face(2));
        for (int i = 0; i < 3; i++) {
            record(Events.granted("Anna", Events.MORNING.plusSeconds(i)));
            record(Events.granted("Ben", Events.MORNING.plusSeconds(i)));
            record(Events.denied(Events.MORNING.plusSeconds(i)));
        }
    }

    private Recorded record(DoorEvent event) {
        return done(store.events().record(new RecordEvent(event, patient()), recorded -> {}));
    }

    private List<Recorded> events() {
        return done(store.events().list(new ListEvents(EventFilter.none(), Long.MAX_VALUE, 100, patient())))
                .events();
    }

    private LogCheck check() {
        return done(store.events().verification().verify(new VerifyLog(patient())));
    }

    private void assertIntact(long events, long erased, long entries, long erasedEntries) {
        assertThat(check())
                .isEqualTo(new LogCheck(List.of(
                        new LogCheck.Book("event", events, erased, 0, List.of()),
                        new LogCheck.Book("attendance", entries, erasedEntries, 0, List.of()))));
    }

    private void reopenClosed() {
        store = await(open(MODEL));
    }
}

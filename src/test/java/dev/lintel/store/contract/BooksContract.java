package dev.lintel.store.contract;

import static dev.lintel.store.contract.StoreContract.label;
import static dev.lintel.store.contract.StoreContract.patient;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lintel.access.AttendanceEntry;
import dev.lintel.access.AttendanceEntry.Kind;
import dev.lintel.access.Decision;
import dev.lintel.access.Direction;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.GalleryDump;
import dev.lintel.access.LogCheck;
import dev.lintel.access.PersonData;
import dev.lintel.access.Reason;
import dev.lintel.access.Recorded;
import dev.lintel.face.Label;
import dev.lintel.face.Refusal.Code;
import dev.lintel.messages.AttendanceMessages;
import dev.lintel.messages.AttendanceMessages.AttendanceEntries;
import dev.lintel.messages.AttendanceMessages.CorrectAttendance;
import dev.lintel.messages.AttendanceMessages.ReadAttendance;
import dev.lintel.messages.EventMessages;
import dev.lintel.messages.EventMessages.RecordEvent;
import dev.lintel.messages.EventMessages.VerifyLog;
import dev.lintel.messages.PeopleMessages;
import dev.lintel.messages.PeopleMessages.CollectPersonData;
import dev.lintel.testkit.FakeFaces;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The attendance book that follows from the log, its corrections, the check of both, and all about one person. */
public interface BooksContract extends StoreContract {
    Instant THEN = Instant.now().minus(Duration.ofHours(3)).truncatedTo(ChronoUnit.MILLIS);

    private DoorEvent decided(String person, Decision.Verdict verdict) {
        Decision decision = new Decision(
                UUID.randomUUID(),
                "main",
                THEN,
                verdict,
                label(person),
                null,
                "schedule",
                List.of(new Reason("within the hours")));
        done(EventMessages.RECORD, new RecordEvent(DoorEvent.of(decision), patient()));
        return DoorEvent.of(decision);
    }

    private AttendanceEntries read(Instant from, Instant to, Label person) {
        return done(AttendanceMessages.READ, new ReadAttendance(from, to, person, patient()));
    }

    private AttendanceEntries readAll() {
        return read(THEN, THEN.plus(Duration.ofHours(1)), null);
    }

    private static CorrectAttendance correction(Kind kind, Long target, String person, Instant at) {
        return new CorrectAttendance(
                UUID.randomUUID(),
                kind,
                target,
                person == null ? null : label(person),
                at,
                kind == Kind.VOIDED ? null : Direction.OUT,
                "office",
                " forgotten ",
                patient());
    }

    @Test
    default void shouldCountThoseWhoAreEnrolledAndWereLetIn() {
        enrol("Anna", "anna1");
        DoorEvent came = decided("Anna", Decision.Verdict.GRANTED);
        decided("Anna", Decision.Verdict.DENIED);
        decided("Zoe", Decision.Verdict.GRANTED);

        AttendanceEntries book = readAll();

        assertThat(book.enrolled()).containsOnlyKeys(label("Anna"));
        assertThat(book.entries()).singleElement().satisfies(entry -> {
            assertThat(entry.kind()).isEqualTo(Kind.SEEN);
            assertThat(entry.id()).isEqualTo(came.id());
            assertThat(entry.person()).isEqualTo(label("Anna"));
            assertThat(entry.at()).isEqualTo(THEN);
            assertThat(entry.door()).isEqualTo("main");
            assertThat(entry.author()).isNull();
        });
        assertThat(read(THEN.plusMillis(1), THEN.plus(Duration.ofHours(1)), null)
                        .entries())
                .as("from is inclusive")
                .isEmpty();
        assertThat(read(THEN.minusSeconds(1), THEN, null).entries())
                .as("to is exclusive")
                .isEmpty();
        assertRefused(
                Code.UNKNOWN_PERSON,
                AttendanceMessages.READ,
                new ReadAttendance(THEN, THEN.plusSeconds(1), label("Zoe"), patient()));
    }

    @Test
    default void shouldKeepACorrectionBesideWhatItCorrects() {
        enrol("Anna", "anna1");
        enrol("Ben", "ben1");
        decided("Anna", Decision.Verdict.GRANTED);
        AttendanceEntry seen = readAll().entries().get(0);
        CorrectAttendance asked = correction(Kind.REPLACED, seen.sequence(), null, THEN.plusSeconds(60));

        AttendanceEntry replaced = done(AttendanceMessages.CORRECT, asked);
        AttendanceEntry added =
                done(AttendanceMessages.CORRECT, correction(Kind.ADDED, null, "Ben", THEN.plusSeconds(90)));
        AttendanceEntry voided =
                done(AttendanceMessages.CORRECT, correction(Kind.VOIDED, replaced.sequence(), null, null));

        assertThat(replaced.person()).isEqualTo(label("Anna"));
        assertThat(replaced.at()).isEqualTo(THEN.plusSeconds(60));
        assertThat(replaced.direction()).isEqualTo(Direction.OUT);
        assertThat(replaced.door()).isEqualTo("main");
        assertThat(replaced.author()).isEqualTo("office");
        assertThat(replaced.reason()).isEqualTo("forgotten");
        assertThat(voided.at()).isEqualTo(replaced.at());
        assertThat(voided.direction()).isEqualTo(Direction.OUT);
        assertThat(readAll().entries())
                .extracting(AttendanceEntry::sequence)
                .containsExactly(seen.sequence(), replaced.sequence(), added.sequence(), voided.sequence());
        assertThat(done(AttendanceMessages.CORRECT, asked)).as("the same id").isEqualTo(replaced);
        assertThat(read(THEN, THEN.plusSeconds(1), label("Ben")).entries())
                .as("a correction may be about any day")
                .extracting(AttendanceEntry::sequence)
                .containsExactly(added.sequence());
    }

    @Test
    default void shouldRefuseCorrectionsOfWhatIsNotThere() {
        enrol("Anna", "anna1");
        decided("Anna", Decision.Verdict.GRANTED);
        long seen = readAll().entries().get(0).sequence();
        AttendanceEntry voided = done(AttendanceMessages.CORRECT, correction(Kind.VOIDED, seen, null, null));

        assertRefused(Code.ALREADY_CORRECTED, AttendanceMessages.CORRECT, correction(Kind.VOIDED, seen, null, null));
        assertRefused(
                Code.UNKNOWN_ENTRY,
                AttendanceMessages.CORRECT,
                correction(Kind.REPLACED, voided.sequence(), null, THEN));
        assertRefused(Code.UNKNOWN_ENTRY, AttendanceMessages.CORRECT, correction(Kind.VOIDED, 999L, null, null));
        assertRefused(Code.UNKNOWN_PERSON, AttendanceMessages.CORRECT, correction(Kind.ADDED, null, "Zoe", THEN));
        assertRefused(Code.INVALID_REQUEST, AttendanceMessages.CORRECT, correction(Kind.SEEN, null, "Anna", THEN));
        assertRefused(
                Code.INVALID_REQUEST,
                AttendanceMessages.CORRECT,
                correction(Kind.ADDED, null, "Anna", Instant.now().plus(Duration.ofHours(1))));
        assertThat(readAll().entries()).hasSize(2);
    }

    @Test
    default void shouldFindNothingWrongWhereNobodyTouchedAnything() {
        enrol("Anna", "anna1");
        decided("Anna", Decision.Verdict.GRANTED);
        decided("Anna", Decision.Verdict.DENIED);

        LogCheck check = done(EventMessages.VERIFY, new VerifyLog(patient()));

        assertThat(check.intact()).isTrue();
        assertThat(check.books())
                .extracting(LogCheck.Book::name, LogCheck.Book::entries, LogCheck.Book::wrong)
                .containsExactly(tuple("event", 2L, 0L), tuple("attendance", 1L, 0L));
    }

    @Test
    default void shouldCollectAllAboutOnePersonAndNothingAboutAnother() {
        enrol("Anna", "anna1", "anna2");
        enrol("Ben", "ben1");
        DoorEvent denied = decided("Anna", Decision.Verdict.DENIED);
        decided("Ben", Decision.Verdict.GRANTED);
        DoorEvent came = decided("Anna", Decision.Verdict.GRANTED);

        PersonData data = done(PeopleMessages.PERSON_DATA, new CollectPersonData(label("Anna"), patient()));

        assertThat(data.person().label()).isEqualTo(label("Anna"));
        assertThat(data.templates())
                .extracting(GalleryDump.Entry::embedding)
                .containsExactly(FakeFaces.embeddingOf("anna1"), FakeFaces.embeddingOf("anna2"));
        assertThat(data.events())
                .extracting(Recorded::event)
                .extracting(DoorEvent::id)
                .containsExactly(denied.id(), came.id());
        assertThat(data.attendance()).extracting(AttendanceEntry::id).containsExactly(came.id());
        assertRefused(Code.UNKNOWN_PERSON, PeopleMessages.PERSON_DATA, new CollectPersonData(label("Zoe"), patient()));
    }
}

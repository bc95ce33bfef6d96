package dev.lintel.testkit;

import dev.lintel.access.AccessRights;
import dev.lintel.access.AttendanceEntry;
import dev.lintel.access.Decision;
import dev.lintel.access.Direction;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.Enrolled;
import dev.lintel.access.GalleryDump;
import dev.lintel.access.LiveProof;
import dev.lintel.access.LogCheck;
import dev.lintel.access.PersonData;
import dev.lintel.access.Reason;
import dev.lintel.access.Recorded;
import dev.lintel.access.Sighting;
import dev.lintel.bus.Bus;
import dev.lintel.face.Candidate;
import dev.lintel.face.Embedding;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.face.Person;
import dev.lintel.messages.AttendanceMessages;
import dev.lintel.messages.AttendanceMessages.AttendanceEntries;
import dev.lintel.messages.AttendanceMessages.CorrectAttendance;
import dev.lintel.messages.EventMessages;
import dev.lintel.messages.PeopleMessages;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The books of one morning, always the same, whatever is asked: Anna comes, somebody unknown does not, the door opens. No
 * store: it has no memory, only answers of the right form.
 */
public final class FakeLedger {
    public static final Instant MORNING = Instant.parse("2026-11-24T07:00:00Z");
    private static final Label ANNA = Label.of("Anna");
    private static final UUID ID = new UUID(1, 1);
    private static final AttendanceEntry ENTRY = new AttendanceEntry(
            1, ID, AttendanceEntry.Kind.SEEN, ANNA, MORNING, Direction.IN, "front", "main", null, null, MORNING, null);

    private FakeLedger() {}

    static Future<?> serve(Bus bus) {
        return Future.all(
                bus.serve(
                        AttendanceMessages.READ,
                        q -> done(new AttendanceEntries(
                                List.of(ENTRY), Map.of(ANNA, new Enrolled(MORNING, null, List.of()))))),
                bus.serve(AttendanceMessages.CORRECT, q -> done(correction(q))),
                bus.serve(
                        EventMessages.VERIFY,
                        q -> done(new LogCheck(List.of(
                                new LogCheck.Book("event", 3, 1, 1, List.of(new LogCheck.Finding(2, "was changed"))),
                                new LogCheck.Book("attendance", 1, 0, 0, List.of()))))),
                bus.serve(
                        PeopleMessages.PERSON_DATA,
                        q -> done(new PersonData(
                                new Person(q.label(), MORNING, MORNING, List.of()),
                                List.of(new GalleryDump.Entry(
                                        q.label(), MORNING, 0.5, new Embedding(FakeFaces.MODEL, new float[] {1, 2, 3
                                        }))),
                                AccessRights.NONE_SET,
                                events(),
                                List.of(ENTRY)))));
    }

    /** Newest first. */
    public static List<Recorded> events() {
        DoorEvent anna = decided(ID, ANNA, Sighting.Identity.KNOWN, Decision.Verdict.GRANTED);
        DoorEvent stranger = decided(new UUID(1, 2), null, Sighting.Identity.UNKNOWN, Decision.Verdict.DENIED);
        DoorEvent opened = DoorEvent.following(
                ID, anna.visit(), DoorEvent.Kind.DOOR_OPENED, MORNING, "main", "the door was opened");
        return List.of(new Recorded(3, false, opened), new Recorded(2, false, stranger), new Recorded(1, false, anna));
    }

    private static DoorEvent decided(UUID id, Label person, Sighting.Identity identity, Decision.Verdict verdict) {
        Sighting sighting = new Sighting(
                id,
                id,
                "front",
                Direction.IN,
                MORNING,
                person == null ? null : MORNING,
                MORNING,
                9,
                3,
                identity,
                person == null ? null : new Candidate(person, 0.8),
                0.3,
                0.55,
                person == null ? Double.NaN : 0.2,
                new LiveProof(
                        LiveProof.State.LIVE,
                        0.9,
                        List.of(Reason.of("live-score", 0.9, 0.75), Reason.found("depth", "percent", 5))),
                null,
                FakeFaces.MODEL);
        return DoorEvent.of(new Decision(id, "main", MORNING, verdict, person, sighting, "schedule", "explained"));
    }

    private static AttendanceEntry correction(CorrectAttendance q) {
        return new AttendanceEntry(
                2,
                q.id(),
                q.kind(),
                q.person() == null ? ANNA : q.person(),
                q.at() == null ? MORNING : q.at(),
                q.direction() == null ? Direction.IN : q.direction(),
                null,
                null,
                q.target(),
                q.author(),
                MORNING,
                q.reason());
    }

    private static <R> Future<Outcome<R>> done(R answer) {
        return Future.succeededFuture(Outcome.done(answer));
    }
}

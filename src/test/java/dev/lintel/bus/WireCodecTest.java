package dev.lintel.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.lintel.access.AccessRights;
import dev.lintel.access.AttendanceEntry;
import dev.lintel.access.Decision;
import dev.lintel.access.Direction;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.DoorMode;
import dev.lintel.access.DoorStatus;
import dev.lintel.access.LiveProof;
import dev.lintel.access.ModeSetting;
import dev.lintel.access.Pin;
import dev.lintel.access.Sighting;
import dev.lintel.face.Candidate;
import dev.lintel.face.Deadline;
import dev.lintel.face.Embedding;
import dev.lintel.face.EncodedImage;
import dev.lintel.face.FaceBox;
import dev.lintel.face.FaceCrop;
import dev.lintel.face.Label;
import dev.lintel.face.Landmarks;
import dev.lintel.face.Landmarks.Point;
import dev.lintel.face.Liveness;
import dev.lintel.face.Outcome;
import dev.lintel.face.Person;
import dev.lintel.face.Quality;
import dev.lintel.face.Refusal;
import dev.lintel.face.ScreenedFace;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WireCodecTest {
    private static final Deadline DEADLINE = Deadline.after(Duration.ofHours(1));
    private static final Label ANNA = Label.of("Anna");
    private static final Embedding VECTOR = new Embedding("m", new float[] {1, 2, 3});
    private static final Instant THEN = Instant.parse("2026-01-02T03:04:05Z");
    private static final GalleryDump DUMP = new GalleryDump(List.of(new GalleryDump.Entry(ANNA, THEN, 0.5, VECTOR)));
    private static final AttendanceEntry ENTRY = new AttendanceEntry(
            4,
            new UUID(3, 4),
            AttendanceEntry.Kind.SEEN,
            ANNA,
            THEN,
            Direction.IN,
            "front",
            "main",
            null,
            null,
            THEN,
            null);
    private final WireCodec codec = new WireCodec();

    /** One of each message, question or answer. */
    static Stream<Serializable> messages() {
        Point p = new Point(1, 2);
        FaceBox box = new FaceBox(1, 2, 3, 4);
        Quality quality =
                new Quality(0.5, 100, 1, 2, 3, 4, 5, 6, List.of(new Quality.Issue(Quality.Kind.BLURRED, 1, 2)));
        Liveness liveness = new Liveness(List.of(new Liveness.Check("saturation", 0.1, 0.25, true)));
        FaceCrop crop = new FaceCrop(2, new byte[12]);
        ScreenedFace face = new ScreenedFace(box, new Landmarks(p, p, p, p, p), 0.9, quality, liveness, crop);
        Candidate candidate = new Candidate(ANNA, 0.7);
        UUID id = new UUID(1, 2);
        Sighting sighting = new Sighting(
                id,
                "front",
                Direction.IN,
                THEN,
                THEN,
                THEN,
                9,
                3,
                Sighting.Identity.KNOWN,
                candidate,
                0.4,
                0.55,
                0.2,
                new LiveProof(LiveProof.State.LIVE, 0.9, List.of("moved")),
                VECTOR,
                "m");
        DoorEvent event = DoorEvent.of(new Decision(
                id, "main", THEN, Decision.Verdict.GRANTED, ANNA, sighting, "schedule", "within its hours"));
        Pin pin = Pin.parse("1234").fold(p1 -> p1, refusal -> null);
        AccessRights rights = new AccessRights(List.of("staff"), THEN, null, true);
        ModeSetting mode = new ModeSetting(DoorMode.LOCK_DOWN, THEN);
        return Stream.of(
                new GetAccess(ANNA, DEADLINE),
                new SetAccess(ANNA, rights, pin, DEADLINE),
                new ClearPin(ANNA, DEADLINE),
                new CheckPin(ANNA, pin, DEADLINE),
                new SaveDoorMode("main", mode, DEADLINE),
                new LoadDoorModes(DEADLINE),
                new DoorModes(Map.of("main", mode)),
                new EnterPin("main", null, pin, DEADLINE),
                new UnlockDoor("main", "desk", DEADLINE),
                new SetDoorMode("main", mode, "desk", DEADLINE),
                new ReportSensor("main", true, DEADLINE),
                new ListDoors(DEADLINE),
                new DoorList(List.of(new DoorStatus(
                        "main",
                        mode,
                        DoorStatus.LockState.LOCKED,
                        DoorStatus.Sensor.OPEN,
                        THEN,
                        true,
                        event.decision()))),
                new PublishMqtt("door/main", "UNLOCK", 1, false, DEADLINE),
                new DecideSighting(sighting, DEADLINE),
                new RecordEvent(event, DEADLINE),
                new Recorded(5, true, event),
                new ListEvents(
                        new EventFilter(
                                "main", null, DoorEvent.Kind.DECISION, Decision.Verdict.GRANTED, ANNA, THEN, THEN),
                        9,
                        5,
                        DEADLINE),
                EventFilter.none(),
                new EventPage(List.of(new Recorded(5, false, event)), true),
                new ReadAttendance(THEN, THEN, null, DEADLINE),
                new AttendanceEntries(List.of(ENTRY), Map.of(ANNA, THEN)),
                new CorrectAttendance(
                        id,
                        AttendanceEntry.Kind.ADDED,
                        null,
                        ANNA,
                        THEN,
                        Direction.OUT,
                        "desk",
                        "forgot to look",
                        DEADLINE),
                new VerifyLog(DEADLINE),
                new LogCheck(
                        List.of(new LogCheck.Book("event", 9, 1, 1, List.of(new LogCheck.Finding(3, "was changed"))))),
                new CollectPersonData(ANNA, DEADLINE),
                new PersonData(
                        new Person(ANNA, THEN, THEN, List.of()),
                        DUMP.entries(),
                        rights,
                        List.of(new Recorded(5, false, event)),
                        List.of(ENTRY)),
                new LiveView("front", THEN, 640, 480, List.of(new LiveView.Face(id, box, ANNA, "known", "live"))),
                new ListCameras(DEADLINE),
                new CameraStates(List.of(new CameraState(
                        "front", "main", Direction.IN, CameraState.State.LIVE, THEN, "", 640, 480, 25, 100, 3, true))),
                new CameraState(
                        "back", null, Direction.OUT, CameraState.State.LOST, THEN, "unplugged", 0, 0, 0, 0, 0, false),
                new GetPicture("front", 7, DEADLINE),
                new CameraPicture("front", 8, THEN, new EncodedImage(new byte[] {1})),
                new SetTargets(List.of("ha"), DEADLINE),
                new TakeDeliveries("ha", 10, DEADLINE),
                new Deliveries("ha", List.of(new Recorded(5, true, event))),
                new SettleDeliveries("ha", 5, DEADLINE),
                new FollowEvents(4, 10, DEADLINE),
                new FollowedEvents(List.of(new Recorded(5, true, event))),
                new OutboxStatus(DEADLINE),
                new Outbox(List.of(new Outbox.Backlog("ha", 1, THEN))),
                new PersonForgotten(ANNA),
                new ScreenImage(new EncodedImage(new byte[] {1}), DEADLINE),
                new Screening(10, 20, 90, List.of(face)),
                new EmbedFaces(List.of(crop), DEADLINE),
                new EmbeddedFaces(List.of(VECTOR)),
                new MatchFaces(List.of(VECTOR), 3, DEADLINE),
                new Matches(List.of(List.of(candidate), List.of()), 7),
                new MatchPerson(ANNA, VECTOR, DEADLINE),
                new EnrolTemplates(ANNA, List.of(new EnrolTemplates.NewTemplate(VECTOR, 0.5)), 0.6, true, DEADLINE),
                new Enrolment(ANNA, 2, List.of(new Enrolment.Result(7, null), new Enrolment.Result(0, candidate))),
                new ListPeople("", 10, DEADLINE),
                new PeoplePage(List.of(new Person.Summary(ANNA, 2, THEN, THEN)), 1, false),
                new GetPerson(ANNA, DEADLINE),
                new RenamePerson(ANNA, Label.of("Bo"), true, DEADLINE),
                new DeletePerson(ANNA, DEADLINE),
                new DeleteTemplate(ANNA, 4, DEADLINE),
                new Deletion(ANNA, 1, 0),
                new ExportGallery(DEADLINE),
                DUMP,
                new ImportGallery(DUMP, DEADLINE),
                new ImportResult(1, 2, 3),
                new ListVisitors(false, DEADLINE),
                new Visitors(
                        Duration.ofHours(72),
                        List.of(new VisitorGroup(5, false, 3, 2, THEN, THEN, List.of("front"), THEN))),
                new VisitorGroup(5, true, 0, 0, THEN, THEN, List.of(), THEN),
                new AssignVisitors(5, ANNA, 0.6, true, false, DEADLINE),
                new IgnoreVisitors(5, DEADLINE),
                new ForgetVisitors(5, DEADLINE),
                new VisitorsForgotten(5, 3),
                new StoreStatus(DEADLINE),
                new StoreHealth(true, 1, 2, 2, 4096, 1 << 30),
                Outcome.done(new Person(ANNA, THEN, THEN, List.of(new Person.Template(1, "m", THEN, 0.9)))),
                Outcome.refused(new Refusal(Refusal.Code.SEVERAL_FACES, "two", List.of(box))));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void shouldCarryEveryMessageOverTheWire(Serializable message) {
        Buffer wire = Buffer.buffer("before");
        codec.encodeToWire(wire, message);

        Serializable back = codec.decodeFromWire(6, wire);

        assertThat(back).usingRecursiveComparison().isEqualTo(message);
    }

    @Test
    void shouldKnowEveryMessageOfThePackage() {
        Set<String> tested = messages().map(m -> m.getClass().getSimpleName()).collect(Collectors.toSet());

        Set<String> messages = new ClassFileImporter()
                .importPath(Path.of("target/classes/dev/lintel/bus")).stream()
                        .filter(c -> c.isTopLevelClass() && c.isAssignableTo(Serializable.class) && !c.isInterface())
                        .map(JavaClass::getSimpleName)
                        .collect(Collectors.toSet());

        assertThat(messages).isNotEmpty();
        assertThat(tested).containsAll(messages);
    }

    @Test
    void shouldPassTheSameInstanceInsideTheJvm() {
        assertThat(codec.transform(DUMP)).isSameAs(DUMP);
    }

    @Test
    void shouldAdmitNoForeignTypeFromTheWire() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(new java.awt.Point(1, 2));
        }
        Buffer wire = Buffer.buffer().appendInt(bytes.size()).appendBytes(bytes.toByteArray());

        assertThatThrownBy(() -> codec.decodeFromWire(0, wire)).hasMessageContaining("REJECTED");
    }
}

package dev.lintel.bus;

import dev.lintel.access.AccessRights;
import dev.lintel.access.AttendanceEntry;
import dev.lintel.access.Decision;
import dev.lintel.access.DoorStatus;
import dev.lintel.face.Candidate;
import dev.lintel.face.Person;

/** The internal API of the box on one screen. */
public final class Addresses {
    /** Liveness worker: decode, detect, align, judge quality and liveness. */
    public static final Address<ScreenImage, Screening> SCREEN = new Address<>("face.screen");

    /** Embedding worker pool: crops to vectors. */
    public static final Address<EmbedFaces, EmbeddedFaces> EMBED = new Address<>("face.embed");

    /** Store: compare probes with the gallery. */
    public static final Address<MatchFaces, Matches> MATCH = new Address<>("store.match");

    /** Store: compare one probe with one person. */
    public static final Address<MatchPerson, Candidate> MATCH_PERSON = new Address<>("store.match-person");

    public static final Address<EnrolTemplates, Enrolment> ENROL = new Address<>("store.enrol");
    public static final Address<ListPeople, PeoplePage> LIST = new Address<>("store.list");
    public static final Address<GetPerson, Person> GET = new Address<>("store.get");
    public static final Address<RenamePerson, Person> RENAME = new Address<>("store.rename");
    public static final Address<DeletePerson, Deletion> DELETE = new Address<>("store.delete");
    public static final Address<DeleteTemplate, Deletion> DELETE_TEMPLATE = new Address<>("store.delete-template");

    /** Store: everything that is stored, vectors included, for a backup. */
    public static final Address<ExportGallery, GalleryDump> EXPORT = new Address<>("store.export");

    /** Store: a backup back, all or nothing. */
    public static final Address<ImportGallery, ImportResult> IMPORT = new Address<>("store.import");

    public static final Address<StoreStatus, StoreHealth> STATUS = new Address<>("store.status");

    /** Store: unknown people who were seen lately, in groups. */
    public static final Address<ListVisitors, Visitors> VISITORS = new Address<>("store.visitors");

    public static final Address<AssignVisitors, Enrolment> ASSIGN_VISITORS = new Address<>("store.assign-visitors");
    public static final Address<IgnoreVisitors, VisitorGroup> IGNORE_VISITORS = new Address<>("store.ignore-visitors");
    public static final Address<ForgetVisitors, VisitorsForgotten> FORGET_VISITORS =
            new Address<>("store.forget-visitors");

    /** Door: decide about a sighting, act, record. */
    public static final Address<DecideSighting, Decision> DECIDE = new Address<>("door.decide");

    public static final Address<EnterPin, Decision> ENTER_PIN = new Address<>("door.pin");
    public static final Address<UnlockDoor, Decision> UNLOCK_DOOR = new Address<>("door.unlock");
    public static final Address<SetDoorMode, DoorStatus> SET_DOOR_MODE = new Address<>("door.set-mode");
    public static final Address<ReportSensor, DoorStatus> REPORT_SENSOR = new Address<>("door.sensor");
    public static final Address<ListDoors, DoorList> LIST_DOORS = new Address<>("door.list");

    /** Store: who may pass when, and the PINs, which never leave it. */
    public static final Address<GetAccess, AccessRights> GET_ACCESS = new Address<>("store.get-access");

    public static final Address<SetAccess, AccessRights> SET_ACCESS = new Address<>("store.set-access");
    public static final Address<ClearPin, AccessRights> CLEAR_PIN = new Address<>("store.clear-pin");
    public static final Address<CheckPin, Boolean> CHECK_PIN = new Address<>("store.check-pin");
    public static final Address<SaveDoorMode, Boolean> SAVE_DOOR_MODE = new Address<>("store.save-door-mode");
    public static final Address<LoadDoorModes, DoorModes> LOAD_DOOR_MODES = new Address<>("store.load-door-modes");

    /** Delivery: to the MQTT broker; true once the broker has it as far as the quality of service says. */
    public static final Address<PublishMqtt, Boolean> MQTT_PUBLISH = new Address<>("delivery.mqtt-publish");

    /** Store: keep an event, with attendance and deliveries, in one transaction; then announce it. */
    public static final Address<RecordEvent, Recorded> RECORD = new Address<>("store.record");

    /** Cameras: how they are. */
    public static final Address<ListCameras, CameraStates> CAMERAS = new Address<>("camera.states");

    /** Cameras: the live picture of one. */
    public static final Address<GetPicture, CameraPicture> PICTURE = new Address<>("camera.picture");

    /** Store: the event log from some place on. */
    public static final Address<FollowEvents, FollowedEvents> FOLLOW = new Address<>("store.follow");

    /** Store: who is to be told of events. */
    public static final Address<SetTargets, Outbox> SET_TARGETS = new Address<>("store.set-targets");

    /** Store: what one target has not been told yet. */
    public static final Address<TakeDeliveries, Deliveries> TAKE_DELIVERIES = new Address<>("store.take-deliveries");

    /** Store: a target knows everything up to there. */
    public static final Address<SettleDeliveries, Outbox.Backlog> SETTLE_DELIVERIES =
            new Address<>("store.settle-deliveries");

    /** Store: how much waits for whom. */
    public static final Address<OutboxStatus, Outbox> OUTBOX = new Address<>("store.outbox");

    /** Store: the event log. */
    public static final Address<ListEvents, EventPage> EVENTS = new Address<>("store.events");

    /** Store: the attendance book, its corrections, and whether both are as the box wrote them. */
    public static final Address<ReadAttendance, AttendanceEntries> ATTENDANCE = new Address<>("store.attendance");

    public static final Address<CorrectAttendance, AttendanceEntry> CORRECT_ATTENDANCE =
            new Address<>("store.correct-attendance");
    public static final Address<VerifyLog, LogCheck> VERIFY_LOG = new Address<>("store.verify-log");

    /** Store: everything about one person. */
    public static final Address<CollectPersonData, PersonData> PERSON_DATA = new Address<>("store.person-data");

    private Addresses() {}
}

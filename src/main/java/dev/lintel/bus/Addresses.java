package dev.lintel.bus;

import dev.lintel.access.Decision;
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

  /** Door: decide about a sighting, act, record. */
  public static final Address<DecideSighting, Decision> DECIDE = new Address<>("door.decide");

  /** Store: keep an event, with attendance and deliveries, in one transaction; then announce it. */
  public static final Address<RecordEvent, Recorded> RECORD = new Address<>("store.record");

  /** Cameras: how they are. */
  public static final Address<ListCameras, CameraStates> CAMERAS = new Address<>("camera.states");

  /** Cameras: the live picture of one. */
  public static final Address<GetPicture, CameraPicture> PICTURE = new Address<>("camera.picture");

  private Addresses() {}
}

package dev.lintel.testkit;

import dev.lintel.access.ConsentConfig;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.PersonData;
import dev.lintel.access.Recorded;
import dev.lintel.backup.BackedUpBox;
import dev.lintel.backup.BackupConfig;
import dev.lintel.backup.BackupDesk;
import dev.lintel.backup.BackupVerticle;
import dev.lintel.backup.BoxFiles;
import dev.lintel.bus.Bus;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.messages.FaceMessages;
import dev.lintel.messages.FaceMessages.EmbeddedFaces;
import dev.lintel.messages.FaceMessages.ScreenImage;
import dev.lintel.messages.FaceMessages.Screening;
import dev.lintel.messages.PeopleMessages;
import dev.lintel.messages.PeopleMessages.CollectPersonData;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.store.EventRules;
import dev.lintel.store.FaceStore;
import dev.lintel.store.StoreConfig;
import dev.lintel.store.StoreVerticle;
import dev.lintel.visitors.VisitorsConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Everything behind the gateway, without a model or a disk; see {@link FakeFaces} for its images. */
public final class FakeBox {
    private final Bus bus;
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger mostRunning = new AtomicInteger();
    private final Queue<ScreenImage> screened = new ConcurrentLinkedQueue<>();
    private final FakeRights rights = new FakeRights();
    private final FakeAccounts accounts = new FakeAccounts();
    private final FakeStore store = new FakeStore(rights);
    private final FakeCameras cameras = new FakeCameras();
    /** Of the screen beside the door {@code main}. */
    public static final String SCREEN_KEY = "0123456789abcdef-screen";

    private final FakeVisitors visitors = new FakeVisitors();
    private final FakeBook book = new FakeBook(store::knows, store::enrolled);
    private final FakeLog log = new FakeLog(book);
    private volatile Promise<Void> held = Promise.promise();

    private FakeBox(Bus bus) {
        this.bus = bus;
        held.complete();
    }

    public static Future<FakeBox> start(Vertx vertx) {
        FakeBox box = new FakeBox(Bus.install(vertx));
        return Future.all(List.of(
                        box.store.serve(box.bus),
                        box.book.serve(box.bus),
                        box.bus.serve(PeopleMessages.PERSON_DATA, box::collect),
                        box.visitors.serve(box.bus, box.store::enrol),
                        box.log.serve(box.bus, box.store::knows),
                        box.accounts.serve(box.bus),
                        new FakeConsents().serve(box.bus),
                        new FakeBackups().serve(box.bus),
                        box.rights.serve(box.bus, box.store::knows, box.store::active)))
                .compose(served -> box.rest(vertx));
    }

    /** With a real store that keeps pictures, which is closed with its verticle's Vert.x. */
    static Future<FakeBox> start(Vertx vertx, Path database) {
        FakeBox box = new FakeBox(Bus.install(vertx));
        return FaceStore.open(
                        vertx,
                        new StoreConfig(database, 0L),
                        FakeFaces.MODEL,
                        new EventRules(
                                Configs.attendance(),
                                Configs.of(VisitorsConfig.class, "keep: 72h"),
                                0.6,
                                Configs.of(ConsentConfig.class, "keep-pictures: true"),
                                InstantSource.system()))
                .compose(store -> vertx.deployVerticle(
                                new StoreVerticle(box.bus, store, ApplianceMetrics.unpublished(), () -> true))
                        .compose(deployed -> vertx.deployVerticle(backups(box.bus, store, database))))
                .compose(deployed -> box.rest(vertx));
    }

    private static BackupVerticle backups(Bus bus, FaceStore store, Path database) {
        return new BackupVerticle(
                bus,
                new BackupDesk(
                        new BackedUpBox(
                                Configs.of(BackupConfig.class),
                                new StoreConfig(database, 0L),
                                store.copies(),
                                new BoxFiles(database, database.getParent(), Optional.empty(), Map.of()),
                                "0.1.0",
                                "Harbour Street 4",
                                ZoneOffset.UTC),
                        ApplianceMetrics.unpublished(),
                        InstantSource.system()),
                () -> true);
    }

    private Future<FakeBox> rest(Vertx vertx) {
        FakeBox box = this;
        return Future.all(List.of(
                        box.cameras.serve(vertx, box.bus),
                        box.bus.serve(FaceMessages.SCREEN, box::screen),
                        box.bus.serve(
                                FaceMessages.EMBED,
                                q -> Future.succeededFuture(Outcome.done(new EmbeddedFaces(q.crops().stream()
                                        .map(FakeFaces::embedding)
                                        .toList()))))))
                .compose(served -> FakeDoors.start(vertx, box.bus))
                .compose(served -> FakeSettings.start(vertx, box.bus))
                .map(box);
    }

    public Bus bus() {
        return bus;
    }

    /** From now on, nobody gets an answer about an image until {@link #release}. */
    public void hold() {
        held = Promise.promise();
    }

    /** Gives the answers that were held, and others at once. */
    public void release() {
        held.tryComplete();
    }

    /** The questions that reached the screening so far. */
    public List<ScreenImage> screened() {
        return List.copyOf(screened);
    }

    /** Keeps an event and announces it. */
    public Recorded happens(DoorEvent event) {
        return log.record(bus, event);
    }

    public void forgetEverything() {
        store.clear();
        rights.clear();
        accounts.clear();
        log.clear();
        book.clear();
        visitors.clear();
        screened.clear();
    }

    /** Somebody unknown was seen; {@code photo} is what the face looks like. */
    public void visited(
            long group, String photo, int visits, int live, Instant first, Instant last, String... cameras) {
        visitors.add(group, photo, visits, live, first, last, List.of(cameras));
    }

    /** Nobody unknown is remembered, as without a word about it in the configuration. */
    public void visitorsOff() {
        visitors.off();
    }

    /** What the camera {@code front} sees from now on. */
    public void cameraSees(byte[] jpeg) {
        cameras.show(jpeg);
    }

    /** The most images that were looked at at the same time. */
    public int mostScreenedAtOnce() {
        return mostRunning.get();
    }

    private Future<Outcome<PersonData>> collect(CollectPersonData question) {
        Label label = question.label();
        return Future.succeededFuture(store.person(question)
                .map(person -> new PersonData(
                        person,
                        store.entries(label),
                        Map.of(),
                        rights.of(label),
                        null,
                        List.of(),
                        log.of(label),
                        book.of(label))));
    }

    private Future<Outcome<Screening>> screen(ScreenImage question) {
        screened.add(question);
        mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
        return held.future().map(v -> {
            running.decrementAndGet();
            return FakeFaces.look(question.image());
        });
    }
}

package dev.lintel.camera;

import dev.lintel.access.DoorEvent;
import dev.lintel.access.LiveLevel;
import dev.lintel.access.Recorded;
import dev.lintel.bus.Bus;
import dev.lintel.bus.WorkPool;
import dev.lintel.face.Deadline;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.liveness.CameraLevel;
import dev.lintel.liveness.FrameInspector;
import dev.lintel.messages.CameraMessages;
import dev.lintel.messages.CameraMessages.CameraPicture;
import dev.lintel.messages.CameraMessages.CameraStates;
import dev.lintel.messages.CameraMessages.GetPicture;
import dev.lintel.messages.EventMessages;
import dev.lintel.messages.EventMessages.RecordEvent;
import dev.lintel.messages.RenewalMessages;
import dev.lintel.messages.RenewalMessages.SeenPerson;
import dev.lintel.messages.ScreenMessages;
import dev.lintel.messages.ScreenMessages.CameraCue;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.metrics.CameraMeters;
import dev.lintel.metrics.TrackingMeters;
import dev.lintel.recognition.VectorSearch;
import dev.lintel.tracking.VisitTracker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every configured camera, each with the visits before it. Thread-safe. Closing stops all of them. */
final class Cameras implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Cameras.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Bus bus;
    private final boolean learning;
    private final ApplianceMetrics metrics;
    private final List<Feed> feeds;
    private final Map<String, VisitFlow> visits = new HashMap<>();
    private final Map<String, LevelLessons> levels = new HashMap<>();

    /**
     * None of them runs before {@link #start}.
     *
     * @param learning whether views of those who are recognised are announced
     * @param levels of the live faces at each camera, by its id; none where the network has no such thing
     */
    Cameras(
            Bus bus,
            List<CameraConfig> cameras,
            FaceSearch search,
            Map<String, CameraLevel> levels,
            boolean learning,
            ApplianceMetrics metrics) {
        this.bus = bus;
        this.learning = learning;
        this.metrics = metrics;
        cameras.stream()
                .filter(camera -> levels.containsKey(camera.id()))
                .forEach(camera -> this.levels.put(camera.id(), new LevelLessons(camera, levels.get(camera.id()))));
        this.feeds = cameras.stream()
                .map(camera -> new Feed(
                        camera,
                        search,
                        meters(camera, levels.get(camera.id())),
                        frame -> visits.get(frame.camera()).seen(frame),
                        this::record))
                .toList();
    }

    /**
     * Follows who is before them; once.
     *
     * @param loop where visits are followed; one task at a time
     * @param pool for the inspector, shared by all cameras
     */
    void start(Executor loop, Function<CameraConfig, VisitTracker> trackers, FrameInspector inspector, WorkPool pool) {
        VectorSearch search = new VectorSearch(bus);
        for (Feed feed : feeds) {
            String id = feed.config().id();
            TrackingMeters meters = new TrackingMeters(metrics, id);
            DoorQuestions door = new DoorQuestions(bus, FeedClock.SYSTEM, meters);
            LiveViews views = new LiveViews(id, view -> bus.publish(CameraMessages.LIVE, view));
            VisitTracker tracker = trackers.apply(feed.config());
            visits.put(
                    id,
                    new VisitFlow(
                            id,
                            loop,
                            tracker,
                            search,
                            inspector,
                            pool,
                            views,
                            FeedClock.SYSTEM,
                            meters,
                            door,
                            cue -> bus.publish(ScreenMessages.CUE, new CameraCue(id, cue)),
                            this::show));
        }
        feeds.forEach(Feed::start);
    }

    private CameraMeters meters(CameraConfig camera, CameraLevel level) {
        CameraMeters meters = metrics.camera(camera.id());
        if (level != null) {
            meters.liveness(
                    () -> level.now().state() == LiveLevel.State.LEARNING
                            ? Double.NaN
                            : level.now().level(),
                    () -> level.limit().needed(level.rule().own()),
                    () -> level.now().state() == LiveLevel.State.TOO_LOW ? 1 : 0);
        }
        return meters;
    }

    /** What the log knows of the levels, read in the background. */
    void readLevels() {
        levels.values().forEach(lessons -> lessons.read(bus, InstantSource.system()));
    }

    /** Something was recorded, on the loop. */
    void recorded(Recorded recorded) {
        levels.values().forEach(lessons -> lessons.recorded(recorded));
    }

    /** Time passes, on the loop. */
    void idle() {
        visits.values().forEach(VisitFlow::idle);
    }

    /** A person was deleted; on the loop. */
    void forget(Label person) {
        visits.values().forEach(visit -> visit.forget(person));
        levels.values().forEach(lessons -> lessons.level().forget(person));
    }

    /** Somebody wants in at a door, on the loop. */
    void woken(String door) {
        feeds.stream()
                .filter(feed -> feed.config().door().filter(door::equals).isPresent())
                .forEach(feed -> visits.get(feed.config().id()).woken());
    }

    /** How they are, in the order of the configuration. */
    CameraStates states() {
        return new CameraStates(feeds.stream()
                .map(feed -> {
                    LevelLessons lessons = levels.get(feed.config().id());
                    return feed.state(lessons == null ? null : lessons.level().now());
                })
                .toList());
    }

    /** See {@link GetPicture}. */
    CompletableFuture<Outcome<CameraPicture>> picture(GetPicture question) {
        return feeds.stream()
                .filter(feed -> feed.config().id().equals(question.camera()))
                .findFirst()
                .map(feed -> feed.picture(question))
                .orElseGet(() -> CompletableFuture.completedFuture(Outcome.refused(
                        Refusal.Code.UNKNOWN_CAMERA, "there is no such camera: GET /cameras lists them")));
    }

    private void show(SeenPerson person) {
        if (learning) {
            bus.publish(RenewalMessages.SEEN, person);
        }
    }

    /** Keeps that one was lost or is back. That it cannot be kept is logged: the camera goes on. */
    private void record(DoorEvent event) {
        bus.ask(EventMessages.RECORD, new RecordEvent(event, Deadline.after(TIMEOUT)))
                .onSuccess(answer -> answer.fold(recorded -> null, refusal -> unrecorded(event, refusal.detail())))
                .onFailure(failure -> unrecorded(event, failure.getMessage()));
    }

    private static Void unrecorded(DoorEvent event, String why) {
        LOG.warn("{} of camera {} was not recorded: {}", event.kind(), event.camera(), why);
        return null;
    }

    /** All at once, so that it takes as long as the slowest. */
    @Override
    public void close() {
        feeds.parallelStream().forEach(Feed::close);
    }
}

package dev.lintel.camera;

import dev.lintel.access.CameraState;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.LiveLevel;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.messages.CameraMessages.CameraPicture;
import dev.lintel.messages.CameraMessages.GetPicture;
import dev.lintel.metrics.CameraMeters;
import dev.lintel.vision.FrameEncoder;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One camera at work: a thread that reads, so that what is looked at is always of now, and one that looks. Opens the
 * camera again when it is lost, for as long as it takes. Thread-safe.
 */
public final class Feed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    /** How long it is told that a thread died. */
    private static final Duration LATELY = Duration.ofMinutes(10);
    /** Looking at one picture takes milliseconds, seconds on the smallest board under load. */
    private static final Duration HANGS = Duration.ofMinutes(2);

    /** Longer side in pixels of the live picture. */
    private static final int PICTURE = 960;

    private final CameraConfig camera;
    private final FaceSearch search;
    private final FrameListener listener;
    private final FrameSlot slot = new FrameSlot();
    private final CameraHealth health;
    private final FeedReader reader;
    private final FeedClock clock;
    private final Snapshots snapshots;
    private final CameraMeters meters;
    private final Supervised reads;
    private final Supervised watches;
    private final Thread reading;
    private final Thread watching;
    private final FrameRate rate = new FrameRate();
    private volatile int width;
    private volatile int height;
    private volatile boolean colourless;
    private volatile boolean stopped;

    /**
     * @param listener hears of every frame that was searched
     * @param events hears once of each loss and return, on a thread of this feed
     */
    public Feed(
            CameraConfig camera,
            FaceSearch search,
            CameraMeters meters,
            FrameListener listener,
            Consumer<DoorEvent> events) {
        this(camera, () -> Sources.of(camera), search, FeedClock.SYSTEM, meters, listener, events);
    }

    Feed(
            CameraConfig camera,
            Supplier<FrameSource> sources,
            FaceSearch search,
            FeedClock clock,
            CameraMeters meters,
            FrameListener listener,
            Consumer<DoorEvent> events) {
        this.camera = camera;
        this.search = search;
        this.listener = listener;
        this.clock = clock;
        this.meters = meters;
        this.health = new CameraHealth(camera, clock, events);
        this.snapshots = new Snapshots(camera.id(), new FrameEncoder(PICTURE), clock);
        ReopenPause backoff = new ReopenPause(camera.reconnectMin(), camera.reconnectMax(), new SplittableRandom());
        this.reader = new FeedReader(camera, sources, slot, health, backoff, clock, meters);
        this.reads = supervised("camera-" + camera.id(), reader);
        this.watches = supervised("watch-" + camera.id(), this::watch);
        this.reading = thread("camera-" + camera.id(), reads);
        this.watching = thread("watch-" + camera.id(), watches);
        meters.health(() -> health.stale().toNanos() / 1e9, () -> health.state().name());
    }

    private Supervised supervised(String name, Runnable work) {
        ReopenPause pauses = new ReopenPause(camera.reconnectMin(), camera.reconnectMax(), new SplittableRandom());
        return new Supervised(name, work, () -> stopped, pauses, clock, meters::died);
    }

    /** Whether one of its threads has died lately or hangs; what to say of it. Empty if both go on. */
    private String fault() {
        String cause = reads.died(LATELY).isEmpty() ? watches.died(LATELY) : reads.died(LATELY);
        if (!alive()) {
            return "what looks at its pictures hangs: the box must be restarted";
        }
        return cause.isEmpty()
                ? ""
                : "a thread of it died of " + cause + " and was started again, " + (reads.deaths() + watches.deaths())
                        + " times so far: see the log";
    }

    /** Whether what looks at its pictures goes on; for the watchdog. A camera that is silent is no fault of the box. */
    boolean alive() {
        return !watches.stuck(HANGS);
    }

    private static Thread thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((t, e) -> LOG.error("the thread {} ended", t.getName(), e));
        return thread;
    }

    /** Begins; once. */
    public void start() {
        reading.start();
        watching.start();
    }

    private void watch() {
        try (FeedWatcher watcher = new FeedWatcher(camera, search, listener, snapshots, meters)) {
            while (!stopped) {
                watches.beat();
                FrameSlot.Held held = slot.take(POLL);
                health.tick();
                snapshots.tick(health.state(), health.detail());
                if (health.reopenDue()) {
                    reader.reopen();
                    reading.interrupt();
                }
                if (held != null) {
                    width = held.frame().seenWidth();
                    height = held.frame().seenHeight();
                    watcher.look(held);
                    colourless = watcher.colourless();
                }
                rate.measure(meters.frames(), clock.nanos());
            }
        } catch (InterruptedException e) {
            LOG.debug("camera {}: watching ends", camera.id());
        }
    }

    public CameraConfig config() {
        return camera;
    }

    /** @param liveness what the liveness network says of live faces there; null where it has no level by camera */
    public CameraState state(LiveLevel liveness) {
        return new CameraState(
                camera.id(),
                camera.door().orElse(null),
                camera.direction(),
                health.state(),
                health.since(),
                health.detail(),
                width,
                height,
                health.state() == CameraState.State.LIVE ? rate.perSecond() : 0,
                meters.frames(),
                meters.droppedFrames(),
                camera.picture(),
                colourless,
                fault(),
                !alive(),
                liveness);
    }

    /** See {@link GetPicture}. */
    public CompletableFuture<Outcome<CameraPicture>> picture(GetPicture question) {
        if (!camera.picture()) {
            return CompletableFuture.completedFuture(Outcome.refused(
                    Refusal.Code.PICTURE_WITHHELD,
                    "this camera's picture is not shown: its configuration says picture: false"));
        }
        return snapshots.ask(question, health.state(), health.detail());
    }

    /** Stops both threads and waits for them, for a few seconds: a camera that hangs in its driver is left to itself. */
    @Override
    public void close() {
        stopped = true;
        reader.stop();
        reading.interrupt();
        watching.interrupt();
        try {
            reading.join(TIMEOUT.toMillis());
            watching.join(TIMEOUT.toMillis());
            if (reading.isAlive() || watching.isAlive()) {
                LOG.warn("camera {}: its threads did not end within {} s", camera.id(), TIMEOUT.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        meters.close();
    }
}

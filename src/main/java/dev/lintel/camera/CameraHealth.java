package dev.lintel.camera;

import dev.lintel.access.CameraState.State;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a camera gives pictures that change. A loss is told once, when there was no fresh picture for the configured
 * time, and the return once. A short break in between is no loss. Thread-safe.
 */
final class CameraHealth {
    private static final Logger LOG = LoggerFactory.getLogger(CameraHealth.class);

    /** For this long, video without a picture is no loss. Cameras that save bandwidth send key frames tens of seconds apart. */
    private static final Duration KEY_FRAME = Duration.ofMinutes(1);

    /** What it is called, and what to do. */
    static final String WAITS_FOR_KEY =
            "it waits for a key frame: video arrives, but a picture begins only with the next one. Set the camera's"
                    + " interval of key frames (I-frames) to 1 to 4 s, and switch off its smart codec (H.264+, H.265+)";

    private final CameraConfig camera;
    private final boolean live;
    private final FeedClock clock;
    private final Consumer<DoorEvent> events;

    private State state = State.CONNECTING;
    private Instant since;
    private String why = "";
    private boolean open;
    private boolean ended;
    private boolean down;
    private long openedAt;
    private long arrivedAt;
    private long freshAt;
    private long checksum;
    private boolean any;
    private boolean waits;
    private long waitsFrom;
    private long waitedAt;

    CameraHealth(CameraConfig camera, FeedClock clock, Consumer<DoorEvent> events) {
        this.camera = camera;
        this.live = camera.address().live();
        this.clock = clock;
        this.events = events;
        this.since = clock.now();
        this.freshAt = clock.nanos();
        this.arrivedAt = freshAt - camera.staleAfter().toNanos();
    }

    synchronized void opened() {
        open = true;
        openedAt = clock.nanos();
    }

    /** It could not be opened, or broke. */
    synchronized void failed(String reason) {
        open = false;
        why = reason;
        tick();
    }

    /** Video arrives of which no picture can be made before the next key frame. */
    synchronized void waits() {
        long now = clock.nanos();
        if (!waiting(now)) {
            waitsFrom = now; // a short break in between does not begin the minute again
        }
        waits = true;
        waitedAt = now;
        tick();
    }

    private boolean waiting(long now) {
        return waits && now - waitedAt < camera.staleAfter().toNanos();
    }

    /** A file came to its end and is not played again. */
    synchronized void ended() {
        open = false;
        ended = true;
        why = "the file was played to its end";
        tick();
    }

    /**
     * A picture came.
     *
     * @param sum of its pixels: the same twice is no fresh picture, unless it comes from a file
     * @return whether it was fresh
     */
    synchronized boolean picture(long sum) {
        long now = clock.nanos();
        boolean fresh = !live || !any || sum != checksum;
        any = true;
        checksum = sum;
        arrivedAt = now;
        if (fresh) {
            freshAt = now;
            waits = false;
            enter(State.LIVE);
            if (down) {
                down = false;
                LOG.info("camera {} is back", camera.id());
                events.accept(event(DoorEvent.Kind.CAMERA_BACK, "the camera gives pictures again"));
            }
        }
        return fresh;
    }

    /** Time passed. */
    synchronized void tick() {
        long now = clock.nanos();
        boolean alive = waiting(now) && now - waitsFrom < KEY_FRAME.toNanos();
        if (ended || (!alive && now - freshAt >= camera.staleAfter().toNanos())) {
            boolean frozen =
                    any && !ended && now - arrivedAt < camera.staleAfter().toNanos();
            enter(frozen ? State.FROZEN : State.LOST);
            if (!down) {
                down = true;
                String detail = detail();
                LOG.warn("camera {} ({}): {}", camera.id(), camera.address(), detail);
                events.accept(event(DoorEvent.Kind.CAMERA_LOST, detail));
            }
        } else if (!open || waits) {
            enter(State.CONNECTING);
        }
    }

    /** Whether it is open without giving anything fresh, so that opening it again may help. */
    synchronized boolean reopenDue() {
        return open
                && live
                && !waiting(clock.nanos())
                && clock.nanos() - Math.max(openedAt, freshAt)
                        >= camera.staleAfter().toNanos();
    }

    synchronized State state() {
        return state;
    }

    synchronized Instant since() {
        return since;
    }

    /** Since when there was no fresh picture. */
    synchronized Duration stale() {
        return Duration.ofNanos(clock.nanos() - freshAt);
    }

    /** One sentence for people; empty while it is live. */
    synchronized String detail() {
        if (open && state != State.LIVE && waiting(clock.nanos())) {
            return WAITS_FOR_KEY;
        }
        return switch (state) {
            case LIVE -> "";
            case CONNECTING -> why;
            case FROZEN ->
                "the picture has not changed for " + camera.staleAfter().toSeconds() + " s: the camera is opened again";
            case LOST -> why.isEmpty() ? "no picture for " + camera.staleAfter().toSeconds() + " s" : why;
        };
    }

    private void enter(State next) {
        if (state != next) {
            state = next;
            since = clock.now();
            if (next == State.LIVE) {
                why = "";
            }
        }
    }

    private DoorEvent event(DoorEvent.Kind kind, String detail) {
        return new DoorEvent(
                UUID.randomUUID(),
                kind,
                clock.now(),
                null,
                camera.id(),
                camera.door().orElse(null),
                camera.direction(),
                null,
                null,
                detail.isEmpty() ? List.of() : List.of(Reason.said("camera", "said", detail)));
    }
}

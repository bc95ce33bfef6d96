package dev.lintel.camera;

import dev.lintel.access.CameraState.State;
import dev.lintel.access.DoorEvent;
import java.time.Duration;
import java.time.Instant;
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
        if (ended || now - freshAt >= camera.staleAfter().toNanos()) {
            boolean frozen =
                    any && !ended && now - arrivedAt < camera.staleAfter().toNanos();
            enter(frozen ? State.FROZEN : State.LOST);
            if (!down) {
                down = true;
                String detail = detail();
                LOG.warn("camera {} ({}): {}", camera.id(), camera.address(), detail);
                events.accept(event(DoorEvent.Kind.CAMERA_LOST, detail));
            }
        } else if (!open) {
            enter(State.CONNECTING);
        }
    }

    /** Whether it is open without giving anything fresh, so that opening it again may help. */
    synchronized boolean reopenDue() {
        return open
                && live
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
                detail);
    }
}

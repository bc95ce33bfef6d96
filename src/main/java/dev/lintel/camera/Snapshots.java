package dev.lintel.camera;

import dev.lintel.access.CameraState.State;
import dev.lintel.bus.Bus;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.messages.CameraMessages.CameraPicture;
import dev.lintel.messages.CameraMessages.GetPicture;
import dev.lintel.vision.FrameEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The live picture of one camera. Nothing is encoded unless somebody asks, at most a few times a second however many
 * do, and nothing is kept for longer than a few seconds. Asked on any thread; encodes on the feed's.
 */
final class Snapshots {
    static final Duration INTERVAL = Duration.ofMillis(125);

    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final int MOST_ASKERS = 64;

    private record Asker(GetPicture question, CompletableFuture<Outcome<CameraPicture>> answer) {}

    private final String camera;
    private final FrameEncoder encoder;
    private final FeedClock clock;
    private final List<Asker> askers = new ArrayList<>();
    private CameraPicture latest;
    private long latestAt;
    private long sequence;

    Snapshots(String camera, FrameEncoder encoder, FeedClock clock) {
        this.camera = camera;
        this.encoder = encoder;
        this.clock = clock;
        this.latestAt = clock.nanos() - INTERVAL.toNanos();
    }

    /** A picture newer than the one the asker has, as soon as there is one; while the camera is not live, a refusal. */
    synchronized CompletableFuture<Outcome<CameraPicture>> ask(GetPicture question, State state, String detail) {
        if (state != State.LIVE && state != State.CONNECTING) {
            return CompletableFuture.completedFuture(unavailable(detail));
        }
        if (latest != null && latest.sequence() > question.after() && clock.nanos() - latestAt < FRESH.toNanos()) {
            return CompletableFuture.completedFuture(Outcome.done(latest));
        }
        if (askers.size() >= MOST_ASKERS) {
            return CompletableFuture.completedFuture(Outcome.refused(
                    Refusal.Code.CAMERA_UNAVAILABLE, "too many ask for this camera's picture: try again later"));
        }
        Asker asker = new Asker(question, new CompletableFuture<>());
        askers.add(asker);
        return asker.answer;
    }

    /** Feed thread: a new frame. */
    void offer(FrameSlot.Held held) {
        List<Asker> answered;
        synchronized (this) {
            if (askers.isEmpty() || held.nanos() - latestAt < INTERVAL.toNanos()) {
                return;
            }
            answered = List.copyOf(askers);
            askers.clear();
            latestAt = held.nanos();
            sequence++;
        }
        try {
            CameraPicture picture = new CameraPicture(camera, sequence, held.at(), encoder.jpeg(held.frame()));
            synchronized (this) {
                latest = picture;
            }
            answered.forEach(asker -> asker.answer.complete(Outcome.done(picture)));
        } catch (RuntimeException e) {
            answered.forEach(asker -> asker.answer.completeExceptionally(e));
            throw e;
        }
    }

    /** Feed thread: time passed. Nobody waits for a camera that is lost, nor longer than they said. */
    void tick(State state, String detail) {
        List<Asker> refused = new ArrayList<>();
        boolean lost = state == State.LOST || state == State.FROZEN;
        synchronized (this) {
            if (latest != null && clock.nanos() - latestAt > 2 * FRESH.toNanos()) {
                latest = null;
            }
            Iterator<Asker> all = askers.iterator();
            while (all.hasNext()) {
                Asker asker = all.next();
                if (lost || asker.question.deadline().expired()) {
                    all.remove();
                    refused.add(asker);
                }
            }
        }
        refused.forEach(asker ->
                asker.answer.complete(asker.question.deadline().expired() ? Bus.expired() : unavailable(detail)));
    }

    private static Outcome<CameraPicture> unavailable(String detail) {
        return Outcome.refused(Refusal.Code.CAMERA_UNAVAILABLE, "the camera gives no picture now: " + detail);
    }
}

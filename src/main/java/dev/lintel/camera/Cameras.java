package dev.lintel.camera;

import dev.lintel.access.DoorEvent;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.messages.CameraMessages.CameraPicture;
import dev.lintel.messages.CameraMessages.CameraStates;
import dev.lintel.messages.CameraMessages.GetPicture;
import dev.lintel.metrics.ApplianceMetrics;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Every configured camera. Thread-safe. Closing stops all of them. */
public final class Cameras implements AutoCloseable {
    private final List<Feed> feeds;

    /**
     * None of them runs before {@link #start}.
     *
     * @param listener hears of every frame that was searched, on the thread of its camera
     * @param events hears once of each loss and return, likewise
     */
    public Cameras(
            List<CameraConfig> cameras,
            FaceSearch search,
            ApplianceMetrics metrics,
            FrameListener listener,
            Consumer<DoorEvent> events) {
        this.feeds = cameras.stream()
                .map(camera -> new Feed(camera, search, metrics.camera(camera.id()), listener, events))
                .toList();
    }

    public void start() {
        feeds.forEach(Feed::start);
    }

    /** How they are, in the order of the configuration. */
    public CameraStates states() {
        return new CameraStates(feeds.stream().map(Feed::state).toList());
    }

    /** See {@link GetPicture}. */
    public CompletableFuture<Outcome<CameraPicture>> picture(GetPicture question) {
        return feeds.stream()
                .filter(feed -> feed.config().id().equals(question.camera()))
                .findFirst()
                .map(feed -> feed.picture(question))
                .orElseGet(() -> CompletableFuture.completedFuture(Outcome.refused(
                        Refusal.Code.UNKNOWN_CAMERA, "there is no such camera: GET /cameras lists them")));
    }

    /** All at once, so that it takes as long as the slowest. */
    @Override
    public void close() {
        feeds.parallelStream().forEach(Feed::close);
    }
}

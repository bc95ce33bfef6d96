package dev.lintel.camera;

import dev.lintel.access.DoorEvent;
import dev.lintel.bus.Bus;
import dev.lintel.face.Deadline;
import dev.lintel.face.Outcome;
import dev.lintel.messages.CameraMessages;
import dev.lintel.messages.EventMessages;
import dev.lintel.messages.EventMessages.RecordEvent;
import io.vertx.core.Future;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The cameras on the bus: answers how they are and what they see, and hands in that one was lost or is back. Thread-safe. */
public final class CameraService {
    private static final Logger LOG = LoggerFactory.getLogger(CameraService.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Bus bus;

    public CameraService(Bus bus) {
        this.bus = bus;
    }

    /** Serves {@link CameraMessages#LIST} and {@link CameraMessages#PICTURE} on the caller's context. */
    public Future<Void> serve(Cameras cameras) {
        return Future.all(
                        bus.serve(
                                CameraMessages.LIST,
                                question -> Future.succeededFuture(Outcome.done(cameras.states()))),
                        bus.serve(
                                CameraMessages.PICTURE,
                                question -> Future.fromCompletionStage(cameras.picture(question))))
                .mapEmpty();
    }

    /** Keeps an event of a camera. That it cannot be kept is logged: the camera goes on. */
    public void record(DoorEvent event) {
        bus.ask(EventMessages.RECORD, new RecordEvent(event, Deadline.after(PATIENCE)))
                .onSuccess(answer -> answer.fold(recorded -> recorded, refusal -> {
                    LOG.warn("{} of camera {} was not recorded: {}", event.kind(), event.camera(), refusal.detail());
                    return null;
                }))
                .onFailure(e ->
                        LOG.warn("{} of camera {} was not recorded: {}", event.kind(), event.camera(), e.getMessage()));
    }
}

package dev.lintel.messages;

import dev.lintel.access.CameraState;
import dev.lintel.bus.Address;
import dev.lintel.bus.Message;
import dev.lintel.bus.Topic;
import dev.lintel.face.Deadline;
import dev.lintel.face.EncodedImage;
import dev.lintel.face.FaceBox;
import dev.lintel.face.Label;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The cameras of this box. */
public final class CameraMessages {
    /** Cameras: how they are. */
    public static final Address<ListCameras, CameraStates> LIST = Address.box("camera.states");

    /** Cameras: the live picture of one. */
    public static final Address<GetPicture, CameraPicture> PICTURE = Address.box("camera.picture");

    /** Who is before the cameras just now, a few times a second while somebody is; for live views. */
    public static final Topic<LiveView> LIVE = Topic.box("camera.live");

    /** How are the cameras? */
    public record ListCameras(Deadline deadline) implements Message {}

    /** The cameras in the order of the configuration. */
    public record CameraStates(List<CameraState> cameras) implements Serializable {
        public CameraStates {
            cameras = List.copyOf(cameras);
        }
    }

    /**
     * What does this camera see? Answered as soon as there is a picture newer than one the asker has: asked again and again
     * with the sequence of the last answer, it is a live picture at the asker's own pace. Refused if there is no such
     * camera, its picture may not be shown, or it is not live.
     *
     * @param after sequence of the last picture that the asker has; 0 for any
     */
    public record GetPicture(String camera, long after, Deadline deadline) implements Message {}

    /**
     * One picture of a camera.
     *
     * @param sequence rising from 1
     * @param at when it was captured
     * @param jpeg turned, mirrored and cut as configured, no larger than a screen needs
     */
    public record CameraPicture(String camera, long sequence, Instant at, EncodedImage jpeg) implements Serializable {}

    /**
     * The faces that one camera sees at a moment.
     *
     * @param width of the camera's picture in pixels
     * @param height likewise
     * @param faces may be empty: everybody left
     */
    public record LiveView(String camera, Instant at, int width, int height, List<Face> faces) implements Serializable {

        /**
         * @param visit its id, as in the events that follow from it
         * @param label who it is, as far as the vote says; null if not yet or not known
         * @param state {@code looking}, {@code known}, {@code uncertain}, {@code unknown}
         * @param live {@code live}, {@code not_proven} or {@code attack}, so far
         * @param verdict what was decided about the visit last: {@code granted}, {@code denied} or {@code pin_needed}; null
         *     before
         */
        public record Face(UUID visit, FaceBox box, Label label, String state, String live, String verdict)
                implements Serializable {}

        public LiveView {
            faces = List.copyOf(faces);
        }
    }

    private CameraMessages() {}
}

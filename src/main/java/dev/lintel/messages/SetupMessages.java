package dev.lintel.messages;

import dev.lintel.bus.Address;
import dev.lintel.bus.Message;
import dev.lintel.face.Deadline;
import dev.lintel.face.EncodedImage;
import dev.lintel.face.FaceBox;
import java.io.Serializable;
import java.util.List;

/** Finding a camera and trying it before it is configured: answered by the box's setup. */
public final class SetupMessages {
    public static final Address<FindCameras, FoundCameras> FIND = Address.box("setup.find-cameras");

    public static final Address<AskStreams, Streams> STREAMS = Address.box("setup.streams");

    public static final Address<TryCamera, Trial> TRY = Address.box("setup.try-camera");

    /** Which cameras are at this machine, and which answer in its network? */
    public record FindCameras(Deadline deadline) implements Message {}

    /**
     * One camera.
     *
     * @param kind {@code device}, {@code rpicam} or {@code onvif}
     * @param source as the configuration has it; for {@code onvif} where its streams are asked for
     * @param name what it calls itself; may be empty
     */
    public record Found(String kind, String source, String name) implements Serializable {}

    public record FoundCameras(List<Found> cameras) implements Serializable {
        public FoundCameras {
            cameras = List.copyOf(cameras);
        }
    }

    /** Which streams has this camera? Refused if it does not answer, or does not take the user and password. */
    public record AskStreams(String address, String user, String password, Deadline deadline) implements Message {
        /** Without the password. */
        @Override
        public String toString() {
            return "AskStreams[" + address + "]";
        }
    }

    /** @param address without user and password */
    public record Stream(String name, int width, int height, String address) implements Serializable {}

    public record Streams(List<Stream> streams) implements Serializable {
        public Streams {
            streams = List.copyOf(streams);
        }
    }

    /**
     * What does this camera show? Refused if it cannot be one.
     *
     * @param source as the configuration has it; may hold a password
     * @param transport tcp or udp
     */
    public record TryCamera(String source, String transport, int rotation, boolean mirror, Deadline deadline)
            implements Message {
        /** Without the source. */
        @Override
        public String toString() {
            return "TryCamera[]";
        }
    }

    /** @param issues codes of what falls short, such as {@code too_dark} */
    public record TriedFace(FaceBox box, int size, List<String> issues) implements Serializable {
        public TriedFace {
            issues = List.copyOf(issues);
        }
    }

    /**
     * What was seen.
     *
     * @param detail why there is no picture; empty if there is one
     * @param picture null if there is none
     * @param width of the frame that the faces are in, pixels
     * @param brightness mean grey level, 0..255
     * @param keyFrameSeconds how long video came before a picture could begin
     */
    public record Trial(
            String detail,
            EncodedImage picture,
            int width,
            int height,
            List<TriedFace> faces,
            double fps,
            double brightness,
            double keyFrameSeconds)
            implements Serializable {
        public Trial {
            faces = List.copyOf(faces);
        }
    }

    private SetupMessages() {}
}

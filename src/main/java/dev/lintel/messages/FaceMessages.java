package dev.lintel.messages;

import dev.lintel.bus.Address;
import dev.lintel.bus.Message;
import dev.lintel.face.Deadline;
import dev.lintel.face.Embedding;
import dev.lintel.face.EncodedImage;
import dev.lintel.face.FaceCrop;
import dev.lintel.face.ScreenedFace;
import java.io.Serializable;
import java.util.List;

/** From a picture to vectors: answered by the workers of this box. */
public final class FaceMessages {
    /** Liveness worker: decode, detect, align, judge quality and liveness. */
    public static final Address<ScreenImage, Screening> SCREEN = Address.box("face.screen");

    /** Embedding worker pool: crops to vectors. */
    public static final Address<EmbedFaces, EmbeddedFaces> EMBED = Address.box("face.embed");

    /** Which faces are in this image, how good and how live are they? Refused if there is none. */
    public record ScreenImage(EncodedImage image, Deadline deadline) implements Message {}

    /**
     * What was found in an image.
     *
     * @param width of the upright image in pixels
     * @param height of the upright image in pixels
     * @param rotation clockwise quarter turns in degrees (0, 90, 180, 270) that made the image upright beyond its
     *     EXIF orientation
     * @param faces at least one, largest first, those that the picture's edge cuts last
     */
    public record Screening(int width, int height, int rotation, List<ScreenedFace> faces) implements Serializable {
        public Screening {
            faces = List.copyOf(faces);
        }
    }

    /** Which vectors have these aligned faces? They are embedded as one batch. */
    public record EmbedFaces(List<FaceCrop> crops, Deadline deadline) implements Message {
        public EmbedFaces {
            crops = List.copyOf(crops);
        }
    }

    /** The embeddings, in the order of the crops. */
    public record EmbeddedFaces(List<Embedding> embeddings) implements Serializable {
        public EmbeddedFaces {
            embeddings = List.copyOf(embeddings);
        }
    }

    private FaceMessages() {}
}

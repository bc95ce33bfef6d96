package dev.lintel.bus;

import dev.lintel.face.Deadline;
import dev.lintel.face.FaceCrop;
import java.util.List;

/** Which vectors have these aligned faces? They are embedded as one batch. */
public record EmbedFaces(List<FaceCrop> crops, Deadline deadline) implements Message {
    public EmbedFaces {
        crops = List.copyOf(crops);
    }
}

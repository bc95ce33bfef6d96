package dev.lintel.bus;

import dev.lintel.face.Embedding;
import java.io.Serializable;
import java.util.List;

/** The embeddings, in the order of the crops. */
public record EmbeddedFaces(List<Embedding> embeddings) implements Serializable {
    public EmbeddedFaces {
        embeddings = List.copyOf(embeddings);
    }
}

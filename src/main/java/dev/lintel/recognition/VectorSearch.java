package dev.lintel.recognition;

import dev.lintel.bus.Bus;
import dev.lintel.face.Deadline;
import dev.lintel.face.Embedding;
import dev.lintel.face.FaceCrop;
import dev.lintel.face.Outcome;
import dev.lintel.messages.FaceMessages;
import dev.lintel.messages.FaceMessages.EmbedFaces;
import dev.lintel.messages.FaceMessages.EmbeddedFaces;
import dev.lintel.messages.PeopleMessages;
import dev.lintel.messages.PeopleMessages.MatchFaces;
import dev.lintel.messages.PeopleMessages.Matches;
import io.vertx.core.Future;
import java.util.List;

/**
 * The two questions of every search, for photos and for visits: faces to vectors, vectors to the nearest people. A future
 * fails if the answer did not come in time. Call from an event loop; thread-safe.
 */
public final class VectorSearch {
    private final Bus bus;

    public VectorSearch(Bus bus) {
        this.bus = bus;
    }

    /** Vectors of aligned faces, in their order. */
    public Future<Outcome<List<Embedding>>> embed(List<FaceCrop> faces, Deadline deadline) {
        return bus.ask(FaceMessages.EMBED, new EmbedFaces(faces, deadline))
                .map(answer -> answer.map(EmbeddedFaces::embeddings));
    }

    /** The {@code top} nearest people of each vector, in the vectors' order. */
    public Future<Outcome<Matches>> match(List<Embedding> vectors, int top, Deadline deadline) {
        return bus.ask(PeopleMessages.MATCH, new MatchFaces(vectors, top, deadline));
    }
}

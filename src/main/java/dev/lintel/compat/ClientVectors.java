package dev.lintel.compat;

import dev.lintel.bus.Bus;
import dev.lintel.face.Deadline;
import dev.lintel.face.Embedding;
import dev.lintel.face.FaceCrop;
import dev.lintel.face.Label;
import dev.lintel.face.ScreenedFace;
import dev.lintel.gateway.GuestCall;
import dev.lintel.messages.PeopleMessages;
import dev.lintel.messages.PeopleMessages.MatchPerson;
import dev.lintel.messages.PeopleMessages.Matches;
import dev.lintel.messages.PeopleMessages.PersonMatch;
import dev.lintel.recognition.RecognitionFlow;
import dev.lintel.recognition.VectorSearch;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** Faces to vectors and vectors to people, for clients that handle the vectors themselves. */
final class ClientVectors {
    private final Bus bus;
    private final VectorSearch search;
    private final String modelId;
    private Future<Integer> dimension;

    ClientVectors(Bus bus, RecognitionFlow flow) {
        this.bus = bus;
        this.search = new VectorSearch(bus);
        this.modelId = flow.modelId();
    }

    Future<List<Embedding>> of(List<ScreenedFace> faces, Deadline deadline) {
        return faces.isEmpty()
                ? Future.succeededFuture(List.of())
                : search.embed(faces.stream().map(ScreenedFace::crop).toList(), deadline)
                        .compose(GuestCall::valueOf);
    }

    /** The nearest people of each vector. */
    Future<Matches> match(List<Embedding> probes, int top, Deadline deadline) {
        return search.match(probes, top, deadline).compose(GuestCall::valueOf);
    }

    Future<PersonMatch> compare(Label person, Embedding probe, Deadline deadline) {
        return bus.ask(PeopleMessages.MATCH_PERSON, new MatchPerson(person, probe, deadline))
                .compose(GuestCall::valueOf);
    }

    /** ClientVectors that a client sent, if they are of the length that the model in use makes. */
    Future<List<Embedding>> read(List<float[]> vectors, Deadline deadline) {
        return dimension(deadline).map(length -> {
            List<Embedding> embeddings = new ArrayList<>();
            for (float[] vector : vectors) {
                if (vector.length != length) {
                    throw CompreFaceFault.bad(
                            CompreFaceFault.WRONG_EMBEDDING,
                            length + " embeddings were expected, but " + vector.length + " were provided");
                }
                try {
                    embeddings.add(new Embedding(modelId, vector));
                } catch (IllegalArgumentException e) {
                    throw CompreFaceFault.bad(CompreFaceFault.WRONG_EMBEDDING, e.getMessage());
                }
            }
            return embeddings;
        });
    }

    /** Only the model knows; asked once, with an empty face. */
    private Future<Integer> dimension(Deadline deadline) {
        if (dimension == null || dimension.failed()) {
            FaceCrop nothing = new FaceCrop(FaceCrop.ALIGNED, new byte[FaceCrop.ALIGNED * FaceCrop.ALIGNED * 3]);
            dimension = search.embed(List.of(nothing), deadline)
                    .compose(GuestCall::valueOf)
                    .map(embedded -> embedded.get(0).dimension());
        }
        return dimension;
    }
}

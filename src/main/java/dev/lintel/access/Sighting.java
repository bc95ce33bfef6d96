package dev.lintel.access;

import dev.lintel.face.Candidate;
import dev.lintel.face.Embedding;
import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One visit of one face to one camera, followed over frames, and who it was: the vote of its best frames.
 *
 * @param id of this report; what follows from it (decision, attendance, delivery) carries it, so that nothing counts twice
 * @param visit id of the visit; a visit may be reported once more, when more is known
 * @param camera its id in the configuration
 * @param firstSeen when the face appeared
 * @param usable when the first view that could be recognised was captured
 * @param decided when the vote was clear
 * @param frames in which the face was seen until then
 * @param embedded frames that voted
 * @param identity whether the vote named somebody
 * @param nearest the person whose templates are nearest, named or not; null if nobody is enrolled, or the log
 *     no longer knows
 * @param distance of the nearest person on the 0.6 scale; 2 if nobody is enrolled
 * @param threshold largest distance that counts as a match, on the same scale
 * @param margin by how much (cosine similarity) the nearest is nearer than the next person
 * @param embedding the mean of the frames that voted, for telling unknown visitors apart; null if it comes out
 *     of the log
 * @param model id of the embedding model
 */
public record Sighting(
        UUID id,
        UUID visit,
        String camera,
        Direction direction,
        Instant firstSeen,
        Instant usable,
        Instant decided,
        int frames,
        int embedded,
        Identity identity,
        Candidate nearest,
        double distance,
        double threshold,
        double margin,
        LiveProof liveness,
        Embedding embedding,
        String model)
        implements Serializable {

    public enum Identity {
        /** The vote is for {@link Sighting#nearest}. */
        KNOWN,
        /** Near the threshold, or the frames disagree: a second factor may settle it. */
        UNCERTAIN,
        UNKNOWN
    }

    /** The visit, for what follows from it. */
    public VisitRef ref() {
        return new VisitRef(visit, decided);
    }

    /** The person, if the vote named one. */
    public Optional<Candidate> person() {
        return identity == Identity.KNOWN ? Optional.ofNullable(nearest) : Optional.empty();
    }
}

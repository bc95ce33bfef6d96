package dev.lintel.bus;

import dev.lintel.face.Candidate;
import dev.lintel.face.Label;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * What was stored.
 *
 * @param total templates of this person now; 0 if nothing was stored for a new person
 * @param results one for each template that was asked for, in order
 */
public record Enrolment(Label label, int total, List<Result> results) implements Serializable {

    /**
     * @param id of the stored template, or 0 if it was not stored because its face is enrolled under another label
     * @param duplicate the other person whose face this is, or null
     */
    public record Result(long id, Candidate duplicate) implements Serializable {
        public boolean stored() {
            return id != 0;
        }

        public Optional<Candidate> duplicateOf() {
            return Optional.ofNullable(duplicate);
        }
    }

    public Enrolment {
        results = List.copyOf(results);
    }
}

package dev.lintel.bus;

import dev.lintel.face.Deadline;
import dev.lintel.face.Embedding;
import dev.lintel.face.Label;
import java.io.Serializable;
import java.util.List;

/**
 * Store these faces of one person, in one transaction.
 *
 * @param duplicateSimilarity at this similarity to another person's template, a face counts as already enrolled
 * @param allowDuplicate store it all the same
 */
public record EnrolTemplates(
        Label label, List<NewTemplate> templates, double duplicateSimilarity, boolean allowDuplicate, Deadline deadline)
        implements Message {

    /**
     * A face to be stored.
     *
     * @param quality its quality score, 0..1
     */
    public record NewTemplate(Embedding embedding, double quality) implements Serializable {}

    public EnrolTemplates {
        templates = List.copyOf(templates);
    }
}

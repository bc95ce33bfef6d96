package dev.lintel.bus;

import dev.lintel.face.Deadline;
import dev.lintel.face.Label;

/**
 * This group of unknown visitors is that person: enrol its best faces, and forget the group once one of them is stored.
 *
 * @param duplicateSimilarity at this similarity to another person's template, a face counts as already enrolled
 * @param allowDuplicate store it all the same
 * @param allowUnproven also enrol faces that were not proven to be live
 */
public record AssignVisitors(
        long group,
        Label label,
        double duplicateSimilarity,
        boolean allowDuplicate,
        boolean allowUnproven,
        Deadline deadline)
        implements Message {}

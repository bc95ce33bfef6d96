package dev.lintel.evaluation;

import dev.lintel.face.FusedLooks;
import java.util.ArrayList;
import java.util.List;

/** Looks of one person, put together in groups that share no picture. */
final class LookGroups {
    private LookGroups() {}

    /** Groups of {@code n} in their order; those that are left over belong to none. */
    static <T> List<List<T>> of(List<T> looks, int n) {
        List<List<T>> groups = new ArrayList<>();
        for (int i = 0; i + n <= looks.size(); i += n) {
            groups.add(looks.subList(i, i + n));
        }
        return groups;
    }

    /** The look that a face is, weighted as at the door. */
    static FusedLooks.Look look(Sample.Face face) {
        return new FusedLooks.Look(face.embedding(), face.quality().score());
    }
}

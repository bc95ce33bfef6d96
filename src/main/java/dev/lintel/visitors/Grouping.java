package dev.lintel.visitors;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sorts faces into groups of one person each, one face at a time as they come ({@link #home}, {@link #partner}), and
 * looks over the whole now and then ({@link #tidy}), so that the order in which people came does not matter in the
 * long run. How many people there are need not be known, and a face that is like no other stays alone. Stateless.
 *
 * @param threshold mean cosine similarity from which on faces are one person's; from the embedding model's calibration
 */
public record Grouping(double threshold) {
    /** Looks over all faces until nothing moves, but no more often: each makes fewer moves than the one before. */
    private static final int ROUNDS = 5;

    /** The group that a new face belongs to, ignored ones included; empty if it is like none. */
    public Optional<FaceGroup> home(float[] face, Collection<FaceGroup> groups) {
        return groups.stream()
                .map(group -> new Likeness(group, group.similarity(face)))
                .filter(likeness -> likeness.similarity >= threshold)
                .max(Comparator.comparingDouble(Likeness::similarity))
                .map(Likeness::group);
    }

    /** The other group that is the same person; neither is ever one that the operator ignores. */
    public Optional<FaceGroup> partner(FaceGroup group, Collection<FaceGroup> groups) {
        return groups.stream()
                .filter(other -> other.id() != group.id() && !other.ignored() && !group.ignored())
                .map(other -> new Likeness(other, other.similarity(group)))
                .filter(likeness -> likeness.similarity >= threshold)
                .max(Comparator.comparingDouble(Likeness::similarity))
                .map(Likeness::group);
    }

    private record Likeness(FaceGroup group, double similarity) {}

    /**
     * Looks at every face again, now that the groups are known: one that is nearer to another group moves there, one
     * that is like none of its group leaves it, and groups that are one person's are joined under the older id.
     *
     * @param faces of groups that are not ignored
     * @return the new group of each face that moves, by its sighting; a negative number is a group to be made
     */
    public Map<String, Long> tidy(List<GroupedFace> faces) {
        Map<Long, FaceGroup> groups = new LinkedHashMap<>();
        Map<String, Long> placed = new HashMap<>();
        for (GroupedFace face : faces) {
            groups.merge(face.group(), FaceGroup.of(face.group(), face.vector()), FaceGroup::with);
            placed.put(face.sighting(), face.group());
        }
        long fresh = 0;
        boolean moving = true;
        for (int round = 0; round < ROUNDS && moving; round++) {
            moving = false;
            for (GroupedFace face : worstFirst(faces, placed, groups)) {
                long from = placed.get(face.sighting());
                long to = better(face.vector(), groups.get(from), groups, fresh - 1);
                if (to != from) {
                    fresh = Math.min(fresh, to);
                    leave(groups, from, face.vector());
                    groups.merge(to, FaceGroup.of(to, face.vector()), FaceGroup::with);
                    placed.put(face.sighting(), to);
                    moving = true;
                }
            }
        }
        Map<Long, Long> joined = join(groups);
        Map<String, Long> moves = new LinkedHashMap<>();
        for (GroupedFace face : faces) {
            long now = follow(joined, placed.get(face.sighting()));
            if (now != face.group()) {
                moves.put(face.sighting(), now);
            }
        }
        return moves;
    }

    /** In the order of how well they fit, so that the odd ones leave a group and not those that they made look odd. */
    private static List<GroupedFace> worstFirst(
            List<GroupedFace> faces, Map<String, Long> placed, Map<Long, FaceGroup> groups) {
        Map<String, Double> fit = new HashMap<>();
        faces.forEach(face -> fit.put(face.sighting(), fit(face.vector(), groups.get(placed.get(face.sighting())))));
        return faces.stream()
                .sorted(Comparator.comparingDouble(face -> fit.get(face.sighting())))
                .toList();
    }

    /** Likeness to the others of its own group; there may be none. */
    private static double fit(float[] face, FaceGroup own) {
        return own.faces() == 1 ? Double.NEGATIVE_INFINITY : own.without(face).similarity(face);
    }

    /** Where a face should be: in another group, where it is, or alone under the number {@code fresh}. */
    private long better(float[] face, FaceGroup own, Map<Long, FaceGroup> groups, long fresh) {
        boolean alone = own.faces() == 1;
        double here = fit(face, own);
        Optional<FaceGroup> other = home(
                face,
                groups.values().stream().filter(group -> group.id() != own.id()).toList());
        if (other.isPresent() && other.get().similarity(face) > here) {
            return other.get().id();
        }
        return alone || here >= threshold ? own.id() : fresh;
    }

    private static void leave(Map<Long, FaceGroup> groups, long id, float[] face) {
        groups.computeIfPresent(id, (same, group) -> group.faces() == 1 ? null : group.without(face));
    }

    /** Joins groups until no two are one person's; answers which was taken up by which. */
    private Map<Long, Long> join(Map<Long, FaceGroup> groups) {
        Map<Long, Long> joined = new HashMap<>();
        Deque<Long> waiting = new ArrayDeque<>(groups.keySet());
        while (!waiting.isEmpty()) {
            FaceGroup group = groups.get(waiting.poll());
            Optional<FaceGroup> partner = group == null ? Optional.empty() : partner(group, groups.values());
            if (partner.isPresent()) {
                FaceGroup kept = older(group, partner.get());
                FaceGroup gone = kept == group ? partner.get() : group;
                groups.remove(gone.id());
                groups.put(kept.id(), kept.with(gone));
                joined.put(gone.id(), kept.id());
                waiting.add(kept.id());
            }
        }
        return joined;
    }

    /** The one that was there first: known ids rise, and groups yet to be made have falling negative numbers. */
    public static FaceGroup older(FaceGroup a, FaceGroup b) {
        if (a.id() > 0 && b.id() > 0) {
            return a.id() < b.id() ? a : b;
        }
        return a.id() > b.id() ? a : b;
    }

    private static long follow(Map<Long, Long> joined, long group) {
        long now = group;
        while (joined.containsKey(now)) {
            now = joined.get(now);
        }
        return now;
    }
}

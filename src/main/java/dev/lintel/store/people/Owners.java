package dev.lintel.store.people;

import dev.lintel.face.Candidate;
import dev.lintel.face.Label;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Small numbers for the people of a gallery, so that a search can keep a score for each in an array. A number is
 * free again when its last template is gone. Guarded by the gallery's lock.
 */
final class Owners {
    private static final Comparator<Candidate> FARTHEST_FIRST = Comparator.comparingDouble(Candidate::similarity)
            .thenComparing(Candidate::label, Comparator.reverseOrder());

    private final Map<Label, Integer> numbers = new HashMap<>();
    private final List<Label> labels = new ArrayList<>();
    private final List<Integer> templates = new ArrayList<>();
    private final Deque<Integer> free = new ArrayDeque<>();
    private float[] lengths = {};

    /** One more template of this person; answers the person's number. */
    int acquire(Label label) {
        int number = numbers.computeIfAbsent(label, this::newNumber);
        templates.set(number, templates.get(number) + 1);
        return number;
    }

    /** One template less. */
    void release(int number) {
        int left = templates.get(number) - 1;
        templates.set(number, left);
        if (left == 0) {
            numbers.remove(labels.set(number, null));
            free.push(number);
        }
    }

    /** The person's number, or -1. */
    int find(Label label) {
        return numbers.getOrDefault(label, -1);
    }

    /** How many templates a person has; 0 for the number -1. */
    int templates(int number) {
        return number < 0 ? 0 : templates.get(number);
    }

    /** Of the sum of the person's templates; 1 for a single one. */
    float length(int number) {
        return lengths[number];
    }

    void length(int number, float length) {
        lengths[number] = length;
    }

    int count() {
        return numbers.size();
    }

    /** One more than the largest number in use, or more. */
    int slots() {
        return labels.size();
    }

    /** The best of {@code scores}, indexed by number; minus infinity means nobody. Changes the scores. */
    List<Candidate> top(float[] scores, int top, Set<Label> without) {
        for (Label label : without) {
            int number = find(label);
            if (number >= 0 && number < scores.length) {
                scores[number] = Float.NEGATIVE_INFINITY;
            }
        }
        var nearest = new PriorityQueue<>(FARTHEST_FIRST);
        for (int number = 0; number < scores.length; number++) {
            if (scores[number] == Float.NEGATIVE_INFINITY) {
                continue;
            }
            if (nearest.size() < top || clip(scores[number]) >= nearest.peek().similarity()) {
                nearest.add(new Candidate(labels.get(number), clip(scores[number])));
            }
            if (nearest.size() > top) {
                nearest.remove();
            }
        }
        List<Candidate> found = new ArrayList<>(nearest);
        found.sort(FARTHEST_FIRST.reversed());
        return found;
    }

    /** A cosine similarity without the rounding beyond its range. */
    static double clip(float similarity) {
        return Math.max(-1, Math.min(1, similarity));
    }

    private int newNumber(Label label) {
        if (free.isEmpty()) {
            labels.add(label);
            templates.add(0);
            if (labels.size() > lengths.length) {
                lengths = Arrays.copyOf(lengths, Math.max(16, 2 * lengths.length));
            }
            return labels.size() - 1;
        }
        int number = free.pop();
        labels.set(number, label);
        return number;
    }
}

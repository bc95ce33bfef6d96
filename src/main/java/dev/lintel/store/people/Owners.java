package dev.lintel.store.people;

import dev.lintel.face.Label;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Small numbers for the people of a gallery, so that a search can keep a score for each in an array. A number is
 * free again when its last template is gone. Guarded by the gallery's lock.
 */
final class Owners {
    private final Map<Label, Integer> numbers = new HashMap<>();
    private final List<Label> labels = new ArrayList<>();
    private final Deque<Integer> free = new ArrayDeque<>();
    private int[] templates = {};
    private float[] lengths = {};
    private float[] slacks = {};

    /** One more template of this person; answers the person's number. */
    int acquire(Label label) {
        int number = numbers.computeIfAbsent(label, this::newNumber);
        templates[number]++;
        return number;
    }

    /** One template less. */
    void release(int number) {
        templates[number]--;
        if (templates[number] == 0) {
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
        return number < 0 ? 0 : templates[number];
    }

    /** Of the sum of the person's templates; 1 for a single one. */
    float length(int number) {
        return lengths[number];
    }

    int count() {
        return numbers.size();
    }

    /** One more than the largest number in use, or more. */
    int slots() {
        return labels.size();
    }

    /** By how much the score that a search reckons with at first may differ from the true one, for a probe of length 1. */
    float slack(int number) {
        return slacks[number];
    }

    /** What changes with a person's templates. */
    void measured(int number, float length, float slack) {
        lengths[number] = length;
        slacks[number] = slack;
    }

    Label label(int number) {
        return labels.get(number);
    }

    private int newNumber(Label label) {
        if (free.isEmpty()) {
            labels.add(label);
            if (labels.size() > lengths.length) {
                int capacity = Math.max(16, 2 * lengths.length);
                templates = Arrays.copyOf(templates, capacity);
                lengths = Arrays.copyOf(lengths, capacity);
                slacks = Arrays.copyOf(slacks, capacity);
            }
            return labels.size() - 1;
        }
        int number = free.pop();
        labels.set(number, label);
        return number;
    }
}

package dev.lintel.evaluation;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Keeps the worst few of many pairs without keeping the many. Not thread-safe. */
final class WorstPairs {
    private final boolean highest;
    private final int size;
    private final PriorityQueue<Candidate> kept;
    private double bound;

    /** @param a and {@code b}: positions of the two faces */
    record Candidate(int a, int b, double similarity) {}

    /** @param highest whether a high similarity is the error (different people) or a low one (same person) */
    WorstPairs(int size, boolean highest) {
        this.size = size;
        this.highest = highest;
        Comparator<Candidate> rising = Comparator.comparingDouble(Candidate::similarity);
        this.kept = new PriorityQueue<>(highest ? rising : rising.reversed());
        this.bound = highest ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }

    void offer(int a, int b, double similarity) {
        if (kept.size() == size && (highest ? similarity <= bound : similarity >= bound)) {
            return;
        }
        kept.add(new Candidate(a, b, similarity));
        if (kept.size() > size) {
            kept.poll();
        }
        bound = kept.peek().similarity;
    }

    void offerAll(WorstPairs other) {
        other.kept.forEach(c -> offer(c.a, c.b, c.similarity));
    }

    /** Worst first. */
    List<Candidate> list() {
        Comparator<Candidate> rising = Comparator.comparingDouble(Candidate::similarity);
        return kept.stream().sorted(highest ? rising.reversed() : rising).toList();
    }
}

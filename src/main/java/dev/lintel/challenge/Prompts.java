package dev.lintel.challenge;

import dev.lintel.access.Movement;
import dev.lintel.face.Label;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What people were asked for at all doors of the box, so that a film of one of a person's last visits fits at none of them. In memory
 * alone. Thread-safe.
 */
public final class Prompts {
    private static final int MOST_PEOPLE = 1000;

    /** Movements that a doubtful one may still add. */
    static final int DOUBTFUL = 1;

    /** One prompt in so many also asks to come closer. */
    private static final int CLOSER_IN = 12;

    private final Map<Label, Deque<List<Movement>>> earlier = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Label, Deque<List<Movement>>> eldest) {
            return size() > MOST_PEOPLE;
        }
    };

    /**
     * Movements that a picture cannot make, none twice in a row, and not those that this person was asked for in one of the last
     * visits: a film of it may exist. Coming closer, which a picture can, is only asked for besides.
     *
     * @param kinds what may be asked for
     * @param movements how many of them
     * @return those, and {@link #DOUBTFUL} more at the end
     */
    synchronized List<Movement> next(Label named, List<Movement> kinds, int movements, RandomGenerator random) {
        Deque<List<Movement>> before = earlier.computeIfAbsent(named, person -> new ArrayDeque<>());
        List<Movement> turns = turns(kinds, movements + DOUBTFUL, random);
        while (shown(before, turns.subList(0, movements))) {
            turns = turns(kinds, movements + DOUBTFUL, random);
        }
        before.add(turns);
        // Half of those that there are may come again, so that the next one is still not known.
        double all = kinds.size() * Math.pow(kinds.size() - 1, movements - 1);
        while (before.size() > all / 2) {
            before.poll();
        }
        List<Movement> prompt = new ArrayList<>(turns);
        if (random.nextInt(CLOSER_IN) == 0) {
            prompt.add(random.nextInt(movements + 1), Movement.CLOSER);
        }
        return prompt;
    }

    /** Whether one of them began like this. */
    private static boolean shown(Deque<List<Movement>> before, List<Movement> turns) {
        return before.stream()
                .anyMatch(one -> one.size() >= turns.size()
                        && one.subList(0, turns.size()).equals(turns));
    }

    private static List<Movement> turns(List<Movement> kinds, int movements, RandomGenerator random) {
        List<Movement> turns = new ArrayList<>();
        while (turns.size() < movements) {
            turns.add(other(kinds, turns.isEmpty() ? null : turns.get(turns.size() - 1), random));
        }
        return turns;
    }

    private static Movement other(List<Movement> kinds, Movement than, RandomGenerator random) {
        while (true) {
            Movement next = kinds.get(random.nextInt(kinds.size()));
            if (next != than) {
                return next;
            }
        }
    }

    /** Nothing of this person stays in memory. */
    synchronized void forget(Label person) {
        earlier.remove(person);
    }
}

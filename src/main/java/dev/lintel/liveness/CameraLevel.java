package dev.lintel.liveness;

import dev.lintel.access.LiveLevel;
import dev.lintel.access.LiveLevel.State;
import dev.lintel.access.Reason;
import dev.lintel.face.Label;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The level that live faces reach at one camera by what the network says, in log odds, and the limit that follows from it. Learns
 * from visits that something else than the network proved live; numbers in memory alone, no image. Thread-safe.
 *
 * <p>Of each person the last {@value #OF_A_PERSON} visits count, by their mean, and of all people the median: whoever has the PIN of
 * one of them moves it at most to the next person's level, however often they come. A visit that the network alone found live
 * speaks for the limit that holds everywhere, whatever the network said. The limit stays within the rule's bounds.
 */
public final class CameraLevel {
    /** Visits that must have been proven, and people who came in them, before anything follows. */
    static final int LEAST_VISITS = 10;

    static final int LEAST_PEOPLE = 3;

    static final int OF_A_PERSON = 8;
    private static final int MOST_PEOPLE = 500;
    private static final int RECENT = 30;
    private static final Duration OLDEST = Duration.ofDays(90);

    /** Beyond it no visit is an even better or worse one. */
    private static final double MOST_ODDS = 3;

    private final Rule rule;
    private final boolean asked;
    private final boolean used;
    private final Map<Label, Map<UUID, Visit>> people = new HashMap<>();
    private final Map<UUID, Seen> recent = new LinkedHashMap<>();
    private volatile LiveLevel now;

    /**
     * How a limit follows from a level.
     *
     * @param pack the liveness pack's id: another network's numbers mean something else
     * @param own limit over a visit that holds at any camera, 0..1
     * @param margin by how much the limit lies below the level, in log odds
     * @param least smallest limit, 0..1; never above {@code own}
     * @param leastAsked the same where movements are asked for
     * @param most largest limit, 0..1; never below {@code own}
     */
    public record Rule(String pack, double own, double margin, double least, double leastAsked, double most) {

        /** The bounds are widened to the box's own limit, which its operator may have set. */
        public Rule {
            least = Math.min(least, own);
            leastAsked = Math.min(leastAsked, own);
            most = Math.max(most, own);
        }

        /** The limit at a level, 0..1 both. */
        public double limit(double level, boolean asked) {
            return Math.max(asked ? leastAsked : least, Math.min(most, unclamped(level)));
        }

        /** Whether live faces of this level lie where attacks do at other cameras. */
        public boolean tooLow(double level, boolean asked) {
            return unclamped(level) < (asked ? leastAsked : least);
        }

        private double unclamped(double level) {
            return probability(odds(level) - margin);
        }
    }

    /**
     * One visit.
     *
     * @param odds what the network said of it
     * @param proven whether something else than the network proved it live
     */
    private record Visit(Instant at, double odds, boolean proven) {}

    private record Seen(Instant at, boolean refused) {}

    /**
     * @param asked whether movements are asked for at the camera's door
     * @param used whether the limit is to be used, or only shown
     */
    public CameraLevel(Rule rule, boolean asked, boolean used) {
        this.rule = rule;
        this.asked = asked;
        this.used = used;
        now = found();
    }

    public Rule rule() {
        return rule;
    }

    /** What is known now. */
    public LiveLevel now() {
        return now;
    }

    /** For {@link SequenceLiveness}: the limit where it is used and known, else the network's own. Notes which network spoke. */
    public NetworkLimit limit() {
        return new NetworkLimit() {
            @Override
            public double needed(double own) {
                LiveLevel level = now;
                return used && level.state() != State.LEARNING ? level.limit() : own;
            }

            @Override
            public Reason of(Reason network) {
                return network.with("pack", rule.pack());
            }
        };
    }

    /**
     * Something other than the network proved this visit live. The same visit counts once.
     *
     * @param network the mean of what the network said, 0..1
     */
    public synchronized void proven(UUID visit, Label person, Instant at, double network) {
        add(visit, person, new Visit(at, odds(network), true));
    }

    /** The network and what it is weighed with found this visit live, and nothing else did. */
    public synchronized void live(UUID visit, Label person, Instant at) {
        Map<UUID, Visit> known = people.get(person);
        if (known == null || !known.containsKey(visit)) {
            add(visit, person, new Visit(at, odds(rule.own) + rule.margin, false));
        }
    }

    private void add(UUID visit, Label person, Visit one) {
        Map<UUID, Visit> visits = people.computeIfAbsent(person, p -> new HashMap<>());
        visits.put(visit, one);
        if (visits.size() > OF_A_PERSON) {
            visits.remove(oldest(visits));
        }
        Instant newest = people.values().stream()
                .flatMap(all -> all.values().stream())
                .map(Visit::at)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        people.values().forEach(all -> all.values().removeIf(each -> each.at().isBefore(newest.minus(OLDEST))));
        people.values().removeIf(Map::isEmpty);
        if (people.size() > MOST_PEOPLE) {
            people.remove(people.entrySet().stream()
                    .min(Comparator.comparing(
                            each -> each.getValue().get(newest(each.getValue())).at()))
                    .orElseThrow()
                    .getKey());
        }
        now = found();
    }

    private static UUID oldest(Map<UUID, Visit> visits) {
        return visits.entrySet().stream()
                .min(Comparator.comparing(each -> each.getValue().at()))
                .orElseThrow()
                .getKey();
    }

    private static UUID newest(Map<UUID, Visit> visits) {
        return visits.entrySet().stream()
                .max(Comparator.comparing(each -> each.getValue().at()))
                .orElseThrow()
                .getKey();
    }

    /**
     * Somebody who is enrolled was recognised.
     *
     * @param refused whether the network said less than it had to, and movements did not prove them live either
     */
    public synchronized void recognised(UUID visit, Instant at, boolean refused) {
        recent.put(visit, new Seen(at, refused));
        if (recent.size() > RECENT) {
            recent.remove(recent.entrySet().stream()
                    .min(Comparator.comparing(each -> each.getValue().at()))
                    .orElseThrow()
                    .getKey());
        }
        now = found();
    }

    /** Nothing of this person's visits counts any more. */
    public synchronized void forget(Label person) {
        people.remove(person);
        now = found();
    }

    private LiveLevel found() {
        List<Double> means = new ArrayList<>();
        int proven = 0;
        int provenPeople = 0;
        for (Map<UUID, Visit> visits : people.values()) {
            int mine = (int) visits.values().stream().filter(Visit::proven).count();
            proven += mine;
            provenPeople += mine > 0 ? 1 : 0;
            means.add(
                    visits.values().stream().mapToDouble(Visit::odds).average().orElseThrow());
        }
        int refused = (int) recent.values().stream().filter(Seen::refused).count();
        if (proven < LEAST_VISITS || provenPeople < LEAST_PEOPLE) {
            return new LiveLevel(State.LEARNING, 0, rule.own, false, proven, provenPeople, recent.size(), refused);
        }
        means.sort(Comparator.naturalOrder());
        // Of two in the middle the higher one: to lower it must take more people, not fewer.
        double level = probability(means.get(means.size() / 2));
        return new LiveLevel(
                rule.tooLow(level, asked) ? State.TOO_LOW : State.LEARNT,
                level,
                rule.limit(level, asked),
                used,
                proven,
                provenPeople,
                recent.size(),
                refused);
    }

    private static double odds(double p) {
        double clipped = Math.max(1e-6, Math.min(1 - 1e-6, p));
        return Math.max(-MOST_ODDS, Math.min(MOST_ODDS, Math.log(clipped / (1 - clipped))));
    }

    private static double probability(double odds) {
        return 1 / (1 + Math.exp(-odds));
    }
}

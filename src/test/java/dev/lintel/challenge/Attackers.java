package dev.lintel.challenge;

import dev.lintel.access.Cue;
import dev.lintel.access.Movement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/** Who is not there, or not live. */
final class Attackers {
    private Attackers() {}

    /** What was seen in an earlier visit, by the time since its first frame. */
    static final class Film {
        private final TreeMap<Double, Head> frames = new TreeMap<>();

        void add(double ms, Head head) {
            frames.put(ms, head);
        }

        double length() {
            return frames.lastKey();
        }

        Head at(double ms) {
            double t = Math.max(0, Math.min(length(), ms));
            var a = frames.floorEntry(t);
            var b = frames.ceilingEntry(t);
            double share = b.getKey() <= a.getKey() ? 0 : (t - a.getKey()) / (b.getKey() - a.getKey());
            Head p = a.getValue();
            Head q = b.getValue();
            return new Head(
                    p.x() + share * (q.x() - p.x()),
                    p.y() + share * (q.y() - p.y()),
                    p.size() + share * (q.size() - p.size()),
                    p.yaw() + share * (q.yaw() - p.yaw()),
                    p.pitch() + share * (q.pitch() - p.pitch()),
                    p.roll() + share * (q.roll() - p.roll()),
                    false);
        }
    }

    /** A photo that is held, shaken, turned and moved to and fro, as one who reads the screen would, by hand. */
    static Actor photo(Random random) {
        double[] phase = random.doubles(6, 0, 6).toArray();
        double turn = random.nextDouble(70);
        double shake = random.nextDouble(0.3);
        Head sheet = new Head(320, 180, random.nextDouble(35, 80), 0, 0, 0, true);
        double[] asked = {0, 0};
        Cue[] read = {null};
        return (ms, cue) -> {
            if (cue != null && cue.kind() == Cue.Kind.MOVE && !cue.equals(read[0])) {
                read[0] = cue;
                asked[0] = ms + 400;
                asked[1] = cue.movement() == Movement.CLOSER ? 0.3 : 0;
            }
            double calm = ms < 1500 ? 0.05 : 1;
            double nearer = 1 + asked[1] * Person.smooth((ms - asked[0]) / 400);
            return sheet.moved(
                    calm * shake * Math.sin(ms / 150 + phase[0]),
                    calm * shake * Math.sin(ms / 170 + phase[1]),
                    nearer,
                    calm * turn * Math.sin(ms / 330 + phase[2]),
                    calm * turn * Math.sin(ms / 410 + phase[3]),
                    calm * 10 * Math.sin(ms / 300 + phase[4]));
        };
    }

    /** A film, played once, held by hand: a little nearer or farther, and never quite still. */
    static Actor replay(Random random, Film film) {
        double phase = random.nextDouble(6);
        double scale = random.nextDouble(0.8, 1.2);
        double early = random.nextDouble(-300, 300);
        return (ms, cue) -> {
            double tremor = 0.01 * Math.sin(ms / 120 + phase);
            return film.at(ms + early).moved(tremor, tremor, scale * (1 + tremor / 2), 0, 0, 30 * tremor);
        };
    }

    /** Somebody filmed while talking or looking about: turns, nods and leans whenever they like. */
    static Film everyday(Random random) {
        Person person = new Person(random, random.nextDouble(0.8, 1.6));
        double at = random.nextDouble(200, 1500);
        while (at < 20_000) {
            person.does(Movement.values()[random.nextInt(Movement.values().length)], at);
            at += random.nextDouble(500, 2500);
        }
        Film film = new Film();
        for (double ms = 0; ms < 12_000; ms += 40) {
            film.add(ms, person.at(ms, null));
        }
        return film;
    }

    /** Films of one movement each, cut together in a guessed order. */
    static Actor splice(Random random) {
        double first = random.nextDouble(900, 1800);
        double second = first + random.nextDouble(900, 2000);
        double third = second + random.nextDouble(900, 2000);
        List<Actor> films = List.of(shot(random, -1), shot(random, 300), shot(random, 300), shot(random, 300));
        double[] cuts = {0, first, second, third};
        return (ms, cue) -> {
            int i = 3;
            while (cuts[i] > ms) {
                i--;
            }
            return films.get(i).at(ms - cuts[i], null);
        };
    }

    /** A film of each movement at hand, and the right one is played as soon as the screen says which. */
    static Actor switching(Random random) {
        Actor waits = shot(random, -1);
        List<Actor> films = new ArrayList<>();
        for (Movement movement : Movement.values()) {
            films.add(shot(random, 200, movement));
        }
        Cue[] read = {null};
        double[] from = {0};
        return (ms, cue) -> {
            if (cue != null && cue.kind() == Cue.Kind.MOVE && !cue.equals(read[0])) {
                read[0] = cue;
                from[0] = ms + 300 + random.nextDouble(300);
            }
            return read[0] == null || ms < from[0]
                    ? waits.at(ms, null)
                    : films.get(read[0].movement().ordinal()).at(ms - from[0], null);
        };
    }

    private static Actor shot(Random random, double from) {
        return shot(random, from, Movement.values()[random.nextInt(Movement.values().length)]);
    }

    /**
     * One take of the same person from about the same place: cut to fit by hand, within about 6 % of the face and 4 degrees.
     *
     * @param from when the movement begins; negative for none
     */
    private static Actor shot(Random random, double from, Movement movement) {
        Person person = new Person(new Random(3), 1);
        Person moves = new Person(random, 1);
        if (from >= 0) {
            moves.does(movement, from);
        }
        Head own = moves.at(-1e6, null);
        Head base = person.at(0, null);
        double dx = 0.06 * random.nextGaussian();
        double dy = 0.06 * random.nextGaussian();
        double scale = Math.exp(0.05 * random.nextGaussian());
        double yaw = 4 * random.nextGaussian();
        double pitch = 4 * random.nextGaussian();
        double roll = 2 * random.nextGaussian();
        return (ms, cue) -> {
            Head now = moves.at(ms, null);
            return new Head(
                            base.x(),
                            base.y(),
                            base.size() * now.size() / own.size(),
                            base.yaw() + now.yaw() - own.yaw(),
                            base.pitch() + now.pitch() - own.pitch(),
                            base.roll(),
                            false)
                    .moved(dx, dy, scale, yaw, pitch, roll);
        };
    }
}

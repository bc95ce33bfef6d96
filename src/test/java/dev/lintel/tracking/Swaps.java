package dev.lintel.tracking;

import dev.lintel.tracking.Play.Played;
import dev.lintel.tracking.Play.Said;
import dev.lintel.tracking.Play.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * One after the other before the camera: pictures and people, in segments whose lengths, rates, places and late answers are drawn
 * by a seed; and whether a grant is backed by a live face of the same person in the stretch before it.
 */
final class Swaps {
    static final String ANNA = "Anna";
    static final String BOB = "Bob";
    private static final double SIZE = 100;

    enum Segment {
        PHOTO_OF_ANNA,
        REPLAY_OF_ANNA,
        LIVE_ANNA,
        LIVE_BOB,
        NOTHING,
        CROSSING,
        BOB_STEPS_IN_FRONT
    }

    /** A case: its segments, and where the dice lie. */
    record Script(List<Segment> segments, long seed) {}

    private Swaps() {}

    static List<List<Segment>> sequences() {
        List<List<Segment>> all = new ArrayList<>();
        List<List<Segment>> longest = List.of(List.of());
        for (int length = 1; length <= 4; length++) {
            List<List<Segment>> longer = new ArrayList<>();
            for (List<Segment> start : longest) {
                for (Segment next : Segment.values()) {
                    List<Segment> one = new ArrayList<>(start);
                    one.add(next);
                    longer.add(one);
                }
            }
            all.addAll(longer);
            longest = longer;
        }
        return all;
    }

    /** @param lastFrames length of the last segment; 0 to draw it like the others */
    static Play play(Script script, int lastFrames, Function<Random, Lens> lens) {
        Random random = new Random(script.seed());
        List<String> enrolled = random.nextBoolean() ? List.of(ANNA) : List.of(ANNA, BOB);
        Play play = new Play(enrolled, random.nextInt(3), random, lens.apply(random));
        long step = 1_000_000L / (5 + random.nextInt(26));
        double x = 300;
        for (int i = 0; i < script.segments().size(); i++) {
            x = switch (random.nextInt(4)) {
                case 0 -> x + SIZE * (1 + 2 * random.nextDouble()) * (x > 300 ? -1 : 1);
                case 1 -> x + SIZE * (0.6 + 0.4 * random.nextDouble()) * (x > 300 ? -1 : 1);
                default -> x;
            };
            int length = 2 + random.nextInt(19);
            boolean last = i == script.segments().size() - 1;
            segment(play, script.segments().get(i), last && lastFrames > 0 ? lastFrames : length, step, x, random);
        }
        for (int i = 0; i < 2_500_000 / step; i++) {
            play.frame(step, List.of());
        }
        return play;
    }

    private static void segment(Play play, Segment kind, int length, long step, double x, Random random) {
        double photo = 0.5 + 0.2 * random.nextDouble();
        boolean live = random.nextBoolean();
        for (int i = 0; i < length; i++) {
            double share = length == 1 ? 0 : (double) i / (length - 1);
            double nose = 0.25 * Math.sin(0.9 * i);
            double sway = 4 * Math.sin(0.5 * i);
            Shown picture = new Shown(ANNA, "photo", photo, x, 180, SIZE, 0);
            // What is carried shows the network more of itself; that its surroundings go along is another test's
            // matter.
            Shown carried = new Shown(ANNA, "sheet", 0.45, x, 180, SIZE, 0);
            Shown anna = new Shown(ANNA, Shown.LIVE, 0.96, x + sway, 180, SIZE, nose);
            Shown bob = new Shown(BOB, Shown.LIVE, 0.98, x + sway, 182, SIZE, nose + 0.12);
            play.frame(
                    step,
                    switch (kind) {
                        case PHOTO_OF_ANNA -> List.of(picture);
                        case REPLAY_OF_ANNA -> List.of(new Shown(ANNA, "replay", 0.45, x + sway, 180, SIZE, nose));
                        case LIVE_ANNA -> List.of(anna);
                        case LIVE_BOB -> List.of(bob);
                        case NOTHING -> List.of();
                        case CROSSING -> {
                            double left = x - 150 + 300 * share;
                            double right = x + 150 - 300 * share;
                            Shown near = at(bob, right);
                            Shown far = at(live ? anna : carried, left);
                            yield Math.abs(left - right) < 0.6 * SIZE ? List.of(near) : List.of(near, far);
                        }
                        case BOB_STEPS_IN_FRONT -> {
                            double away = 260 * Math.abs(1 - 2 * share);
                            Shown near = at(bob, x + away);
                            yield away < 0.6 * SIZE ? List.of(near) : List.of(live ? anna : picture, near);
                        }
                    });
        }
    }

    private static Shown at(Shown face, double x) {
        return new Shown(face.person(), face.presentation(), face.network(), x, face.y(), face.size(), face.nose());
    }

    /** The first grant that is not backed by a live face of the same person in the stretch before it. */
    static Optional<String> violation(Play play) {
        for (Said said : play.said) {
            if (said.granted() && !backed(play, said)) {
                return Optional.of("frame " + said.frame() + " of " + play.frames.size() + ", after "
                        + play.frames.get(said.frame()).millis() + " ms: "
                        + said.sighting().liveness());
            }
        }
        return Optional.empty();
    }

    /** Whether a live face backs the grant, as of one of the frames whose answer may have led to it. */
    private static boolean backed(Play play, Said said) {
        String person = said.sighting().person().orElseThrow().label().text();
        return IntStream.rangeClosed(Math.max(0, said.frame() - play.lag), said.frame())
                .anyMatch(frame -> backed(play, person, frame));
    }

    /**
     * Back from a frame to where the person was last shown, and on while the face stays where it was, hidden for a moment at
     * most: a live one must have been there, and its embedding asked for.
     */
    private static boolean backed(Play play, String person, int frame) {
        Shown last = null;
        long seen = 0;
        boolean hidden = false;
        for (int i = frame; i >= 0; i--) {
            Played played = play.frames.get(i);
            Shown here = shown(played, person);
            if (here == null) {
                hidden |= !played.faces().isEmpty();
                continue;
            }
            boolean another = last != null
                    && (Math.abs(here.x() - last.x()) > 1.1 * SIZE
                            || seen - played.millis() > 600
                            || hidden && !here.presentation().equals(last.presentation()));
            if (another) {
                return false;
            }
            if (here.live() && played.embedded().contains(here)) {
                return true;
            }
            last = here;
            seen = played.millis();
            hidden = false;
        }
        return false;
    }

    private static Shown shown(Played frame, String person) {
        return frame.faces().stream()
                .filter(f -> f.person().equals(person))
                .findFirst()
                .orElse(null);
    }
}

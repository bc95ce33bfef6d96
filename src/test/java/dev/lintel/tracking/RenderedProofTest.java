package dev.lintel.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.tracking.Play.Said;
import dev.lintel.tracking.Swaps.Script;
import dev.lintel.tracking.Swaps.Segment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** As {@link UnbrokenProofTest}, with pixels: every pair of segments, and longer sequences that a fixed seed draws. */
@Tag("slow")
class RenderedProofTest {
    private static final int LONGER = 250;

    @Test
    void shouldGrantNobodyUnlessRecognisedAndLiveInOneUnbrokenStretch() {
        List<String> violations = new ArrayList<>();
        int granted = 0;
        List<List<Segment>> cases = cases();
        for (int i = 0; i < cases.size(); i++) {
            Script script = new Script(cases.get(i), 77_000L + i);
            Play play = play(script, 0);
            granted += play.said.stream().anyMatch(Said::granted) ? 1 : 0;
            Swaps.violation(play).ifPresent(what -> violations.add(script + ": " + what));
        }

        assertThat(cases).hasSize(7 + 49 + LONGER);
        assertThat(granted).as("cases in which somebody live is let in").isGreaterThan(cases.size() / 4);
        assertThat(violations)
                .as("%d of %d cases", violations.size(), cases.size())
                .isEmpty();
    }

    @Test
    void shouldGrantWhoeverIsLiveAndStays() {
        List<String> shut = new ArrayList<>();
        for (Segment before : Segment.values()) {
            Script script = new Script(List.of(before, Segment.LIVE_ANNA), before.ordinal());
            Play play = play(script, 60);
            if (play.said.stream().noneMatch(s -> s.granted() && who(s).equals(Swaps.ANNA))) {
                shut.add(script.toString());
            }
        }

        assertThat(shut).isEmpty();
    }

    private static String who(Said said) {
        return said.sighting().person().orElseThrow().label().text();
    }

    private static List<List<Segment>> cases() {
        List<List<Segment>> all = Swaps.sequences();
        List<List<Segment>> longer =
                new ArrayList<>(all.stream().filter(s -> s.size() > 2).toList());
        Collections.shuffle(longer, new Random(12));
        return Stream.concat(
                        all.stream().filter(s -> s.size() <= 2), longer.stream().limit(LONGER))
                .toList();
    }

    private static Play play(Script script, int lastFrames) {
        List<RenderedLens> opened = new ArrayList<>();
        try {
            return Swaps.play(script, lastFrames, random -> {
                RenderedLens lens = new RenderedLens(random);
                opened.add(lens);
                return lens;
            });
        } finally {
            opened.forEach(RenderedLens::close);
        }
    }
}

package dev.lintel.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.tracking.Play.Said;
import dev.lintel.tracking.Swaps.Script;
import dev.lintel.tracking.Swaps.Segment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Nobody is granted as somebody who was not recognised and live in the same unbroken stretch: every sequence of up to four
 * segments, each with lengths, rates, places and late answers drawn by a fixed seed.
 */
@Tag("slow")
class UnbrokenProofTest {
    private static final int DRAWS = 2;

    @Test
    void shouldGrantNobodyUnlessRecognisedAndLiveInOneUnbrokenStretch() {
        List<String> violations = new ArrayList<>();
        int cases = 0;
        int granted = 0;
        for (List<Segment> segments : Swaps.sequences()) {
            for (int draw = 0; draw < DRAWS; draw++) {
                Script script = new Script(segments, 1000L * cases + draw);
                Play play = Swaps.play(script, 0, PlainLens::new);
                granted += play.said.stream().anyMatch(Said::granted) ? 1 : 0;
                Swaps.violation(play).ifPresent(what -> violations.add(script + ": " + what));
                cases++;
            }
        }

        assertThat(cases).isEqualTo(DRAWS * (7 + 49 + 343 + 2401));
        assertThat(granted).as("cases in which somebody live is let in").isGreaterThan(cases / 3);
        assertThat(violations).as("%d of %d cases", violations.size(), cases).isEmpty();
    }

    /** Whoever is live and stays is let in, whatever was shown before: a proof that is never given is no proof. */
    @Test
    void shouldGrantWhoeverIsLiveAndStays() {
        List<String> shut = new ArrayList<>();
        int cases = 0;
        for (Segment before : Segment.values()) {
            for (Segment first : Segment.values()) {
                Script script = new Script(List.of(first, before, Segment.LIVE_ANNA), cases);
                Play play = Swaps.play(script, 60, PlainLens::new);
                cases++;
                boolean opened = play.said.stream()
                        .anyMatch(s -> s.granted()
                                && s.sighting()
                                        .person()
                                        .orElseThrow()
                                        .label()
                                        .text()
                                        .equals(Swaps.ANNA));
                if (!opened) {
                    shut.add(script.toString());
                }
            }
        }

        assertThat(shut).isEmpty();
    }
}

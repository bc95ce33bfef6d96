package dev.lintel.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lintel.evaluation.report.Figure;
import dev.lintel.evaluation.report.Section;
import dev.lintel.evaluation.score.Proportion;
import dev.lintel.face.Liveness;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AttackTrialTest {
    private int next;

    private Sample face(double network, double glare) {
        return TestSamples.seen(
                Path.of("f" + next++ + ".png"),
                0,
                new Liveness.Check("glare", glare, 0.25, glare <= 0.25),
                new Liveness.Check("network", network, 0.5, network >= 0.5));
    }

    private final AttackTrial trial = new AttackTrial(
            List.of(
                    face(0.9, 0.1),
                    face(0.8, 0.1),
                    face(0.4, 0.1),
                    face(0.9, 0.3),
                    TestSamples.unseen(Path.of("l.png"))),
            Map.of(
                    "print",
                    List.of(face(0.1, 0.1), face(0.2, 0.4)),
                    "screen",
                    List.of(face(0.6, 0.1), face(0.1, 0.3))));

    @Test
    void shouldCountEachCheckAloneAndAllTogether() {
        assertThat(trial.checks()).containsExactly("glare", "network");
        assertThat(trial.attacksAccepted("network"::equals)).isEqualTo(new Proportion(1, 4));
        assertThat(trial.attacksAccepted("glare"::equals)).isEqualTo(new Proportion(2, 4));
        assertThat(trial.attacksAccepted(c -> true)).isEqualTo(new Proportion(1, 4));
        assertThat(trial.liveRefused("network"::equals)).isEqualTo(new Proportion(1, 4));
        assertThat(trial.liveRefused(c -> true)).isEqualTo(new Proportion(2, 4));
        assertThat(trial.liveUnseen()).isEqualTo(new Proportion(1, 5));
    }

    @Test
    void shouldTurnAChecksScaleTowardsLife() {
        // glare of live faces .1 .1 .1 .3, of attacks .1 .4 .1 .3; less glare is more alive
        assertThat(trial.curve("glare").at(-0.2).falseAccept()).isEqualTo(0.5);
        assertThat(trial.curve("glare").at(-0.2).falseReject()).isEqualTo(0.25);
        assertThat(trial.curve("network").equalErrorRate()).isEqualTo(0.25, within(1e-9));
    }

    @Test
    void shouldLetTheMostSuccessfulKindOfAttackSpeak() {
        Section section = new LivenessSection(trial, Thumbnails.none()).build();
        assertThat(section.figures())
                .filteredOn(f -> f.id().equals("apcer"))
                .extracting(Figure::value)
                .containsExactly(0.5);
        assertThat(section.figures())
                .filteredOn(f -> f.id().equals("acer"))
                .extracting(Figure::value)
                .containsExactly(0.5);
        assertThat(new ArrayList<>(section.tables().get(0).rows()))
                .extracting(row -> row.get(0))
                .containsExactly("glare alone", "network alone", "all");
    }
}

package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class FiguresTest {
    private static Client.Answer answer(int status, String json) throws IOException {
        return new Client.Answer(status, new ObjectMapper().readTree(json));
    }

    @Test
    void shouldCountARefusalAsNotRecognisedButNotAsAFalsePositive() throws IOException {
        Figures figures = new Figures(2);
        figures.mated("Anna", answer(200, "{\"label\":\"Anna\"}"));
        figures.mated("Anna", answer(200, "{\"label\":\"unknown\"}"));
        figures.mated("Anna", answer(200, "{\"label\":\"Bert\"}"));
        figures.mated("Anna", answer(400, "{\"code\":\"no_face\"}"));
        figures.stranger(answer(200, "{\"label\":\"Anna\"}"));
        figures.stranger(answer(400, "{\"code\":\"no_face\"}"));

        assertThat(figures.fnir()).isEqualTo(0.75, within(1e-9));
        assertThat(figures.fpir()).isEqualTo(0.5, within(1e-9));
        assertThat(figures.toMap()).containsEntry("takenForSomebodyElse", 1).containsEntry("matedRefused", 1);
    }

    @Test
    void shouldCompareLabelsInTheirNormalForm() throws IOException {
        Figures figures = new Figures(1);
        figures.mated("Zoe\u0308", answer(200, "{\"label\":\"Zo\u00eb\"}"));

        assertThat(figures.fnir()).isZero();
    }

    @Test
    void shouldGiveWilsonIntervals() {
        assertThat(Figures.interval(0, 100)).isEqualTo("0.00 % [0.00, 3.70]");
        assertThat(Figures.interval(10, 100)).isEqualTo("10.00 % [5.52, 17.44]");
        assertThat(Figures.interval(0, 0)).isEqualTo("-");
    }
}

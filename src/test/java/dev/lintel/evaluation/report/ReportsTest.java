package dev.lintel.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lintel.evaluation.score.ErrorCurve;
import dev.lintel.evaluation.score.Proportion;
import dev.lintel.evaluation.score.ScoreDistribution;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class ReportsTest {
    private static final ErrorCurve CURVE = new ErrorCurve(
            ScoreDistribution.of(0.9, 0.8, 0.7, Double.NEGATIVE_INFINITY),
            ScoreDistribution.of(0.75, 0.5, 0.3, 0.2, 0.1));

    private static final Report REPORT = new Report(
            "Evaluation of <people>",
            List.of(new Report.Fact("Embedding", "x & y")),
            List.of(Section.of("verification", "Verification", "What was done.")
                    .add(Figure.share("tpr", "Same person accepted", new Proportion(975, 1000))
                            .asHeadline())
                    .add(Figure.plain("eer", "Equal error rate", Double.NaN, Figure.Unit.SHARE, "nothing to compare"))
                    .add(Table.of("points", "Points", "Rate", "Similarity")
                            .row("1e-3", "0.4321")
                            .build())
                    .add(Curves.det("det", "DET", "FMR", "FNMR", Map.of("all", CURVE)))
                    .add(Curves.roc("roc", "ROC", "FMR", "TPR", Map.of("all", CURVE)))
                    .add(Curves.histogram(
                            "histogram",
                            "Scores",
                            "similarity",
                            -0.4,
                            1,
                            "same",
                            "different",
                            CURVE,
                            List.of(new Chart.Mark("threshold", 0.45))))
                    .add(new Worst(
                            "lowest",
                            "Least alike",
                            List.of(new Worst.Entry(
                                    List.of(
                                            new Worst.Image("a/<script>alert(1)</script>.jpg", Optional.empty()),
                                            new Worst.Image("b.jpg", Optional.of("data:image/png;base64,AAAA"))),
                                    "similarity 0.1"))))
                    .build()));

    @Test
    void shouldMakeOnePageThatRequestsNothing() {
        String page = HtmlReport.render(REPORT);
        assertThat(page)
                .contains("97.50 %", "96.34 .. 98.30 %", "Evaluation of &lt;people&gt;", "x &amp; y", "not measured");
        assertThat(page).doesNotContain("http:", "https:", "<script", "<link", "src=\"/", "url(", "@import");
        assertThat(page).contains("&lt;script&gt;alert(1)&lt;/script&gt;", "data:image/png;base64,AAAA");
    }

    @Test
    void shouldDrawWellFormedSvg() throws Exception {
        for (Chart chart : REPORT.sections().get(0).charts()) {
            String svg = SvgChart.draw(chart);
            assertThat(svg).doesNotContain("NaN", "Infinity");
            var document = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
            assertThat(document.getElementsByTagName("path").getLength()).isGreaterThanOrEqualTo(1);
        }
    }

    @Test
    void shouldPutTicksOnRoundNumbers() {
        assertThat(SvgChart.ticks(new Chart.Axis("x", Chart.Scale.LINEAR, -0.4, 1, false)))
                .extracting(v -> SvgChart.label(new Chart.Axis("x", Chart.Scale.LINEAR, -0.4, 1, false), v))
                .containsExactly("-0.4", "-0.2", "0", "0.2", "0.4", "0.6", "0.8", "1");
        Chart.Axis log = new Chart.Axis("y", Chart.Scale.LOG, 1e-4, 1, true);
        assertThat(SvgChart.ticks(log))
                .extracting(v -> SvgChart.label(log, v))
                .containsExactly("0.01 %", "0.1 %", "1 %", "10 %", "100 %");
        assertThatThrownBy(() -> new Chart.Axis("y", Chart.Scale.LOG, 0, 1, true))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldGiveFiguresToPrograms() throws Exception {
        JsonNode json = new ObjectMapper().readTree(DataReport.json(REPORT));
        JsonNode figures = json.path("sections").path("verification").path("figures");
        assertThat(figures.path("tpr").path("value").asDouble()).isEqualTo(0.975);
        assertThat(figures.path("tpr").path("interval95")).hasSize(2);
        assertThat(figures.path("eer").path("value").isNull()).isTrue();
        assertThat(DataReport.figuresCsv(REPORT).lines().toList().get(1))
                .startsWith("verification,tpr,0.975,0.96")
                .endsWith(",\"975 of 1,000\"");
        assertThat(DataReport.curvesCsv(REPORT))
                .contains("verification,det,\"all\",", "verification,histogram,\"different\",");
    }

    @Test
    void shouldAlignTheTerminalsTable() {
        assertThat(TextReport.render(REPORT))
                .contains(
                        "Same person accepted       97.50 %  96.34 .. 98.30 %  975 of 1,000",
                        "Equal error rate      not measured", "Rate  Similarity", "1e-3      0.4321");
    }

    @Test
    void shouldShowSmallSharesWithEnoughDigits() {
        assertThat(List.of(Figure.percent(0.975), Figure.percent(0), Figure.percent(0.0004), Figure.percent(0.000012)))
                .containsExactly("97.50 %", "0.00 %", "0.040 %", "0.0012 %");
    }
}

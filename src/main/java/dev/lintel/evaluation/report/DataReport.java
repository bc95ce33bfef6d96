package dev.lintel.evaluation.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lintel.evaluation.score.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The report for programs: all of it as JSON, figures and curves as CSV. */
public final class DataReport {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .build();

    private DataReport() {}

    /** Figures and tables by section and id; numbers that could not be measured are null. */
    public static String json(Report report) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("title", report.title());
        Map<String, String> facts = new LinkedHashMap<>();
        report.facts().forEach(f -> facts.put(f.name(), f.value()));
        root.put("measuredWith", facts);
        Map<String, Object> sections = new LinkedHashMap<>();
        report.sections().forEach(s -> sections.put(s.id(), section(s)));
        root.put("sections", sections);
        try {
            return JSON.writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> section(Section section) {
        Map<String, Object> figures = new LinkedHashMap<>();
        for (Figure f : section.figures()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("value", Double.isFinite(f.value()) ? f.value() : null);
            f.interval().ifPresent(i -> entry.put("interval95", List.of(i.low(), i.high())));
            entry.put("label", f.label());
            entry.put("basis", f.basis());
            figures.put(f.id(), entry);
        }
        Map<String, Object> tables = new LinkedHashMap<>();
        for (Table table : section.tables()) {
            tables.put(table.id(), Map.of("columns", table.columns(), "rows", table.rows()));
        }
        Map<String, Object> worst = new LinkedHashMap<>();
        for (Worst list : section.worst()) {
            worst.put(
                    list.id(),
                    list.entries().stream()
                            .map(entry -> Map.of(
                                    "score",
                                    entry.score(),
                                    "files",
                                    entry.images().stream()
                                            .map(Worst.Image::file)
                                            .toList()))
                            .toList());
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("figures", figures);
        all.put("tables", tables);
        all.put("worst", worst);
        return all;
    }

    /** One line a figure. */
    public static String figuresCsv(Report report) {
        List<String> lines = new ArrayList<>(List.of("section,figure,value,low95,high95,basis"));
        for (Section section : report.sections()) {
            for (Figure f : section.figures()) {
                lines.add(String.join(
                        ",",
                        section.id(),
                        f.id(),
                        number(f.value()),
                        number(f.interval().map(Interval::low)),
                        number(f.interval().map(Interval::high)),
                        '"' + f.basis().replace("\"", "\"\"") + '"'));
            }
        }
        return String.join("\n", lines) + "\n";
    }

    /** One line for each point of each curve. */
    public static String curvesCsv(Report report) {
        List<String> lines = new ArrayList<>(List.of("section,chart,series,x,y"));
        for (Section section : report.sections()) {
            for (Chart chart : section.charts()) {
                for (Chart.Series series : chart.series()) {
                    series.points()
                            .forEach(p -> lines.add(String.join(
                                    ",",
                                    section.id(),
                                    chart.id(),
                                    '"' + series.name().replace("\"", "\"\"") + '"',
                                    number(p.x()),
                                    number(p.y()))));
                }
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private static String number(Optional<Double> value) {
        return value.map(DataReport::number).orElse("");
    }

    private static String number(double value) {
        return Double.isFinite(value) ? Double.toString(value) : "";
    }
}

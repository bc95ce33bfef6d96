package dev.lintel.evaluation.report;

import java.util.List;

/**
 * Everything an evaluation found.
 *
 * @param facts how it was measured: models, data, versions
 */
public record Report(String title, List<Fact> facts, List<Section> sections) {

    public record Fact(String name, String value) {}

    public Report {
        facts = List.copyOf(facts);
        sections = List.copyOf(sections);
    }
}

package dev.lintel.evaluation.report;

import java.util.ArrayList;
import java.util.List;

/**
 * One question and its answer.
 *
 * @param id short and stable, for JSON and CSV
 * @param note what was done, in a sentence or two
 */
public record Section(
        String id,
        String heading,
        String note,
        List<Figure> figures,
        List<Table> tables,
        List<Chart> charts,
        List<Worst> worst) {

    public Section {
        figures = List.copyOf(figures);
        tables = List.copyOf(tables);
        charts = List.copyOf(charts);
        worst = List.copyOf(worst);
    }

    public static Builder of(String id, String heading, String note) {
        return new Builder(id, heading, note);
    }

    /** Collects a section's parts in their order. */
    public static final class Builder {
        private final String id;
        private final String heading;
        private final String note;
        private final List<Figure> figures = new ArrayList<>();
        private final List<Table> tables = new ArrayList<>();
        private final List<Chart> charts = new ArrayList<>();
        private final List<Worst> worst = new ArrayList<>();

        private Builder(String id, String heading, String note) {
            this.id = id;
            this.heading = heading;
            this.note = note;
        }

        public Builder add(Figure figure) {
            figures.add(figure);
            return this;
        }

        public Builder add(Table table) {
            if (!table.rows().isEmpty()) {
                tables.add(table);
            }
            return this;
        }

        public Builder add(Chart chart) {
            charts.add(chart);
            return this;
        }

        public Builder add(Worst list) {
            if (!list.entries().isEmpty()) {
                worst.add(list);
            }
            return this;
        }

        public Section build() {
            return new Section(id, heading, note, figures, tables, charts, worst);
        }
    }
}

package dev.lintel.evaluation.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of text under column heads.
 *
 * @param id short and stable, unique in its section
 */
public record Table(String id, String caption, List<String> columns, List<List<String>> rows) {

    public Table {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        for (List<String> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(
                        id + ": " + row.size() + " cells under " + columns.size() + " heads");
            }
        }
    }

    public static Builder of(String id, String caption, String... columns) {
        return new Builder(id, caption, List.of(columns));
    }

    /** Collects rows. */
    public static final class Builder {
        private final String id;
        private final String caption;
        private final List<String> columns;
        private final List<List<String>> rows = new ArrayList<>();

        private Builder(String id, String caption, List<String> columns) {
            this.id = id;
            this.caption = caption;
            this.columns = columns;
        }

        public Builder row(String... cells) {
            rows.add(List.of(cells));
            return this;
        }

        public Table build() {
            return new Table(id, caption, columns, rows);
        }
    }
}

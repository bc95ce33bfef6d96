package dev.lintel.evaluation.report;

import java.util.ArrayList;
import java.util.List;

/** The report for a terminal: figures and tables; charts and names of files are left to the page. */
public final class TextReport {
    private static final String GAP = "  ";

    private TextReport() {}

    public static String render(Report report) {
        StringBuilder out = new StringBuilder();
        for (Section section : report.sections()) {
            out.append('\n').append(section.heading()).append('\n');
            out.append("-".repeat(section.heading().length())).append('\n');
            List<List<String>> figures = new ArrayList<>();
            section.figures().forEach(f -> figures.add(List.of(f.label(), f.text(), f.intervalText(), f.basis())));
            rows(figures, out);
            for (Table table : section.tables()) {
                out.append('\n').append(table.caption()).append('\n');
                List<List<String>> rows = new ArrayList<>(List.of(table.columns()));
                rows.addAll(table.rows());
                rows(rows, out);
            }
        }
        return out.toString();
    }

    /** The second and third columns hold numbers and are aligned to the right. */
    private static void rows(List<List<String>> rows, StringBuilder out) {
        if (rows.isEmpty()) {
            return;
        }
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        rows.forEach(row -> {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(
                        widths[i], row.get(i).codePointCount(0, row.get(i).length()));
            }
        });
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                String padding = " "
                        .repeat(widths[i]
                                - row.get(i).codePointCount(0, row.get(i).length()));
                boolean number = i > 0
                        && !row.get(i).isEmpty()
                        && Character.isDigit(row.get(i).charAt(0))
                        && i < 3;
                line.append(i > 0 ? GAP : "").append(number ? padding + row.get(i) : row.get(i) + padding);
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
    }
}

package dev.lintel.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Columns for the terminal, as wide as what is in them. */
final class TextTable {
    private final List<String[]> rows = new ArrayList<>();

    TextTable(String... head) {
        rows.add(head);
    }

    void row(String... cells) {
        if (cells.length != rows.get(0).length) {
            throw new IllegalArgumentException(cells.length + " cells for " + rows.get(0).length + " columns");
        }
        rows.add(cells);
    }

    void print(PrintWriter out) {
        int[] widths = new int[rows.get(0).length];
        rows.forEach(row -> {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], width(row[i]));
            }
        });
        rows.forEach(row -> {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                line.append(row[i]);
                line.append(i == row.length - 1 ? "" : " ".repeat(widths[i] - width(row[i]) + 2));
            }
            out.println(line.toString().stripTrailing());
        });
        out.flush();
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}

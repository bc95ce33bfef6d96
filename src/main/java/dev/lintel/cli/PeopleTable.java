package dev.lintel.cli;

import dev.lintel.attendance.Csv;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * People as a table of comma-, semicolon- or tab-separated values, as spreadsheets write them (RFC 4180). The first line names the
 * columns: {@code label}, {@code external_id}, {@code note}, {@code active}; every other one is a field. Immutable.
 */
final class PeopleTable {
    private static final List<String> OWN = List.of("label", "external_id", "note", "active");

    private final List<Row> rows;

    /** @param line where it begins in the file, from 1 */
    record Row(int line, Map<String, String> cells) {
        String cell(String column) {
            return cells.getOrDefault(column, "");
        }

        /** What is to be said of the person; an empty cell takes away what was there, a column that is missing leaves it. */
        Map<String, Object> body(boolean withNumber) {
            Map<String, Object> body = new LinkedHashMap<>();
            Map<String, String> fields = new LinkedHashMap<>();
            cells.forEach((column, text) -> {
                if (!OWN.contains(column) && !text.isEmpty()) {
                    fields.put(column, text);
                }
            });
            if (cells.keySet().stream().anyMatch(column -> !OWN.contains(column))) {
                body.put("fields", fields);
            }
            if (cells.containsKey("note")) {
                body.put("note", cell("note"));
            }
            if (withNumber && cells.containsKey("external_id")) {
                body.put("external_id", cell("external_id"));
            }
            return body;
        }

        /** Null if the table does not say. */
        Boolean active() {
            return switch (cell("active").toLowerCase(Locale.ROOT)) {
                case "" -> null;
                case "true", "yes", "1" -> true;
                case "false", "no", "0" -> false;
                default -> throw new IllegalArgumentException("active: must be true or false");
            };
        }
    }

    private PeopleTable(List<Row> rows) {
        this.rows = List.copyOf(rows);
    }

    List<Row> rows() {
        return rows;
    }

    /** @throws IllegalArgumentException that says what is wrong and where */
    static PeopleTable read(byte[] file) {
        String text = text(file);
        int end = text.indexOf('\n');
        char separator = separator(end < 0 ? text : text.substring(0, end));
        List<List<String>> lines = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        cells(text, separator, lines, numbers);
        if (lines.isEmpty()) {
            throw new IllegalArgumentException(
                    "the file is empty: the first line names the columns, such as label,external_id,note");
        }
        List<String> header = lines.get(0).stream()
                .map(name -> OWN.contains(name.toLowerCase(Locale.ROOT)) ? name.toLowerCase(Locale.ROOT) : name)
                .toList();
        if (!header.contains("label")) {
            throw new IllegalArgumentException("line 1: no column is called label");
        }
        if (header.stream().distinct().count() < header.size() || header.contains("")) {
            throw new IllegalArgumentException("line 1: each column needs a name of its own");
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            List<String> cells = lines.get(i);
            if (cells.stream().allMatch(String::isEmpty)) {
                continue;
            }
            if (cells.size() != header.size()) {
                throw new IllegalArgumentException("line " + numbers.get(i) + ": has " + cells.size()
                        + " cells, the first line has " + header.size());
            }
            Map<String, String> row = new LinkedHashMap<>();
            for (int c = 0; c < cells.size(); c++) {
                row.put(header.get(c), cells.get(c));
            }
            rows.add(new Row(numbers.get(i), row));
        }
        requireOneLineEach(rows);
        return new PeopleTable(rows);
    }

    /** The second line of a number would rename the person of the first. */
    private static void requireOneLineEach(List<Row> rows) {
        Map<String, Integer> lines = new HashMap<>();
        for (Row row : rows) {
            String number = row.cell("external_id");
            Integer before = number.isEmpty() ? null : lines.putIfAbsent(number, row.line());
            if (before != null) {
                throw new IllegalArgumentException("line " + row.line() + ": its external_id stands in line " + before
                        + " as well: each person needs one of their own");
            }
        }
    }

    private static String text(byte[] file) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the file is no UTF-8: save it as 'CSV UTF-8'");
        }
    }

    private static char separator(String line) {
        char best = ',';
        for (char candidate : new char[] {';', '\t'}) {
            if (count(line, candidate) > count(line, best)) {
                best = candidate;
            }
        }
        return best;
    }

    private static long count(String line, char wanted) {
        return line.chars().filter(c -> c == wanted).count();
    }

    private static void cells(String text, char separator, List<List<String>> lines, List<Integer> numbers) {
        List<String> line = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        int number = 1;
        int begun = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            number += c == '\n' ? 1 : 0;
            if (quoted) {
                if (c != '"') {
                    cell.append(c);
                } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    cell.append('"');
                    i++;
                } else {
                    quoted = false;
                }
            } else if (c == '"' && cell.toString().isBlank()) {
                cell.setLength(0);
                quoted = true;
            } else if (c == separator || c == '\n') {
                line.add(plain(cell));
                cell.setLength(0);
                if (c == '\n') {
                    lines.add(line);
                    numbers.add(begun);
                    line = new ArrayList<>();
                    begun = number;
                }
            } else {
                cell.append(c);
            }
        }
        if (quoted) {
            throw new IllegalArgumentException("line " + begun + ": a quotation mark is not closed");
        }
        if (!line.isEmpty() || !cell.isEmpty()) {
            line.add(plain(cell));
            lines.add(line);
            numbers.add(begun);
        }
    }

    /** Without the apostrophe that an export puts before what a spreadsheet would run. */
    private static String plain(StringBuilder cell) {
        String text = cell.toString().strip();
        return text.length() > 1 && text.charAt(0) == '\'' && Csv.formula(text.charAt(1)) ? text.substring(1) : text;
    }
}

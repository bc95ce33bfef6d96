package dev.lintel.attendance;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Tables as RFC 4180 has them, in UTF-8. Texts that a spreadsheet would take for a formula get an apostrophe before them:
 * whoever chooses a label must not run commands where the file is opened. Immutable.
 *
 * @param separator between cells; spreadsheets in many countries expect a semicolon
 * @param mark whether to begin with a byte order mark, by which Excel knows UTF-8
 */
public record Csv(char separator, boolean mark) {
    private static final String FORMULA_STARTS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";
    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    /** Whether a spreadsheet may take a text that begins so for a formula. */
    public static boolean formula(char start) {
        return FORMULA_STARTS.indexOf(start) >= 0;
    }

    public byte[] write(Sheet sheet) {
        StringBuilder text = new StringBuilder(mark ? "\uFEFF" : "");
        line(text, sheet.header());
        sheet.rows().forEach(row -> line(text, row));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void line(StringBuilder text, List<?> cells) {
        text.append(cells.stream().map(this::cell).collect(Collectors.joining(String.valueOf(separator))))
                .append("\r\n");
    }

    private String cell(Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof Duration duration) {
            return Sheet.text(duration);
        }
        if (value instanceof LocalDateTime time) {
            return DATE_TIME.format(time);
        }
        String plain = value.toString();
        String safe = value instanceof String && !plain.isEmpty() && formula(plain.charAt(0)) ? "'" + plain : plain;
        boolean quoted = safe.chars()
                .anyMatch(c -> c == separator || c == '"' || c == '\r' || c == '\n' || c == ',' || c == ';');
        return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}

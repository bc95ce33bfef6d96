package dev.lintel.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lintel.cli.PhotoFolder.Photo;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What became of every photo. Thread-safe. */
final class EnrolReport {
    /**
     * @param code {@code stored}, {@code stored_before} (by an interrupted run), or why not
     * @param detail what to do about it; of a stored one what there is to look at, mostly empty
     */
    record Line(Photo photo, String code, String detail) {}

    static final String STORED = "stored";
    static final String BEFORE = "stored_before";

    private final List<Line> lines = new ArrayList<>();
    private final Map<String, List<String>> twins = new TreeMap<>();

    synchronized void add(Photo photo, String code, String detail) {
        lines.add(new Line(photo, code, detail));
    }

    /** Somebody new whose name others nearly have. */
    synchronized void twins(String label, List<String> others) {
        if (!others.isEmpty()) {
            twins.put(label, others);
        }
    }

    synchronized long count(String code) {
        return lines.stream().filter(line -> line.code.equals(code)).count();
    }

    synchronized List<Line> refused() {
        return lines.stream()
                .filter(line -> !line.code.equals(STORED) && !line.code.equals(BEFORE))
                .sorted(Comparator.comparing((Line line) -> line.photo.file()))
                .toList();
    }

    /** Stored, with others in the picture. */
    private synchronized List<Line> ofSeveral() {
        return lines.stream()
                .filter(line -> line.code.equals(STORED) && !line.detail.isEmpty())
                .sorted(Comparator.comparing((Line line) -> line.photo.file()))
                .toList();
    }

    /** People of whom no photo could be used. */
    synchronized List<String> peopleWithout() {
        Map<String, Boolean> any = new LinkedHashMap<>();
        lines.forEach(line -> any.merge(
                line.photo.label(), line.code.equals(STORED) || line.code.equals(BEFORE), Boolean::logicalOr));
        return any.entrySet().stream()
                .filter(e -> !e.getValue())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    void print(PrintWriter out) {
        List<Line> refused = refused();
        if (!refused.isEmpty()) {
            out.println("Not enrolled:");
            TextTable table = new TextTable("photo", "reason", "what to do");
            refused.forEach(line -> table.row(shortPath(line.photo.file()), line.code, line.detail));
            table.print(out);
            out.println("By reason: "
                    + refused.stream()
                            .collect(Collectors.groupingBy(Line::code, TreeMap::new, Collectors.counting()))
                            .entrySet()
                            .stream()
                            .map(e -> e.getKey() + " " + e.getValue())
                            .collect(Collectors.joining(", ")));
        }
        List<Line> doubtful = ofSeveral();
        if (!doubtful.isEmpty()) {
            out.println("Enrolled, though others are in the picture. Look whether the right one was taken:");
            TextTable table = new TextTable("photo", "label", "taken");
            doubtful.forEach(line -> table.row(shortPath(line.photo.file()), line.photo.label(), line.detail));
            table.print(out);
        }
        List<String> without = peopleWithout();
        if (!without.isEmpty()) {
            out.println("Without any usable photo: " + String.join(", ", without));
        }
        synchronized (this) {
            twins.forEach((label, others) -> out.println(twin(label, others)));
        }
    }

    /** One line for each person who may be there under another spelling. */
    static String twin(String label, List<String> others) {
        return "'" + label + "' is new, and nearly called as '" + String.join("', '", others)
                + "': if that is one person, merge them on the page (People, Rename).";
    }

    /** CSV or JSON, by the file's name. */
    void write(Path file) throws IOException {
        List<Line> sorted;
        synchronized (this) {
            sorted = lines.stream()
                    .sorted(Comparator.comparing((Line line) -> line.photo.file()))
                    .toList();
        }
        if (file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".json")) {
            List<Map<String, String>> rows = sorted.stream()
                    .map(line -> {
                        Map<String, String> row = new LinkedHashMap<>();
                        row.put("file", line.photo.file().toString());
                        row.put("label", line.photo.label());
                        row.put("result", line.code);
                        row.put("detail", line.detail);
                        return row;
                    })
                    .toList();
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), rows);
            return;
        }
        List<String> rows = new ArrayList<>(List.of("file,label,result,detail"));
        sorted.forEach(line -> rows.add(String.join(
                ",", csv(line.photo.file().toString()), csv(line.photo.label()), csv(line.code), csv(line.detail))));
        Files.write(file, rows);
    }

    /** Quoted where needed; a leading sign that spreadsheets take for a formula is disarmed. */
    static String csv(String text) {
        String safe = text.matches("(?s)^[=+@\\t\\r-].*") ? "'" + text : text;
        return safe.matches("(?s).*[\",\r\n].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }

    private static String shortPath(Path file) {
        int names = file.getNameCount();
        return names < 2 ? file.toString() : file.subpath(names - 2, names).toString();
    }
}

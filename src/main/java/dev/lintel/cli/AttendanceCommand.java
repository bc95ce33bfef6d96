package dev.lintel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(name = "attendance", description = "Working time of a month or a day: as a table here, or written to a file.")
final class AttendanceCommand implements Callable<Integer> {
    enum Format {
        CSV,
        JSON,
        XLSX
    }

    @Mixin
    Box box;

    @Spec
    CommandSpec spec;

    @Option(names = "--month", paramLabel = "YYYY-MM", description = "Default: this month.")
    String month;

    @Option(names = "--day", paramLabel = "YYYY-MM-DD", description = "One working day instead of a month.")
    String day;

    @Option(names = "--label", paramLabel = "NAME", description = "Only this person.")
    String label;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "Of the file: csv, json or xlsx. Default: by the file's ending.")
    Format format;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "A new file, readable by you only.")
    Path file;

    @Option(names = "--summary", description = "In a CSV, one row for each person instead of each day.")
    boolean summary;

    @Option(names = "--excel", description = "A CSV as Excel likes it in Europe: semicolons and a byte order mark.")
    boolean excel;

    @Override
    public Integer call() throws IOException {
        if (month != null && day != null) {
            throw new ParameterException(spec.commandLine(), "--month and --day exclude each other");
        }
        if (file == null && format != null) {
            throw new ParameterException(spec.commandLine(), "--format needs a file: add -o FILE");
        }
        String path = day == null ? "/attendance/month" : "/attendance/day";
        try (Box.Session session = box.open()) {
            if (file != null) {
                write(session.client(), path);
            } else {
                print(session.client().get(path, query()).orFail());
            }
        }
        return ExitCodes.OK;
    }

    private Map<String, String> query() {
        Map<String, String> query = new TreeMap<>();
        Client.putIfGiven(query, "month", month);
        Client.putIfGiven(query, "date", day);
        Client.putIfGiven(query, "label", label);
        return query;
    }

    private void write(Client client, String path) throws IOException {
        Map<String, String> query = query();
        Format as = format == null ? byEnding() : format;
        query.put("format", as.name().toLowerCase(Locale.ROOT));
        if (excel) {
            query.put("separator", "semicolon");
            query.put("bom", "true");
        }
        if (summary && day == null) {
            query.put("rows", "summary");
        }
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            throw new CommandException(ExitCodes.NO, file + " exists: name a new file, nothing is overwritten");
        }
        boolean written = false;
        try {
            client.download(path, query, file).orFail();
            written = true;
        } finally {
            if (!written) {
                Files.deleteIfExists(file);
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(file + ": " + Files.size(file) + " bytes, readable by you only");
        out.flush();
    }

    private Format byEnding() {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        for (Format known : Format.values()) {
            if (name.endsWith("." + known.name().toLowerCase(Locale.ROOT))) {
                return known;
            }
        }
        throw new ParameterException(
                spec.commandLine(), "the file's ending tells no format: add --format csv, json or xlsx");
    }

    private void print(JsonNode report) {
        PrintWriter out = spec.commandLine().getOut();
        boolean ofDay = report.has("date");
        TextTable table = ofDay
                ? new TextTable("label", "status", "first in", "last out", "presence", "late")
                : new TextTable("label", "present", "absent", "presence", "late", "open", "corrections");
        LocalTimes times = LocalTimes.in(report.path("time_zone").asText());
        for (JsonNode person : report.path("people")) {
            if (ofDay) {
                table.row(
                        person.path("label").asText(),
                        person.path("status").asText(),
                        times.text(person.path("first_in").asText("-")),
                        times.text(person.path("last_out").asText("-")),
                        time(person, "presence_seconds"),
                        time(person, "late_seconds"));
            } else {
                table.row(
                        person.path("label").asText(),
                        person.path("days_present").asText(),
                        person.path("days_absent").asText(),
                        time(person, "presence_seconds"),
                        time(person, "late_seconds"),
                        person.path("days_open").asText(),
                        person.path("corrections").asText());
            }
        }
        table.print(out);
        if (!report.path("kept").asBoolean(true)) {
            out.println("attendance is not kept (attendance.enabled: false)");
        }
        out.println(report.path(ofDay ? "date" : "month").asText() + ", "
                + report.path("time_zone").asText());
        out.flush();
    }

    private static String time(JsonNode person, String key) {
        long minutes = person.path(key).asLong() / 60;
        return String.format(Locale.ROOT, "%d:%02d", minutes / 60, minutes % 60);
    }
}

package dev.lintel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lintel.attendance.Csv;
import dev.lintel.attendance.Sheet;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "export-people",
        description =
                "Write who is enrolled with numbers, notes and fields to a new table (CSV), as 'lintel import-people' reads it. No face data.")
final class ExportPeopleCommand implements Callable<Integer> {
    private static final List<String> COLUMNS = List.of("label", "external_id", "note", "active");

    @Mixin
    Box box;

    @Spec
    CommandSpec spec;

    @Option(
            names = "--semicolon",
            description = "With semicolons between the cells, as spreadsheets in many countries expect.")
    boolean semicolon;

    @Parameters(paramLabel = "FILE")
    Path file;

    @Override
    public Integer call() throws IOException {
        List<JsonNode> people = new ArrayList<>();
        TreeSet<String> fields = new TreeSet<>();
        try (Box.Session session = box.open()) {
            ListCommand.pages(session.client(), "/people", Map.of(), people::add);
        }
        people.forEach(person -> person.path("fields").fieldNames().forEachRemaining(fields::add));
        List<String> header = new ArrayList<>(COLUMNS);
        header.addAll(fields);
        List<List<Object>> rows =
                people.stream().map(person -> row(person, fields)).toList();
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            throw new CommandException(ExitCodes.NO, file + " exists: name a new file, nothing is overwritten");
        }
        Files.write(file, new Csv(semicolon ? ';' : ',', true).write(new Sheet("people", header, rows)));
        spec.commandLine().getOut().println(file + ": " + rows.size() + " people, readable by you only");
        spec.commandLine().getOut().flush();
        return ExitCodes.OK;
    }

    private static List<Object> row(JsonNode person, TreeSet<String> fields) {
        List<Object> row = new ArrayList<>();
        for (String column : COLUMNS) {
            JsonNode value = person.path(column);
            row.add(value.isNull() ? "" : value.asText());
        }
        fields.forEach(name -> row.add(person.path("fields").path(name).asText("")));
        return row;
    }
}

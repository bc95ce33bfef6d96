package dev.lintel.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "import-people",
        description = {
            "Make or change people from a table (CSV): columns label, external_id, note, active; each other column is a field.",
            "A line with an external_id makes the person if there is none; the others change people who are there.",
            "An empty cell takes away what was there. Ends with 1 if a line was refused."
        })
final class ImportPeopleCommand implements Callable<Integer> {
    private static final String REFUSED = "refused";

    @Mixin
    Box box;

    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "FILE")
    Path file;

    @Override
    public Integer call() throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new CommandException(ExitCodes.NO_INPUT, "cannot read " + file);
        }
        PeopleTable people;
        try {
            people = PeopleTable.read(Files.readAllBytes(file));
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCodes.NO, file.getFileName() + ": " + e.getMessage());
        }
        PrintWriter out = spec.commandLine().getOut();
        TextTable refused = new TextTable("line", "reason", "what to do");
        Map<String, Integer> done = new TreeMap<>();
        try (Box.Session session = box.open()) {
            for (PeopleTable.Row row : people.rows()) {
                String result;
                try {
                    Client.Answer answer = put(session.client(), row);
                    if (answer.status() == 401 || answer.status() == 403 || answer.status() >= 500) {
                        answer.orFail();
                    }
                    result = answer.ok() ? answer.body().path("result").asText("updated") : REFUSED;
                    List<String> twins = answer.texts("similar_labels");
                    if (!twins.isEmpty()) {
                        out.println(EnrolReport.twin(row.cell("label"), twins));
                    }
                    if (!answer.ok()) {
                        refused.row(Integer.toString(row.line()), answer.code(), answer.detail());
                    }
                } catch (IllegalArgumentException e) {
                    result = REFUSED;
                    refused.row(Integer.toString(row.line()), "invalid_request", e.getMessage());
                }
                done.merge(result, 1, Integer::sum);
            }
        }
        if (done.containsKey(REFUSED)) {
            refused.print(out);
        }
        out.println(people.rows().size() + " lines: "
                + done.entrySet().stream()
                        .map(one -> one.getKey() + " " + one.getValue())
                        .collect(Collectors.joining(", ")));
        out.flush();
        return done.containsKey(REFUSED) ? ExitCodes.NO : ExitCodes.OK;
    }

    private static Client.Answer put(Client client, PeopleTable.Row row) {
        Boolean active = row.active();
        String number = row.cell("external_id");
        if (row.cell("label").isEmpty()) {
            throw new IllegalArgumentException("label: is empty");
        }
        if (!number.isEmpty()) {
            Map<String, Object> body = row.body(false);
            body.put("label", row.cell("label"));
            Client.putIfGiven(body, "active", active);
            return client.json("PUT", "/directory/" + Client.encoded(number), body);
        }
        String person = "/people/" + Client.encoded(row.cell("label"));
        Client.Answer answer = client.json("PATCH", person + "/details", row.body(true));
        return answer.ok() && active != null
                ? client.json("PUT", person + "/active", Map.of("active", active))
                : answer;
    }
}

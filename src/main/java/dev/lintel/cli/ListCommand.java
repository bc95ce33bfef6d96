package dev.lintel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "list", description = "Who is enrolled, with how many templates and since when.")
final class ListCommand implements Callable<Integer> {
    @Mixin
    Box box;

    @Spec
    CommandSpec spec;

    @Option(names = "--json", description = "One JSON object a line.")
    boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        TextTable table = new TextTable("label", "templates", "enrolled");
        int[] people = {0};
        try (Box.Session session = box.open()) {
            everybody(session.client(), Map.of(), person -> {
                people[0]++;
                if (json) {
                    out.println(person);
                } else {
                    table.row(
                            person.path("label").asText(),
                            person.path("count").asText(),
                            person.path("created_at").asText());
                }
            });
        }
        if (!json) {
            table.print(out);
            out.println(people[0] == 1 ? "1 person" : people[0] + " people");
        }
        out.flush();
        return ExitCodes.OK;
    }

    /** Everybody who is enrolled. */
    static Set<String> labels(Client client) {
        Set<String> labels = new HashSet<>();
        everybody(client, Map.of(), person -> labels.add(person.path("label").asText()));
        return labels;
    }

    /** @param which parameters that say who is meant; none: everybody */
    static void everybody(Client client, Map<String, String> which, Consumer<JsonNode> each) {
        Map<String, String> query = new HashMap<>(which);
        query.put("limit", "1000");
        JsonNode page;
        do {
            page = client.get("/list", query).orFail();
            page.path("people").forEach(each);
            query.put("after", page.path("next").asText());
        } while (page.path("next").isTextual());
    }
}

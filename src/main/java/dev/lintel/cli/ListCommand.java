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
    private static final int PAGE = 1000;

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
        pages(client, "/list", which, each);
    }

    /** Page after page of people; of many it says how far it is. @param address of the first page */
    static void pages(Client client, String address, Map<String, String> which, Consumer<JsonNode> each) {
        Map<String, String> query = new HashMap<>(which);
        query.put("limit", Integer.toString(PAGE));
        JsonNode page = client.get(address, query).orFail();
        int total = page.path("total").asInt();
        try (Progress progress = total > PAGE ? new Progress("Reading", total) : null) {
            while (true) {
                page.path("people").forEach(person -> {
                    each.accept(person);
                    if (progress != null) {
                        progress.step();
                    }
                });
                if (!page.path("next").isTextual()) {
                    return;
                }
                query.put("after", page.path("next").asText());
                page = client.get(address, query).orFail();
            }
        }
    }
}

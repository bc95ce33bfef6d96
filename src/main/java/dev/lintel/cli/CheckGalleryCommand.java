package dev.lintel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "check-gallery",
        description = {
            "Find templates that do not fit their person: unlike the person's others, or nearer to somebody else.",
            "Ends with 1 if there are some. What to do with one: set it aside, or give it to whom it fits, on the page under",
            "People, or by",
            "  curl -X PATCH -H 'Content-Type: application/json' -d '{\"set_aside\": true}' BOX/people/NAME/templates/ID"
        })
final class CheckGalleryCommand implements Callable<Integer> {
    /** Each page is one request: a large gallery takes about as long for a person as an identification. */
    private static final String PEOPLE_AT_ONCE = "50";

    @Mixin
    Box box;

    @Spec
    CommandSpec spec;

    @Option(names = "--json", description = "One JSON object a line.")
    boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        TextTable table = new TextTable("label", "template", "distance to own", "nearest other", "distance", "");
        int people = 0;
        int templates = 0;
        int findings = 0;
        try (Box.Session session = box.open()) {
            Map<String, String> query = new HashMap<>(Map.of("limit", PEOPLE_AT_ONCE));
            JsonNode page;
            do {
                page = session.client().get("/gallery/check", query).orFail();
                people += page.path("people").asInt();
                templates += page.path("templates").asInt();
                for (JsonNode finding : page.path("findings")) {
                    findings++;
                    if (json) {
                        out.println(finding);
                    } else {
                        table.row(row(finding));
                    }
                }
                query.put("after", page.path("next").asText());
            } while (page.path("next").isTextual());
        }
        if (!json) {
            if (findings > 0) {
                table.print(out);
            }
            out.printf(Locale.ROOT, "%d people, %d templates, %d that do not fit%n", people, templates, findings);
        }
        out.flush();
        return findings == 0 ? ExitCodes.OK : ExitCodes.NO;
    }

    private static String[] row(JsonNode finding) {
        return new String[] {
            finding.path("label").asText(),
            finding.path("template_id").asText(),
            distance(finding.path("own_distance")),
            finding.path("other").path("label").asText("-"),
            distance(finding.path("other").path("distance")),
            finding.path("unlike_others").asBoolean() ? "unlike the others" : "nearer to somebody else"
        };
    }

    private static String distance(JsonNode value) {
        return value.isNumber() ? String.format(Locale.ROOT, "%.2f", value.asDouble()) : "-";
    }
}

package dev.lintel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lintel.access.OnDeletion;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "consent",
        description = "Who agreed to be recognised: list, show, give, withdraw.",
        synopsisSubcommandLabel = "(list | show | give | withdraw)")
final class ConsentCommand implements Runnable {
    @Mixin
    Box box;

    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        list(null);
    }

    @Command(name = "list", description = "What is on record.")
    int list(
            @Option(
                            names = "--ending",
                            paramLabel = "DAYS",
                            description = "Only what ends by itself within so many days.")
                    Integer ending) {
        try (Box.Session session = box.open()) {
            TextTable table = new TextTable("label", "state", "for", "given", "until", "recorded by");
            Map<String, String> query = new TreeMap<>(Map.of("limit", "1000"));
            if (ending != null) {
                query.put(
                        "ending_before",
                        Instant.now().plus(Duration.ofDays(ending)).toString());
            }
            String next;
            do {
                JsonNode page = session.client().get("/consents", query).orFail();
                page.path("consents").forEach(consent -> row(table, consent));
                next = page.path("next").asText(null);
                query.put("after", next == null ? "" : next);
            } while (next != null && !next.equals("null"));
            return print(table);
        }
    }

    @Command(name = "show", description = "What is on record of one person.")
    int show(@Parameters(paramLabel = "LABEL") String label) {
        try (Box.Session session = box.open()) {
            JsonNode consent = session.client().get(path(label), Map.of()).orFail();
            PrintWriter out = spec.commandLine().getOut();
            consent.properties().forEach(field -> {
                if (!field.getValue().isNull() && !field.getValue().asText("-").isEmpty()) {
                    out.println(field.getKey() + ": "
                            + (field.getValue().isTextual()
                                    ? field.getValue().asText()
                                    : field.getValue().toString()));
                }
            });
            out.flush();
            return ExitCodes.OK;
        }
    }

    @Command(
            name = "give",
            description = "Put a consent on record, in place of what is there. The person need not be enrolled yet.")
    int give(
            @Parameters(paramLabel = "LABEL") String label,
            @Option(
                            names = "--for",
                            required = true,
                            split = ",",
                            paramLabel = "PURPOSE",
                            description = "One or several with commas between, such as door,attendance.")
                    List<String> purposes,
            @Option(
                            names = "--until",
                            paramLabel = "TIME",
                            description = "When it ends and the person is deleted, such as 2027-12-31T23:00:00Z."
                                    + " Default: when it is withdrawn.")
                    String until,
            @Option(names = "--given", paramLabel = "TIME", description = "When it was given. Default: now.")
                    String given,
            @Option(names = "--by", paramLabel = "WHO", description = "Who gave it. Default: the person.") String by,
            @Option(
                            names = "--evidence",
                            paramLabel = "TEXT",
                            description = "Where it can be seen, such as the number of a signed form.")
                    String evidence) {
        Map<String, Object> body = new HashMap<>(Map.of("purposes", purposes));
        Client.putIfGiven(body, "until", until);
        Client.putIfGiven(body, "given_at", given);
        Client.putIfGiven(body, "given_by", by);
        Client.putIfGiven(body, "evidence", evidence);
        try (Box.Session session = box.open()) {
            session.client().json("PUT", path(label), body).orFail();
        }
        return say("the consent of " + label + " is on record");
    }

    private static final class Fate {
        @Option(names = "--delete", required = true, description = "Delete the person, and the record.")
        boolean delete;

        @Option(
                names = "--keep",
                required = true,
                description = "Keep the faces, compare them no more, and keep the record that says so.")
        boolean keep;
    }

    @Command(name = "withdraw", description = "A consent was withdrawn.")
    int withdraw(
            @Parameters(paramLabel = "LABEL") String label,
            @ArgGroup(multiplicity = "1") Fate fate,
            @Option(names = "--how", paramLabel = "TEXT", description = "Such as 'by letter'. With --keep.") String how,
            @Option(
                            names = "--attendance",
                            paramLabel = "WHAT",
                            description = "With --delete: keep, delete or anonymise, as with 'lintel delete'.")
                    OnDeletion attendance,
            @Option(
                            names = "--receipt",
                            paramLabel = "FILE",
                            description = "With --delete: a receipt, as with 'lintel delete'.")
                    Path file)
            throws IOException {
        if (fate.keep && (attendance != null || file != null)) {
            throw new CommandException(ExitCodes.USAGE, "--attendance and --receipt go with --delete");
        }
        Map<String, String> query = new HashMap<>(Map.of("faces", fate.delete ? "delete" : "keep"));
        Client.putIfGiven(query, "how", how);
        Client.putIfGiven(
                query,
                "attendance",
                attendance == null ? null : attendance.name().toLowerCase(Locale.ROOT));
        try (ReceiptFile receipt = ReceiptFile.create(file);
                Box.Session session = box.open()) {
            query.put("receipt", receipt.wanted());
            JsonNode answer = session.client().delete(path(label), query).orFail();
            String said = receipt.write(answer.path("receipt"));
            return say(
                    fate.delete
                            ? label + ": " + answer.path("deleted").asText() + " templates and the consent deleted"
                                    + (said.isEmpty() ? "" : "\n" + said)
                            : label + ": " + answer.path("set_aside").asText()
                                    + " templates are compared no more, until a consent is put on record again");
        }
    }

    private static String path(String label) {
        return "/people/" + URLEncoder.encode(label, StandardCharsets.UTF_8).replace("+", "%20") + "/consent";
    }

    private static void row(TextTable table, JsonNode consent) {
        table.row(
                consent.path("label").asText(),
                consent.path("state").asText(),
                StreamSupport.stream(consent.path("purposes").spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(", ")),
                consent.path("given_at").asText(),
                consent.path("until").isNull() ? "-" : consent.path("until").asText(),
                consent.path("recorded_by").asText());
    }

    private int print(TextTable table) {
        table.print(spec.commandLine().getOut());
        spec.commandLine().getOut().flush();
        return ExitCodes.OK;
    }

    private int say(String text) {
        spec.commandLine().getOut().println(text);
        spec.commandLine().getOut().flush();
        return ExitCodes.OK;
    }
}

package dev.lintel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "key",
        description =
                "Keys of programs: list, add, remove, while the box runs. On the box itself no key is needed for it. 'new-key' makes one"
                        + " for the configuration instead.",
        synopsisSubcommandLabel = "(list | add | remove)")
final class KeyCommand implements Runnable {
    private static final String PATH = "/keys";

    @Mixin
    Box box;

    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        list();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    @Command(name = "list", description = "Which programs may call, and when they did last.")
    int list() {
        try (Box.Session session = box.open()) {
            TextTable table = new TextTable("NAME", "ROLE", "SOURCE", "LAST USED", "ENDS");
            session.client()
                    .get(PATH, Map.of())
                    .orFail()
                    .path("keys")
                    .forEach(key -> table.row(
                            key.path("name").asText(),
                            key.path("role").asText(),
                            key.path("source").asText(),
                            key.path("last_used").asText("never"),
                            key.path("expires_at").asText("never")));
            table.print(out());
            out().flush();
            return ExitCodes.OK;
        }
    }

    @Command(name = "add", description = "Make a key. Its secret is printed once and kept nowhere.")
    int add(
            @Parameters(paramLabel = "NAME", description = "Whose key it is, such as door-1.") String name,
            @Option(
                            names = "--role",
                            required = true,
                            paramLabel = "identify|keypad|sensor|viewer|enrol|operator|admin",
                            description = "What it opens.")
                    String role,
            @Option(
                            names = "--expires",
                            paramLabel = "TIME",
                            description = "Such as 2027-01-01T00:00:00Z. Default: never.")
                    String expires) {
        Map<String, Object> body = new HashMap<>(Map.of("name", name, "role", role));
        Client.putIfGiven(body, "expires_at", expires);
        try (Box.Session session = box.open()) {
            JsonNode made = session.client().json("POST", PATH, body).orFail();
            out().println(made.path("secret").asText());
            out().flush();
            return ExitCodes.OK;
        }
    }

    @Command(name = "remove", description = "Revoke a key: it is of no use at once.")
    int remove(@Parameters(paramLabel = "NAME") String name) {
        try (Box.Session session = box.open()) {
            session.client().delete(PATH + "/" + Client.encoded(name), Map.of()).orFail();
        }
        out().println(name + " is revoked");
        out().flush();
        return ExitCodes.OK;
    }
}

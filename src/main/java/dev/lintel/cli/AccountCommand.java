package dev.lintel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "account",
        description = "Accounts of people who log in: list, add, change, remove. On the box itself no key is needed.",
        synopsisSubcommandLabel = "(list | add | change | remove)")
final class AccountCommand implements Runnable {
    private static final String PATH = "/accounts";

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

    @Command(name = "list", description = "Who may log in, with which roles, and when they were here last.")
    int list() {
        try (Box.Session session = box.open()) {
            TextTable table = new TextTable("NAME", "ROLES", "LAST USED", "ENDS");
            session.client()
                    .get(PATH, Map.of())
                    .orFail()
                    .path("accounts")
                    .forEach(account -> table.row(
                            account.path("name").asText(),
                            roles(account),
                            account.path("last_used").asText("never"),
                            account.path("expires_at").asText("never")));
            table.print(out());
            out().flush();
            return ExitCodes.OK;
        }
    }

    private static String roles(JsonNode account) {
        return StreamSupport.stream(account.path("roles").spliterator(), false)
                .map(JsonNode::asText)
                .reduce((one, other) -> one + ", " + other)
                .orElse("");
    }

    @Command(
            name = "add",
            description =
                    "Let somebody log in. The password is asked for, or read from the first line of standard input.")
    int add(
            @Parameters(paramLabel = "NAME", description = "Such as anna.meier.") String name,
            @Option(
                            names = "--role",
                            required = true,
                            split = ",",
                            paramLabel = "reception|personnel|admin",
                            description = "One or several, with commas between.")
                    List<String> roles,
            @Option(
                            names = "--expires",
                            paramLabel = "TIME",
                            description = "Such as 2027-01-01T00:00:00Z. Default: never.")
                    String expires) {
        Map<String, Object> body = new HashMap<>(Map.of("name", name, "roles", roles, "password", password()));
        Client.putIfGiven(body, "expires_at", expires);
        try (Box.Session session = box.open()) {
            session.client().json("POST", PATH, body).orFail();
        }
        out().println(name + " can log in now");
        out().flush();
        return ExitCodes.OK;
    }

    @Command(name = "change", description = "Give an account other roles, or a new password.")
    int change(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--role", split = ",", paramLabel = "reception|personnel|admin") List<String> roles,
            @Option(
                            names = "--password",
                            description =
                                    "Set a new one, which is asked for or read from standard input; it logs the account out.")
                    boolean password) {
        Map<String, Object> body = new HashMap<>();
        Client.putIfGiven(body, "roles", roles);
        if (password) {
            body.put("password", password());
        }
        if (body.isEmpty()) {
            throw new CommandException(ExitCodes.USAGE, "say what to change: --role or --password");
        }
        try (Box.Session session = box.open()) {
            session.client()
                    .json("PATCH", PATH + "/" + Client.encoded(name), body)
                    .orFail();
        }
        out().println(name + " was changed");
        out().flush();
        return ExitCodes.OK;
    }

    @Command(name = "remove", description = "Let somebody log in no more; whoever is logged in is logged out.")
    int remove(@Parameters(paramLabel = "NAME") String name) {
        try (Box.Session session = box.open()) {
            session.client().delete(PATH + "/" + Client.encoded(name), Map.of()).orFail();
        }
        out().println(name + " can log in no more");
        out().flush();
        return ExitCodes.OK;
    }

    /** Never an argument: other users of the machine can see those. */
    private static String password() {
        Console console = System.console();
        if (console != null) {
            char[] once = console.readPassword("Password: ");
            char[] again = console.readPassword("Once more: ");
            if (once == null || again == null || !String.valueOf(once).equals(String.valueOf(again))) {
                throw new CommandException(ExitCodes.USAGE, "the two are not the same");
            }
            return String.valueOf(once);
        }
        try {
            String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            if (line == null || line.isEmpty()) {
                throw new CommandException(ExitCodes.USAGE, "give the password on standard input");
            }
            return line;
        } catch (IOException e) {
            throw new CommandException(ExitCodes.NO_INPUT, "the password cannot be read: " + e.getMessage());
        }
    }
}

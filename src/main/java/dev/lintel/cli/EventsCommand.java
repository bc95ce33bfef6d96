package dev.lintel.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lintel.access.Decision;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.EventDocument;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "events",
        description =
                "What happened at the door: the newest entries of the log, oldest first; with --follow also what comes.")
final class EventsCommand implements Callable<Integer> {
    private static final int PAGE = 1000;
    private static final long PAUSE_SECONDS = 1;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> MEMBERS = new TypeReference<>() {};

    @Mixin
    Box box;

    @Spec
    CommandSpec spec;

    @Option(
            names = {"-n", "--number"},
            paramLabel = "N",
            defaultValue = "20",
            description = "How many, 1 to 1000. Default: 20.")
    int number;

    @Option(names = "--door", paramLabel = "ID", description = "Only of this door.")
    String door;

    @Option(names = "--camera", paramLabel = "ID", description = "Only of this camera.")
    String camera;

    @Option(names = "--kind", paramLabel = "KIND", description = "Only of this kind, such as decision or door_forced.")
    String kind;

    @Option(names = "--label", paramLabel = "NAME", description = "Only about this person.")
    String label;

    @Option(names = "--json", description = "One JSON object a line.")
    boolean json;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on until interrupted.")
    boolean follow;

    @Option(names = "--verify", description = "Instead, compare the log and the attendance book with their seals.")
    boolean verify;

    @Option(
            names = "--audit",
            description = "Instead, who did what to the box: who, from where, what. Takes --number and --label.")
    boolean audit;

    @Option(names = "--csv", description = "With --audit: as CSV.")
    boolean csv;

    @Override
    public Integer call() throws InterruptedException {
        if (number < 1 || number > PAGE) {
            throw new ParameterException(spec.commandLine(), "--number must be 1 to " + PAGE);
        }
        try (Box.Session session = box.open()) {
            if (verify) {
                return verify(
                        session.client().get("/events/verification", Map.of()).orFail());
            }
            LocalTimes times = LocalTimes.of(session.client());
            if (audit) {
                return audit(session.client(), times);
            }
            long last = print(session.client(), times, number, 0);
            while (follow) {
                TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
                last = print(session.client(), times, PAGE, last);
            }
        }
        return ExitCodes.OK;
    }

    /** Prints what is newer than {@code after}, and answers the newest sequence. */
    private long print(Client client, LocalTimes times, int limit, long after) {
        Map<String, String> query = new TreeMap<>(Map.of("limit", Integer.toString(limit)));
        Client.putIfGiven(query, "door", door);
        Client.putIfGiven(query, "camera", camera);
        Client.putIfGiven(query, "kind", kind);
        Client.putIfGiven(query, "label", label);
        JsonNode events = client.get("/events", query).orFail().path("events");
        PrintWriter out = spec.commandLine().getOut();
        long newest = after;
        for (int i = events.size() - 1; i >= 0; i--) {
            JsonNode event = events.get(i);
            if (event.path("sequence").asLong() > after) {
                out.println(json ? event.toString() : line(event, times));
                newest = event.path("sequence").asLong();
            }
        }
        out.flush();
        return newest;
    }

    private int audit(Client client, LocalTimes times) {
        Map<String, String> query = new TreeMap<>(Map.of("limit", Integer.toString(number)));
        Client.putIfGiven(query, "label", label);
        PrintWriter out = spec.commandLine().getOut();
        JsonNode acts = client.get("/audit", query).orFail().path("acts");
        if (csv) {
            out.println("sequence,at,by,role,from,act,label,details");
        }
        for (int i = acts.size() - 1; i >= 0; i--) {
            JsonNode act = acts.get(i);
            out.println(json ? act.toString() : csv ? row(act) : act(act, times));
        }
        out.flush();
        return ExitCodes.OK;
    }

    private static String act(JsonNode act, LocalTimes times) {
        String whom = act.path("label").isTextual() ? " " + act.path("label").asText() : "";
        return act.path("sequence").asLong() + " " + times.text(act.path("at").asText()) + " "
                + act.path("by").asText() + " (" + act.path("role").asText() + ") from "
                + act.path("from").asText() + ": " + act.path("act").asText() + whom + details(act, ", ", " ");
    }

    private static String row(JsonNode act) {
        List<String> cells = new ArrayList<>();
        for (String name : List.of("sequence", "at", "by", "role", "from", "act", "label")) {
            cells.add(cell(act.path(name).isNull() ? "" : act.path(name).asText()));
        }
        cells.add(cell(details(act, " ", "=").strip()));
        return String.join(",", cells);
    }

    private static String details(JsonNode act, String between, String is) {
        StringBuilder text = new StringBuilder();
        act.path("details")
                .properties()
                .forEach(detail -> text.append(between)
                        .append(detail.getKey())
                        .append(is)
                        .append(detail.getValue().asText()));
        return text.toString();
    }

    /** Quoted; a text that a spreadsheet would take for a formula gets an apostrophe before it. */
    private static String cell(String text) {
        String safe = !text.isEmpty() && "=+-@".indexOf(text.charAt(0)) >= 0 && text.length() > 1 ? "'" + text : text;
        return '"' + safe.replace("\"", "\"\"") + '"';
    }

    private static String line(JsonNode document, LocalTimes times) {
        DoorEvent event = EventDocument.read(JSON.convertValue(document, MEMBERS));
        Decision decision = event.decision();
        String what = decision == null
                ? EventDocument.word(event.kind())
                : EventDocument.word(decision.verdict()) + " (" + decision.rule() + ")";
        String where = event.door() != null ? event.door() : event.camera() != null ? event.camera() : "";
        String whom = event.whom().map(label -> " " + label.text()).orElse("");
        return document.path("sequence").asLong() + " " + times.text(event.at().toString()) + " " + where + " " + what
                + whom + ": " + event.detail();
    }

    private int verify(JsonNode check) {
        PrintWriter out = spec.commandLine().getOut();
        for (JsonNode book : check.path("books")) {
            out.println(book.path("name").asText() + ": " + book.path("entries").asLong() + " entries, "
                    + book.path("erased").asLong() + " of them emptied, "
                    + book.path("wrong").asLong() + " wrong");
            book.path("findings")
                    .forEach(finding ->
                            out.println("  " + finding.path("sequence").asLong() + " "
                                    + finding.path("what").asText()));
        }
        out.flush();
        return check.path("intact").asBoolean() ? ExitCodes.OK : ExitCodes.NO;
    }
}

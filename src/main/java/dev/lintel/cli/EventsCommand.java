package dev.lintel.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lintel.access.Decision;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.EventDocument;
import java.io.PrintWriter;
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
        putIfGiven(query, "door", door);
        putIfGiven(query, "camera", camera);
        putIfGiven(query, "kind", kind);
        putIfGiven(query, "label", label);
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

    private static void putIfGiven(Map<String, String> query, String name, String value) {
        if (value != null) {
            query.put(name, value);
        }
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

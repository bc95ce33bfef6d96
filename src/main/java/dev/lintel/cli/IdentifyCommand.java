package dev.lintel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "identify",
        description = {
            "Say who is on each photo, one line each; with --together, who the one person on all of them is.",
            "Ends with 1 if a photo was refused; a stranger is an answer."
        })
final class IdentifyCommand implements Callable<Integer> {
    @Mixin
    Box box;

    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "1..*")
    List<Path> files;

    @Option(names = "--tau", paramLabel = "DISTANCE", description = "Largest distance that counts as a match.")
    Double tau;

    @Option(
            names = "--together",
            description = "The photos show one person: search for that person by all of them, which is surer.")
    boolean together;

    @Option(names = "--json", description = "The appliance's full answer, one JSON object a line.")
    boolean json;

    @Override
    public Integer call() throws IOException {
        for (Path file : files) {
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw new CommandException(ExitCodes.NO_INPUT, "cannot read " + file);
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        boolean all = true;
        try (Box.Session session = box.open()) {
            List<List<Path>> requests =
                    together ? List.of(files) : files.stream().map(List::of).toList();
            for (List<Path> request : requests) {
                Map<String, String> query = new LinkedHashMap<>();
                if (tau != null) {
                    query.put("tau", tau.toString());
                }
                if (together) {
                    query.put("looks", "together");
                }
                Client.Answer answer = session.client().upload("/identify", query, request);
                String file = request.stream().map(Path::toString).collect(Collectors.joining(" "));
                if (answer.status() == 401 || answer.status() == 403 || answer.status() >= 500) {
                    answer.orFail();
                }
                all &= answer.ok();
                out.println(json ? object(file, answer) : line(file, answer));
                out.flush();
            }
        }
        return all ? ExitCodes.OK : ExitCodes.NO;
    }

    private static String line(String file, Client.Answer answer) {
        if (!answer.ok()) {
            return file + "\t-\t" + answer.code() + ": " + answer.detail();
        }
        JsonNode body = answer.body();
        String distance = body.path("distance").isNumber()
                ? String.format(Locale.ROOT, "%.3f", body.path("distance").asDouble())
                : "-";
        return file + "\t" + body.path("label").asText() + "\t" + distance;
    }

    private static String object(String file, Client.Answer answer) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode line = mapper.createObjectNode().put("file", file).put("status", answer.status());
        return mapper.writeValueAsString(line.setAll((ObjectNode) answer.body()));
    }
}

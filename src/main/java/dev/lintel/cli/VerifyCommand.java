package dev.lintel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "verify",
        description =
                "Compare one or more photos of somebody with a person (--label), or two photos with each other. Ends with 1 if they"
                        + " differ.")
final class VerifyCommand implements Callable<Integer> {
    @Mixin
    Box box;

    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "1..*")
    List<Path> files;

    @Option(names = "--label", paramLabel = "LABEL", description = "The person to compare with.")
    String label;

    @Option(names = "--tau", paramLabel = "DISTANCE", description = "Largest distance that counts as a match.")
    Double tau;

    @Override
    public Integer call() {
        if (label == null && files.size() != 2) {
            throw new CommandException(ExitCodes.USAGE, "give photos of one person and --label LABEL, or two photos");
        }
        Map<String, String> query = new LinkedHashMap<>();
        if (label != null) {
            query.put("label", label);
            if (files.size() > 1) {
                query.put("looks", "together");
            }
        }
        if (tau != null) {
            query.put("tau", tau.toString());
        }
        try (Box.Session session = box.open()) {
            JsonNode answer = session.client().upload("/verify", query, files).orFail();
            boolean same = answer.path("verified").asBoolean();
            spec.commandLine()
                    .getOut()
                    .printf(
                            Locale.ROOT,
                            "%s\tdistance %.3f, at most %.3f matches%n",
                            same ? "the same person" : "not the same person",
                            answer.path("distance").asDouble(),
                            answer.path("threshold").path("distance").asDouble());
            spec.commandLine().getOut().flush();
            return same ? ExitCodes.OK : ExitCodes.NO;
        }
    }
}

package dev.lintel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lintel.access.OnDeletion;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "delete", description = "Forget a person and every template of theirs.")
final class DeleteCommand implements Callable<Integer> {
    @Mixin
    Box box;

    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "LABEL")
    String label;

    @Option(
            names = "--attendance",
            paramLabel = "WHAT",
            description =
                    "What becomes of the attendance: keep, delete or anonymise. Default: as attendance.on-deletion of"
                            + " the configuration says.")
    OnDeletion attendance;

    @Override
    public Integer call() {
        try (Box.Session session = box.open()) {
            JsonNode answer = session.client().delete("/delete", query()).orFail();
            spec.commandLine()
                    .getOut()
                    .printf(
                            "%s: %s templates deleted%n",
                            answer.path("label").asText(),
                            answer.path("deleted").asText());
            spec.commandLine().getOut().flush();
            return ExitCodes.OK;
        }
    }

    private Map<String, String> query() {
        return attendance == null
                ? Map.of("label", label)
                : Map.of("label", label, "attendance", attendance.name().toLowerCase(Locale.ROOT));
    }
}

package dev.lintel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lintel.access.OnDeletion;
import java.io.IOException;
import java.nio.file.Path;
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

    @Option(
            names = "--receipt",
            paramLabel = "FILE",
            description =
                    "Write a receipt to a new file: what was deleted, what was kept, sealed by the box. As JSON, or by"
                            + " the ending .txt or .html as text or a page to print; only JSON can be verified.")
    Path receipt;

    @Override
    public Integer call() throws IOException {
        try (ReceiptFile file = ReceiptFile.create(receipt);
                Box.Session session = box.open()) {
            JsonNode answer =
                    session.client().delete("/delete", query(file.wanted())).orFail();
            spec.commandLine()
                    .getOut()
                    .printf(
                            "%s: %s templates deleted%n",
                            answer.path("label").asText(),
                            answer.path("deleted").asText());
            String said = file.write(answer.path("receipt"));
            if (!said.isEmpty()) {
                spec.commandLine().getOut().println(said);
            }
            spec.commandLine().getOut().flush();
            return ExitCodes.OK;
        }
    }

    private Map<String, String> query(String wanted) {
        return attendance == null
                ? Map.of("label", label, "receipt", wanted)
                : Map.of(
                        "label",
                        label,
                        "receipt",
                        wanted,
                        "attendance",
                        attendance.name().toLowerCase(Locale.ROOT));
    }
}

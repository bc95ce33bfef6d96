package dev.lintel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "import", description = "Put an export back: all of it or nothing; what is there already stays.")
final class ImportCommand implements Callable<Integer> {
    @Mixin
    Box box;

    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "FILE")
    Path file;

    @Override
    public Integer call() throws FileNotFoundException {
        if (!java.nio.file.Files.isRegularFile(file)) {
            throw new CommandException(ExitCodes.NO_INPUT, "cannot read " + file);
        }
        try (Box.Session session = box.open()) {
            JsonNode answer = session.client()
                    .post("/import", Map.of(), "application/json", BodyPublishers.ofFile(file))
                    .orFail();
            spec.commandLine()
                    .getOut()
                    .printf(
                            "%s templates imported, %s were there already; %s people are enrolled%n",
                            answer.path("imported").asText(),
                            answer.path("skipped").asText(),
                            answer.path("people").asText());
            int without = answer.path("without_consent").asInt();
            if (without > 0) {
                spec.commandLine()
                        .getOut()
                        .println(without
                                + " people were left out: their consent is missing, has ended or was withdrawn. Put it on record"
                                + " (lintel consent give) and import again");
            }
            spec.commandLine().getOut().flush();
            return without > 0 ? ExitCodes.NO : ExitCodes.OK;
        }
    }
}

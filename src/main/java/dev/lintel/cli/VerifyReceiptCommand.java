package dev.lintel.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "verify-receipt",
        description = "Whether this box made a receipt for a deletion, and nothing in it was changed.")
final class VerifyReceiptCommand implements Callable<Integer> {
    @Mixin
    Box box;

    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The receipt as JSON.")
    Path file;

    @Override
    public Integer call() throws IOException {
        JsonNode receipt;
        try {
            receipt = new ObjectMapper().readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw new CommandException(ExitCodes.NO_INPUT, file + " is no receipt as JSON");
        } catch (IOException e) {
            throw new CommandException(ExitCodes.NO_INPUT, "cannot read " + file);
        }
        if (!receipt.isObject()) {
            throw new CommandException(ExitCodes.NO_INPUT, file + " is no receipt as JSON");
        }
        try (Box.Session session = box.open()) {
            JsonNode answer = session.client()
                    .json("POST", "/receipts/verification", ReceiptFile.map(receipt))
                    .orFail();
            boolean genuine = answer.path("genuine").asBoolean();
            spec.commandLine()
                    .getOut()
                    .println((genuine ? "genuine: " : "NOT genuine: ")
                            + answer.path("detail").asText());
            spec.commandLine().getOut().flush();
            return genuine ? ExitCodes.OK : ExitCodes.NO;
        }
    }
}

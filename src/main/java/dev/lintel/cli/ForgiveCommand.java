package dev.lintel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "forgive",
        description = "Forget on which side of the doors anti-passback holds a person to be, who came out without being"
                + " seen.")
final class ForgiveCommand implements Callable<Integer> {
    @Mixin
    Box box;

    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "LABEL")
    String label;

    @Override
    public Integer call() {
        try (Box.Session session = box.open()) {
            String path = URLEncoder.encode(label, StandardCharsets.UTF_8).replace("+", "%20");
            JsonNode answer = session.client()
                    .delete("/people/" + path + "/passback", Map.of())
                    .orFail();
            spec.commandLine()
                    .getOut()
                    .printf(
                            answer.path("forgiven").asBoolean()
                                    ? "%s counts neither as inside nor as outside any more%n"
                                    : "%s counted neither as inside nor as outside%n",
                            answer.path("label").asText());
            spec.commandLine().getOut().flush();
            return ExitCodes.OK;
        }
    }
}

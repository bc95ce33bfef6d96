package dev.lintel.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "re-enrol",
        description = {
            "Who must be enrolled again after a change of the embedder, because no picture is kept of which their templates could be made.",
            "Also who has a template that is damaged: delete it, so that the person is listed no more.",
            "The answer is yes (0) if that is nobody."
        })
final class ReEnrolCommand implements Callable<Integer> {
    @Mixin
    Box box;

    @Spec
    CommandSpec spec;

    @Option(names = "--json", description = "One JSON object a line.")
    boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        int[] people = {0};
        try (Box.Session session = box.open()) {
            ListCommand.everybody(session.client(), Map.of("missing", "true"), person -> {
                people[0]++;
                out.println(json ? person.toString() : person.path("label").asText());
            });
        }
        if (!json) {
            out.println(
                    people[0] == 0
                            ? "nobody must be enrolled again"
                            : (people[0] == 1 ? "1 person" : people[0] + " people") + " must be enrolled again");
        }
        out.flush();
        return people[0] == 0 ? ExitCodes.OK : ExitCodes.NO;
    }
}

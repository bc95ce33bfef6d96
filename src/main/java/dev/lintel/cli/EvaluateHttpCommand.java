package dev.lintel.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lintel.cli.PhotoFolder.Photo;
import dev.lintel.config.LintelConfig;
import dev.lintel.store.StoreConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "evaluate-http",
        description = {
            "Measure the whole box through HTTP, with all its limits.",
            "Enrols the first photos of each person in DIR (a folder for each person), identifies the others and the strangers.",
            "An appliance with a database of its own is started for it; the real one is not touched. 'lintel evaluate' measures the networks by themselves, and more."
        })
final class EvaluateHttpCommand implements Callable<Integer> {
    @Mixin
    Installation installation;

    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "DIR")
    Path people;

    @Option(
            names = "--enrol",
            paramLabel = "N",
            defaultValue = "3",
            description = "Photos of each person to enrol; the others are identified. Default: ${DEFAULT-VALUE}.")
    int enrol;

    @Option(names = "--strangers", paramLabel = "DIR", description = "Photos of people who are not enrolled.")
    Path strangers;

    @Option(names = "--tau", paramLabel = "DISTANCE", description = "Threshold. Default: the box's own.")
    Double tau;

    @Option(
            names = "--quality",
            paramLabel = "check|accept",
            defaultValue = "check",
            description = "Enrol as 'lintel enroll --quality' does. Default: ${DEFAULT-VALUE}.")
    String quality;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures as JSON.")
    Path json;

    @Override
    public Integer call() throws IOException {
        List<Photo> photos = photos(people);
        List<Photo> unknown = strangers == null ? List.of() : photos(strangers);
        Path scratch = Files.createTempDirectory("lintel-evaluate");
        try {
            LintelConfig config = installation.load();
            LintelConfig apart = config.withStore(new StoreConfig(scratch.resolve("evaluate.db"), 0L));
            try (Box.Session session = Box.alone(apart)) {
                HttpIdentification run = new HttpIdentification(session.client(), tau, quality);
                Figures figures = run.measure(photos, enrol, unknown);
                PrintWriter out = spec.commandLine().getOut();
                figures.print(out);
                if (json != null) {
                    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), figures.toMap());
                }
            }
        } finally {
            Folders.delete(scratch);
        }
        return ExitCodes.OK;
    }

    private static List<Photo> photos(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new CommandException(ExitCodes.NO_INPUT, folder + " is no folder");
        }
        List<Photo> photos = PhotoFolder.read(folder);
        if (photos.isEmpty()) {
            throw new CommandException(ExitCodes.NO_INPUT, folder + " contains no photos");
        }
        return photos;
    }
}

package dev.lintel.cli;

import dev.lintel.cli.PhotoFolder.Photo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "enroll",
        aliases = "enrol",
        description = {
            "Enrol a folder of people: DIR/Anna/*.jpg, or DIR/Anna.jpg and DIR/Anna-2.jpg.",
            "An interrupted run goes on where it stopped. Ends with 1 if a photo was refused."
        })
final class EnrollCommand implements Callable<Integer> {
    @Mixin
    Box box;

    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "DIR")
    Path folder;

    @Mixin
    Enrolling enrolling;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!Files.isDirectory(folder)) {
            throw new CommandException(ExitCodes.NO_INPUT, folder + " is no folder");
        }
        List<Photo> photos = PhotoFolder.read(folder);
        if (photos.isEmpty()) {
            throw new CommandException(
                    ExitCodes.NO_INPUT,
                    folder + " contains no photos: a folder for each person, or files such as Anna.jpg and Anna-2.jpg"
                            + " (.jpg, .png, .webp, .bmp, .gif, .tif)");
        }
        try (Box.Session session = box.open()) {
            return enrolling.run(
                    box,
                    session,
                    photos,
                    folder.toRealPath().toString(),
                    spec.commandLine().getOut());
        }
    }
}

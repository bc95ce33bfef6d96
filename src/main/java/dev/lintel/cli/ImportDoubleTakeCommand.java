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
        name = "import-double-take",
        description = {
            "Enrol everybody whom Double Take was trained with: DIR is its storage folder, with train/NAME/*.jpg in it.",
            "An interrupted run goes on where it stopped. Ends with 1 if a photo was refused."
        })
final class ImportDoubleTakeCommand implements Callable<Integer> {
    @Mixin
    Box box;

    @Mixin
    Enrolling enrolling;

    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "DIR")
    Path folder;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path train = Files.isDirectory(folder.resolve("train")) ? folder.resolve("train") : folder;
        if (!Files.isDirectory(train)) {
            throw new CommandException(ExitCodes.NO_INPUT, folder + " is no folder");
        }
        // A photo that lies beside the folders of people is nobody's.
        List<Photo> photos = PhotoFolder.read(train).stream()
                .filter(photo -> !photo.file().getParent().equals(train))
                .toList();
        if (photos.isEmpty()) {
            throw new CommandException(
                    ExitCodes.NO_INPUT,
                    folder
                            + " holds no train/NAME/*.jpg: name the folder that Double Take keeps its pictures in, such as"
                            + " .storage");
        }
        try (Box.Session session = box.open()) {
            return enrolling.run(
                    box,
                    session,
                    photos,
                    train.toRealPath().toString(),
                    spec.commandLine().getOut());
        }
    }
}

package dev.lintel.cli;

import dev.lintel.cli.DoubleTakeDatabase.Trained;
import dev.lintel.cli.PhotoFolder.Photo;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "import-double-take",
        description = {
            "Enrol everybody whom Double Take was trained with: DIR is its storage folder, with train/NAME/*.jpg in it.",
            "Where its database.db lies beside that, it says which of these photos are trained; without it all of them are taken.",
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

    @Option(
            names = "--media",
            paramLabel = "DIR",
            description =
                    "The folder with train/ in it, if Double Take keeps its pictures elsewhere than its database.")
    Path media;

    @Option(
            names = "--untrained",
            description =
                    "Take the photos as well that lie in train/ and that Double Take is not trained with, or no longer.")
    boolean untrained;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path pictures = media == null ? folder : media;
        Path train = Files.isDirectory(pictures.resolve("train")) ? pictures.resolve("train") : pictures;
        if (!Files.isDirectory(folder) || !Files.isDirectory(train)) {
            throw new CommandException(
                    ExitCodes.NO_INPUT, (Files.isDirectory(folder) ? pictures : folder) + " is no folder");
        }
        // A photo that lies beside the folders of people is nobody's.
        List<Photo> photos = PhotoFolder.read(train).stream()
                .filter(photo -> !photo.file().getParent().equals(train))
                .toList();
        if (photos.isEmpty()) {
            throw new CommandException(
                    ExitCodes.NO_INPUT,
                    pictures
                            + " holds no train/NAME/*.jpg: name the folder that Double Take keeps its pictures in, such as"
                            + " .storage, and with --media that of its pictures, if it is another");
        }
        Optional<Path> database = database(train);
        if (database.isPresent()) {
            photos = trained(photos, database.get());
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

    private Optional<Path> database(Path train) {
        return Stream.of(folder, train.toAbsolutePath().getParent())
                .map(place -> place.resolve("database.db"))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** Leaves out what Double Take is not trained with, and says how many, and how many of its pictures are gone. */
    private List<Photo> trained(List<Photo> photos, Path database) throws IOException {
        Set<Trained> trained = DoubleTakeDatabase.trained(database);
        PrintWriter out = spec.commandLine().getOut();
        Map<Boolean, List<Photo>> known = photos.stream()
                .collect(Collectors.partitioningBy(photo -> trained.contains(
                        new Trained(photo.label(), photo.file().getFileName().toString()))));
        int gone = trained.size() - known.get(true).size();
        if (gone > 0) {
            out.println(gone + " photos that Double Take was trained with are no longer in its folder.");
        }
        int left = known.get(false).size();
        if (left > 0 && !untrained) {
            out.println(left
                    + " photos in its folder are not trained, or no longer: left out; --untrained takes them too.");
        }
        return untrained ? photos : known.get(true);
    }
}

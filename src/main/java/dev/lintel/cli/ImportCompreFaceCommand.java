package dev.lintel.cli;

import dev.lintel.cli.PhotoFolder.Photo;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "import-compreface",
        description = {
            "Enrol everybody of a recognition service of CompreFace: from the pictures that it keeps, read over its API.",
            "Nothing is changed there. An interrupted run goes on where it stopped. Ends with 1 if a photo was refused."
        })
final class ImportCompreFaceCommand implements Callable<Integer> {
    @Mixin
    Box box;

    @Mixin
    Enrolling enrolling;

    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "URL", description = "Address of CompreFace, such as http://192.168.1.5:8000.")
    URI address;

    @Option(
            names = "--compreface-key",
            paramLabel = "KEY",
            description =
                    "Key of the recognition service there. Default: COMPREFACE_KEY. Other users of this machine can see"
                            + " arguments: prefer the variable.")
    String key;

    @Override
    public Integer call() throws IOException, InterruptedException {
        String secret = key != null ? key : System.getenv("COMPREFACE_KEY");
        if (secret == null) {
            throw new CommandException(
                    ExitCodes.USAGE,
                    "the key of the recognition service is missing: --compreface-key KEY, or COMPREFACE_KEY");
        }
        List<Photo> photos = new CompreFaceGallery(address, secret).photos();
        if (photos.isEmpty()) {
            throw new CommandException(ExitCodes.NO_INPUT, "this recognition service holds no faces");
        }
        try (Box.Session session = box.open()) {
            return enrolling.run(
                    box, session, photos, address.toString(), spec.commandLine().getOut());
        }
    }
}

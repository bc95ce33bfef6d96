package dev.lintel.cli;

import dev.lintel.camera.CameraConfig;
import dev.lintel.camera.MjpegServer;
import dev.lintel.config.Defaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "play",
        description = {
            "Play a video file or a folder of images over and over as an HTTP camera on this machine, for demos and tests.",
            "While it runs, POST to /stall (send nothing), /freeze (always the same picture), /drop (hang up and refuse) or /resume"
                    + " at its address shows what a camera in trouble does."
        })
final class PlayCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "A video file, or a folder of images.")
    private Path file;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8090",
            description = "Port on the loopback address; 0 takes any free one. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--fps",
            paramLabel = "N",
            defaultValue = "30",
            description = "Images a second of a folder, and the most of a file, 1..60. Default: ${DEFAULT-VALUE}.")
    private int fps;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (!Files.isReadable(file)) {
            throw new CommandException(ExitCodes.NO_INPUT, file + " is missing or cannot be read");
        }
        CameraConfig camera;
        try {
            camera = Defaults.of(CameraConfig.class, "id: play", "source: /dev/null")
                    .with(file.toAbsolutePath().toString(), true, fps);
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCodes.USAGE, "--" + e.getMessage());
        }
        try (MjpegServer server = new MjpegServer(camera, port)) {
            spec.commandLine().getOut().println("plays at " + server.uri() + " until it is stopped");
            spec.commandLine().getOut().flush();
            new CountDownLatch(1).await();
            return ExitCodes.OK;
        } catch (IOException e) {
            throw new CommandException(
                    ExitCodes.UNAVAILABLE, "port " + port + ": " + e.getMessage() + ": choose another --port");
        }
    }
}

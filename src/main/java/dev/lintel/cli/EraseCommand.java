package dev.lintel.cli;

import dev.lintel.config.LintelConfig;
import dev.lintel.store.StoreErasure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "erase",
        description =
                "Destroy the keys and everything that was kept, while the box is stopped: nothing can be read afterwards, by nobody. Of"
                        + " one person: 'delete'.")
final class EraseCommand implements Callable<Integer> {
    @Mixin
    Installation installation;

    @Spec
    CommandSpec spec;

    @Option(names = "--all", required = true, description = "Everything.")
    boolean all;

    @Option(names = "--yes", description = "Do it; without it only what would be destroyed is said.")
    boolean yes;

    @Option(
            names = "--receipt",
            paramLabel = "FILE",
            description = "Where the receipt goes. Default: lintel-erased-TIME.txt in the working directory.")
    Path receipt;

    @Override
    public Integer call() throws IOException {
        LintelConfig config = installation.load();
        PrintWriter out = spec.commandLine().getOut();
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        if (!yes) {
            StoreErasure.all(config.store(), now, false)
                    .files()
                    .forEach(file -> out.println("would be destroyed: " + file));
            out.println("Nothing was done. With --yes it is done, and cannot be undone");
            out.flush();
            return ExitCodes.NO;
        }
        Path file = receipt != null
                ? receipt
                : Path.of("lintel-erased-" + now.toString().replace(":", "") + ".txt");
        // Before anything is destroyed, so that a folder that cannot be written stops it.
        Files.createFile(file);
        Files.writeString(file, StoreErasure.all(config.store(), now, true).receipt());
        out.println("everything was destroyed; the receipt is " + file);
        out.println("backups were not: those in "
                + config.backup().folder(config.store().database())
                + ", and wherever you took others, still open with their passphrase. Destroy them too");
        out.flush();
        return ExitCodes.OK;
    }
}

package dev.lintel.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "export",
        description =
                "Write everybody with their templates to a new file. It is no backup: PINs, accounts, the log, attendance and the configuration are"
                        + " not in it. It holds face data in the clear: keep it encrypted.")
final class ExportCommand implements Callable<Integer> {
    @Mixin
    Box box;

    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "FILE")
    Path file;

    @Override
    public Integer call() throws IOException {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            throw new CommandException(ExitCodes.NO, file + " exists: name a new file, nothing is overwritten");
        }
        boolean written = false;
        try (Box.Session session = box.open()) {
            session.client().download("/export", file).orFail();
            written = true;
        } finally {
            if (!written) {
                Files.deleteIfExists(file);
            }
        }
        spec.commandLine().getOut().println(file + ": " + Files.size(file) + " bytes, readable by you only");
        spec.commandLine().getOut().flush();
        return ExitCodes.OK;
    }
}

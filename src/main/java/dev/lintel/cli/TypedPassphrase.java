package dev.lintel.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The passphrase of a backup: from a file, or typed. */
final class TypedPassphrase {
    private TypedPassphrase() {}

    /** @param file null to ask for it */
    static char[] of(Path file) {
        return file == null ? asked("Passphrase of the backup: ") : read(file);
    }

    /** For a new backup: asked for twice, because nothing opens it if it was mistyped. */
    static char[] fresh(Path file) {
        if (file != null) {
            return read(file);
        }
        char[] passphrase = asked("Passphrase of the backup, 12 characters or more: ");
        if (!Arrays.equals(passphrase, asked("The same again: "))) {
            throw new CommandException(ExitCodes.NO, "the two are not the same: nothing was done");
        }
        return passphrase;
    }

    private static char[] read(Path file) {
        try {
            char[] passphrase =
                    Files.readString(file, StandardCharsets.UTF_8).strip().toCharArray();
            if (passphrase.length == 0) {
                throw new CommandException(ExitCodes.NO_INPUT, file + " is empty: it must hold the passphrase");
            }
            return passphrase;
        } catch (IOException e) {
            throw new CommandException(ExitCodes.NO_INPUT, "cannot read the passphrase from " + file + ": " + e);
        }
    }

    private static char[] asked(String prompt) {
        Console console = System.console();
        char[] typed = console == null ? null : console.readPassword(prompt);
        if (typed == null || typed.length == 0) {
            throw new CommandException(
                    ExitCodes.USAGE,
                    "the passphrase is missing: give --passphrase-file FILE, or type it at a terminal");
        }
        return typed;
    }
}

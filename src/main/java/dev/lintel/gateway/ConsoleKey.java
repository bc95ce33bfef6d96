package dev.lintel.gateway;

import dev.lintel.accounts.RandomSecret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Lets the command line on the same machine in: a new secret for each start of the box, in a file beside the database that
 * only its owner may read. Whoever may read that file may read the database as well.
 */
public final class ConsoleKey implements AutoCloseable {
    private final Path file;
    private final String secret;

    private ConsoleKey(Path file, String secret) {
        this.file = file;
        this.secret = secret;
    }

    /** @throws IOException if the folder cannot be written */
    public static ConsoleKey make(Path database) throws IOException {
        ConsoleKey key = new ConsoleKey(file(database), RandomSecret.fresh());
        Path fresh = key.file.resolveSibling(key.file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        boolean posix = fresh.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (posix) {
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(fresh, key.secret + "\n");
        Files.move(fresh, key.file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return key;
    }

    /** That of the box that runs with this database; empty if it cannot be read. */
    public static Optional<String> read(Path database) {
        try {
            return Optional.of(
                    Files.readString(file(database), StandardCharsets.US_ASCII).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    String digest() {
        return RandomSecret.digest(secret);
    }

    private static Path file(Path database) {
        Path absolute = database.toAbsolutePath();
        return absolute.resolveSibling(absolute.getFileName() + ".console");
    }

    /** Removes the file. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }

    @Override
    public String toString() {
        return "ConsoleKey[****]";
    }
}

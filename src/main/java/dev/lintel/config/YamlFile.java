package dev.lintel.config;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.UnaryOperator;

/** A configuration file that the program changes. Who reads it meanwhile sees the old one or the new one, never half. */
public final class YamlFile {
    private final Path file;

    public YamlFile(Path file) {
        this.file = file;
    }

    /**
     * Changes the file in its place; it is made if it is missing, readable by its owner only. Rights stay as they were.
     *
     * @throws IllegalArgumentException if the file, or what is made of it, is no YAML; the file is as before then
     * @throws IOException if it cannot be read or written; the file is as before then
     */
    public synchronized void change(UnaryOperator<YamlText> change) throws IOException {
        boolean exists = Files.exists(file);
        Path actual = exists ? file.toRealPath() : file.toAbsolutePath();
        YamlText before = YamlText.of(exists ? Files.readString(actual) : "");
        YamlText after = change.apply(before);
        if (exists && after.text().equals(before.text())) {
            return;
        }
        Path parent = actual.getParent();
        Files.createDirectories(parent);
        Path made = Files.createTempFile(
                parent,
                "." + actual.getFileName(),
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(made, after.text());
            try (FileChannel channel = FileChannel.open(made, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            if (exists) {
                keepRights(actual, made);
            }
            Files.move(made, actual, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(made);
        }
    }

    private static void keepRights(Path from, Path to) throws IOException {
        try {
            Object owner = Files.getAttribute(from, "unix:uid");
            Object group = Files.getAttribute(from, "unix:gid");
            if (!owner.equals(Files.getAttribute(to, "unix:uid"))) {
                Files.setAttribute(to, "unix:uid", owner);
            }
            if (!group.equals(Files.getAttribute(to, "unix:gid"))) {
                Files.setAttribute(to, "unix:gid", group);
            }
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException("owner and group of " + from + " cannot be kept: " + e.getMessage(), e);
        }
        Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
    }
}

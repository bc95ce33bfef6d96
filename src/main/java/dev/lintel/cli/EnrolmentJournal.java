package dev.lintel.cli;

import dev.lintel.cli.PhotoFolder.Photo;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

/**
 * Which photos an interrupted enrolment has stored already, as digests: it holds no name and no path. It lives
 * only as long as the work is unfinished, so that a person deleted later can be enrolled again. Thread-safe.
 */
final class EnrolmentJournal implements AutoCloseable {
    private final Path file;
    private final Set<String> done = new HashSet<>();
    private final Writer writer;

    private EnrolmentJournal(Path file) throws IOException {
        this.file = file;
        Files.createDirectories(file.getParent());
        if (Files.exists(file)) {
            done.addAll(Files.readAllLines(file, StandardCharsets.US_ASCII));
        }
        this.writer = Files.newBufferedWriter(
                file, StandardCharsets.US_ASCII, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** @param data where the installation keeps its data; one journal for each folder and appliance */
    static EnrolmentJournal open(Path data, Path folder, String appliance) throws IOException {
        return open(data, folder.toRealPath().toString(), appliance);
    }

    /** @param source where the photos come from, as it was given */
    static EnrolmentJournal open(Path data, String source, String appliance) throws IOException {
        String id = digest(appliance.getBytes(StandardCharsets.UTF_8), source).substring(0, 16);
        return new EnrolmentJournal(data.resolve("enroll-" + id + ".journal"));
    }

    /** Forgets an earlier, interrupted run. */
    synchronized void restart() throws IOException {
        done.clear();
        Files.newBufferedWriter(file, StandardOpenOption.TRUNCATE_EXISTING).close();
    }

    synchronized boolean isEmpty() {
        return done.isEmpty();
    }

    static String id(Photo photo) throws IOException {
        return id(photo.label(), photo.read());
    }

    static String id(String label, byte[] photo) {
        return digest(photo, label);
    }

    synchronized boolean contains(String id) {
        return done.contains(id);
    }

    /** Written through at once: what is lost with the process is at most done twice. */
    synchronized void add(String id) throws IOException {
        done.add(id);
        writer.write(id + "\n");
        writer.flush();
    }

    /** The work is complete. */
    synchronized void finish() throws IOException {
        writer.close();
        Files.deleteIfExists(file);
    }

    @Override
    public synchronized void close() throws IOException {
        writer.close();
    }

    private static String digest(byte[] content, String name) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(name.getBytes(StandardCharsets.UTF_8));
            sha.update((byte) 0);
            return HexFormat.of().formatHex(sha.digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

package dev.lintel.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lintel.store.sqlite.StoreFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts several files in the place of others, all of them or none: the new ones wait beside their places, then a journal says what goes
 * where, and from then on it is finished, also by whoever comes after a crash. What was there goes into a folder. Blocks; for one
 * process at a time.
 */
final class FileSwap {
    /** In the folder of what was there: which file was where. */
    static final String INDEX = "where.json";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path journal;
    private final Path aside;
    private final List<Entry> entries = new ArrayList<>();
    private int numbered;

    /**
     * @param target place of a file
     * @param waiting the new one; null if none is to be there
     * @param former where that goes which was there
     */
    private record Entry(Path target, Path waiting, Path former) {}

    /**
     * @param journal file that is there only meanwhile
     * @param aside folder for what was there; is made
     */
    FileSwap(Path journal, Path aside) {
        this.journal = journal;
        this.aside = aside;
    }

    Path aside() {
        return aside;
    }

    List<Path> targets() {
        return entries.stream().map(Entry::target).toList();
    }

    /** Nothing is to be there. */
    void remove(Path target) throws IOException {
        add(real(target), null);
    }

    /** A file is to have this content. */
    void put(Path place, byte[] content) throws IOException {
        Path target = real(place);
        Path waiting = begin(target);
        Files.createFile(waiting, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileChannel channel = FileChannel.open(waiting, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(content));
            channel.force(true);
        }
        StoreFiles.own(waiting);
        add(target, waiting);
    }

    /** This file is to be there; it need not stay where it is. */
    void put(Path place, Path file) throws IOException {
        Path target = real(place);
        Path waiting = begin(target);
        try {
            Files.createLink(waiting, file);
        } catch (IOException | UnsupportedOperationException e) {
            Files.copy(file, waiting);
        }
        Files.setPosixFilePermissions(waiting, PosixFilePermissions.fromString("rw-------"));
        sync(waiting);
        StoreFiles.own(waiting);
        add(target, waiting);
    }

    /** Where a link leads: the file is replaced and set aside, and not the link, which would lead elsewhere from there. */
    private static Path real(Path target) throws IOException {
        return Files.isSymbolicLink(target) && Files.exists(target) ? target.toRealPath() : target;
    }

    private Path begin(Path target) throws IOException {
        Path folder = target.getParent();
        if (Files.notExists(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            StoreFiles.own(folder);
        }
        Path waiting = target.resolveSibling("." + target.getFileName() + ".restored");
        Files.deleteIfExists(waiting);
        return waiting;
    }

    private void add(Path target, Path waiting) {
        entries.removeIf(entry -> entry.target.equals(target));
        entries.add(new Entry(target, waiting, aside.resolve(numbered++ + "-" + target.getFileName())));
    }

    /** Forgets the new files again: nothing was changed. */
    void giveUp() throws IOException {
        for (Entry entry : entries) {
            if (entry.waiting != null) {
                Files.deleteIfExists(entry.waiting);
            }
        }
    }

    /** Puts everything in its place. From the moment at which the journal is written, this happens. */
    void go() throws IOException {
        go(() -> {});
    }

    /** @param step is run before each change to the disk that somebody could see; a test ends the work there */
    void go(Runnable step) throws IOException {
        step.run();
        Files.createDirectories(
                aside, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        StoreFiles.own(aside);
        ObjectNode json = JSON.createObjectNode().put("aside", aside.toString());
        ArrayNode all = json.putArray("entries");
        for (Entry entry : entries) {
            all.addObject()
                    .put("target", entry.target.toString())
                    .put("waiting", entry.waiting == null ? null : entry.waiting.toString())
                    .put("former", entry.former.toString());
        }
        write(aside.resolve(INDEX), json);
        step.run();
        write(journal, json);
        finish(journal, step);
    }

    private static void write(Path file, ObjectNode json) throws IOException {
        Path made = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(made);
        Files.createFile(made, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(made, JSON.writeValueAsBytes(json));
        sync(made);
        StoreFiles.own(made);
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
        sync(file.getParent());
    }

    /** Does what a journal says that is not done yet, and removes it. */
    static void finish(Path journal) throws IOException {
        finish(journal, () -> {});
    }

    private static void finish(Path journal, Runnable step) throws IOException {
        JsonNode json = JSON.readTree(Files.readAllBytes(journal));
        for (JsonNode each : json.path("entries")) {
            Path target = Path.of(each.path("target").asText());
            Path waiting = each.path("waiting").isTextual()
                    ? Path.of(each.path("waiting").asText())
                    : null;
            Path former = Path.of(each.path("former").asText());
            if (waiting != null && Files.notExists(waiting)) {
                continue;
            }
            step.run();
            if (Files.exists(target) && Files.notExists(former)) {
                setAside(target, former, waiting == null);
            }
            step.run();
            if (waiting != null) {
                Files.move(waiting, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            sync(target.getParent());
        }
        step.run();
        sync(Path.of(json.path("aside").asText()));
        Files.delete(journal);
        sync(journal.toAbsolutePath().getParent());
    }

    private static void setAside(Path target, Path former, boolean alone) throws IOException {
        try {
            Files.move(target, former, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            // Another file system: a copy, and the new one takes the place in one step.
            Path copy = former.resolveSibling(former.getFileName() + ".new");
            Files.copy(target, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            sync(copy);
            Files.move(copy, former, StandardCopyOption.ATOMIC_MOVE);
            if (alone) {
                Files.delete(target);
            }
        }
    }

    /** What was where before a swap whose folder this is; empty where nothing was. */
    record Former(Path target, Optional<Path> file) {}

    static List<Former> formers(Path aside) throws IOException {
        List<Former> formers = new ArrayList<>();
        for (JsonNode each :
                JSON.readTree(Files.readAllBytes(aside.resolve(INDEX))).path("entries")) {
            Path former = Path.of(each.path("former").asText());
            formers.add(new Former(
                    Path.of(each.path("target").asText()),
                    Files.exists(former) ? Optional.of(former) : Optional.empty()));
        }
        return formers;
    }

    private static void sync(Path file) throws IOException {
        boolean folder = Files.isDirectory(file);
        try (FileChannel channel =
                FileChannel.open(file, folder ? StandardOpenOption.READ : StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}

package dev.lintel.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where backups are kept. A file has its name only once it was checked; until then it ends in {@value #UNFINISHED}. Blocks; used by one
 * thread at a time, or by several for what they only read.
 */
final class BackupFolder {
    private static final Logger LOG = LoggerFactory.getLogger(BackupFolder.class);
    private static final String UNFINISHED = ".part";
    private static final Pattern NAME = Pattern.compile("lintel-\\d{8}T\\d{6}Z-[0-9a-f]{6}\\.backup");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path folder;
    private final boolean own;
    private final boolean mounted;
    private final Path database;

    BackupFolder(BackupConfig config, Path database) {
        this.folder = config.folder(database);
        this.own = config.folder().isEmpty();
        this.mounted = config.mounted();
        this.database = database.toAbsolutePath();
    }

    /** @param header empty if the file is damaged at its beginning */
    record Kept(Path file, long bytes, BackupHeader header) {
        String name() {
            return file.getFileName().toString();
        }
    }

    Path path() {
        return folder;
    }

    static String name(Instant at, String logKey) {
        return "lintel-" + TIME.format(at) + "-" + logKey.substring(0, 6) + ".backup";
    }

    /**
     * Whether a backup can be written there.
     *
     * @param bytes that it may have
     * @param left that must be free on the disk afterwards
     * @throws BackupException if not; says what to do
     */
    void require(long bytes, long left) {
        try {
            if (own) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            if (!Files.isDirectory(folder)) {
                throw new BackupException("the folder for backups, " + folder
                        + ", is not there: make it, or mount the share that it is on. Nothing was written elsewhere");
            }
            if (mounted && !isMounted()) {
                throw new BackupException("nothing is mounted at the folder for backups, " + folder
                        + ": it is on this machine's own disk now. Mount the share; nothing was written");
            }
            if (!Files.isWritable(folder)) {
                throw new BackupException("the folder for backups, " + folder
                        + ", cannot be written by the box: change its owner, or allow it in the service's unit"
                        + " (ReadWritePaths=)");
            }
            long free = folder.toFile().getUsableSpace();
            if (free < bytes + left) {
                throw new BackupException("the folder for backups, " + folder + ", has " + (free >> 20) + " MiB free, "
                        + (bytes + left >> 20) + " are needed: free some space, or keep fewer backups");
            }
            forgetUnfinished();
        } catch (IOException e) {
            throw new BackupException("the folder for backups, " + folder + ", cannot be used: " + e, e);
        }
    }

    private boolean isMounted() throws IOException {
        Object here = Files.getAttribute(folder, "unix:dev");
        return !here.equals(Files.getAttribute(Path.of("/"), "unix:dev")) && !sameDisk();
    }

    /** Whether a broken disk would take the database and its backups. */
    boolean sameDisk() {
        try {
            Path there = folder;
            while (Files.notExists(there)) {
                there = there.getParent();
            }
            return Files.getAttribute(there, "unix:dev").equals(Files.getAttribute(database.getParent(), "unix:dev"));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private void forgetUnfinished() throws IOException {
        for (Path file : files()) {
            String name = file.getFileName().toString();
            if (name.endsWith(UNFINISHED)
                    && NAME.matcher(name.substring(0, name.length() - UNFINISHED.length()))
                            .matches()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    /** The newest first. */
    List<Kept> list() throws IOException {
        List<Kept> kept = new ArrayList<>();
        for (Path file : files()) {
            if (NAME.matcher(file.getFileName().toString()).matches()) {
                try {
                    kept.add(new Kept(file, Files.size(file), BackupFile.header(file)));
                } catch (NoSuchFileException e) {
                    LOG.debug("a backup went while the folder was read", e);
                } catch (IOException | BackupException e) {
                    // One that somebody else put there, say: it must not hide the others.
                    LOG.warn("{} is no backup that can be read: {}", file, e.getMessage());
                }
            }
        }
        kept.sort(Comparator.comparing((Kept each) -> each.header().at()).reversed());
        return kept;
    }

    /** The file of a name from a stranger; empty if there is none. */
    Optional<Path> find(String name) {
        return Optional.of(name)
                .filter(wanted -> NAME.matcher(wanted).matches())
                .map(folder::resolve)
                .filter(Files::isRegularFile);
    }

    /** An empty file that will get this name. */
    Path begin(String name) throws IOException {
        if (Files.exists(folder.resolve(name))) {
            throw new FileAlreadyExistsException(name);
        }
        Path made = folder.resolve(name + UNFINISHED);
        Files.deleteIfExists(made);
        return Files.createFile(
                made, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    /** It was checked. */
    Path finish(Path begun) throws IOException {
        String name = begun.getFileName().toString();
        Path done = begun.resolveSibling(name.substring(0, name.length() - UNFINISHED.length()));
        Files.move(begun, done, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
            entries.force(true);
        } catch (IOException e) {
            LOG.debug("this file system cannot sync folders", e);
        }
        return done;
    }

    /** Deletes the oldest of one box beyond so many. @return how many */
    int prune(String logKey, int keep) throws IOException {
        List<Kept> old = list().stream()
                .filter(each -> each.header().logKey().equals(logKey))
                .skip(keep)
                .toList();
        for (Kept each : old) {
            Files.deleteIfExists(each.file());
        }
        return old.size();
    }
}

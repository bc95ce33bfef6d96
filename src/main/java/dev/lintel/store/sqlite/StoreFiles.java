package dev.lintel.store.sqlite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The database's files: only their owner may read them. Stateless; safe on any thread. */
public final class StoreFiles {
    private static final String BACKUP = ".backup-v";
    private static final String WORK = ".work";
    private static final String RESTORE_WORK = ".restore-work-";

    private final Path database;

    public StoreFiles(Path database) {
        this.database = database.toAbsolutePath();
    }

    public Path database() {
        return database;
    }

    /** Whether there is a database to be looked at; an empty file is none. */
    public boolean exists() throws IOException {
        return Files.exists(database) && Files.size(database) > 0;
    }

    public boolean journalExists() {
        return Files.exists(beside("-wal"));
    }

    /**
     * Holds the database for this process until the channel is closed, or the process ends, however it ends.
     *
     * @throws StoreException if another process, or another part of this one, holds it
     */
    public FileLock lock() throws IOException {
        Files.createDirectories(database.getParent(), ownerOnly("rwx------"));
        Path file = lockFile();
        create(file);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // held by this process
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        if (lock == null) {
            throw new StoreException("the database is in use by another Lintel: stop that one first");
        }
        return lock;
    }

    /** Empty; says by a lock of the operating system who has the database. */
    public Path lockFile() {
        return beside(".lock");
    }

    /** Makes the folder (0700) and the file (0600) where they are missing, and closes an existing file to others. */
    public void prepare() throws IOException {
        Files.createDirectories(database.getParent(), ownerOnly("rwx------"));
        create(database);
    }

    /** Of the key that seals the log. */
    public Path key() {
        return beside(".key");
    }

    /** Of the key that opens the keys of the records, unless it lies elsewhere. */
    public Path vaultKey() {
        return beside(".vault-key");
    }

    /** Of the key that goes into the hashes of PINs. */
    public Path pinKey() {
        return beside(".pin-key");
    }

    /** The content of a key file; closes it to others. Empty if there is none, or nothing in it. */
    public Optional<byte[]> readKey(Path file) throws IOException {
        if (Files.notExists(file) || Files.size(file) == 0) {
            return Optional.empty();
        }
        create(file);
        return Optional.of(Files.readAllBytes(file));
    }

    /** Overwrites a file and deletes it; not there is fine. What a disk keeps of it elsewhere cannot be reached. */
    public void destroy(Path file) throws IOException {
        if (Files.notExists(file)) {
            return;
        }
        byte[] noise = new byte[(int) Math.min(Files.size(file), 1 << 20)];
        new SecureRandom().nextBytes(noise);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(noise));
            channel.force(true);
        }
        Files.delete(file);
    }

    /** Everything that belongs to the database, its keys and its copies among it; not the lock. */
    public List<Path> everything() throws IOException {
        String start = database.getFileName().toString();
        List<Path> all = new ArrayList<>();
        try (var siblings = Files.list(database.getParent())) {
            siblings.filter(path -> {
                        String name = path.getFileName().toString();
                        return name.equals(start) || name.startsWith(start + ".") || name.startsWith(start + "-");
                    })
                    .filter(path -> !path.equals(lockFile()) && Files.isRegularFile(path))
                    .forEach(all::add);
        }
        List<String> works = new ArrayList<>(restoreWorks());
        works.add(WORK);
        for (String work : works) {
            below(work).stream().filter(Files::isRegularFile).forEach(all::add);
        }
        return all.stream().sorted().toList();
    }

    /** Writes a key file anew, as a whole or not at all; on disk when it returns. */
    public void writeKey(Path file, byte[] key) throws IOException {
        Path made = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(made);
        create(made);
        try (FileChannel channel = FileChannel.open(made, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(key));
            channel.force(true);
        }
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /** An empty file for a copy made before a migration. */
    public Path newBackup(int version) throws IOException {
        Path backup = beside(BACKUP + version);
        Files.deleteIfExists(backup);
        create(backup);
        return backup;
    }

    /** Deletes the copies that were made before migrations: they would still hold what is to be forgotten. */
    public void forgetBackups() throws IOException {
        List<Path> backups;
        try (var siblings = Files.list(database.getParent())) {
            String start = database.getFileName() + BACKUP;
            backups = siblings.filter(path -> path.getFileName().toString().startsWith(start))
                    .toList();
        }
        for (Path backup : backups) {
            Files.delete(backup);
        }
    }

    /**
     * Gives the files beside the database to whoever owns their folder, if somebody else made them: a command of root must not
     * lock the service out.
     */
    public void leaveToOwner() throws IOException {
        try (var siblings = Files.list(database.getParent())) {
            for (Path file : siblings.toList()) {
                if (file.getFileName()
                        .toString()
                        .startsWith(database.getFileName().toString())) {
                    own(file);
                }
            }
        }
    }

    /** Whoever owns the folder owns what is put into it. */
    public static void own(Path made) throws IOException {
        PosixFileAttributes folder = Files.getFileAttributeView(made.getParent(), PosixFileAttributeView.class)
                .readAttributes();
        PosixFileAttributeView file = Files.getFileAttributeView(made, PosixFileAttributeView.class);
        PosixFileAttributes now = file.readAttributes();
        if (!now.owner().equals(folder.owner())) {
            file.setOwner(folder.owner());
        }
        if (!now.group().equals(folder.group())) {
            file.setGroup(folder.group());
        }
    }

    public boolean writable() {
        return Files.isWritable(database) && Files.isWritable(database.getParent());
    }

    /** Asks the file system itself: {@code Files.getFileStore} looks for a mount point, and fails in a chroot. */
    public long freeBytes() {
        return database.toFile().getUsableSpace();
    }

    /** Size of the database with its journal. */
    public long bytes() {
        try {
            return Files.size(database) + (journalExists() ? Files.size(beside("-wal")) : 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a folder, empty, for what the box makes for a moment, such as a copy that is checked. Only its owner may enter. */
    public Path newWork() throws IOException {
        return emptied(WORK);
    }

    /** The same for whoever looks at a backup while the box, or another who looks at one, may be running. */
    public Path newRestoreWork() throws IOException {
        return emptied(RESTORE_WORK + ProcessHandle.current().pid());
    }

    /** By what follows the name of the database. */
    private List<String> restoreWorks() throws IOException {
        String start = database.getFileName() + RESTORE_WORK;
        try (var siblings = Files.list(database.toAbsolutePath().getParent())) {
            return siblings.map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith(start))
                    .map(name ->
                            name.substring(database.getFileName().toString().length()))
                    .toList();
        }
    }

    private Path emptied(String suffix) throws IOException {
        forget(suffix);
        return Files.createDirectories(beside(suffix), ownerOnly("rwx------"));
    }

    /** Deletes what was made for a moment; what a killed process left of it too. */
    public void forgetWork() throws IOException {
        forget(WORK);
    }

    /** Likewise, of this process and of those that are no more. */
    public void forgetRestoreWork() throws IOException {
        for (String work : restoreWorks()) {
            if (abandoned(work.substring(RESTORE_WORK.length()))) {
                forget(work);
            }
        }
    }

    private static boolean abandoned(String process) {
        return !process.matches("\\d{1,18}")
                || Long.parseLong(process) == ProcessHandle.current().pid()
                || ProcessHandle.of(Long.parseLong(process)).isEmpty();
    }

    private void forget(String suffix) throws IOException {
        List<Path> all = below(suffix);
        for (int i = all.size() - 1; i >= 0; i--) {
            Files.delete(all.get(i));
        }
    }

    /** The folder first. */
    private List<Path> below(String suffix) throws IOException {
        if (Files.notExists(beside(suffix))) {
            return List.of();
        }
        try (var all = Files.walk(beside(suffix))) {
            return all.toList();
        }
    }

    /** Says what is put into the place of what while a backup is put back; there only then, or if that was interrupted. */
    public Path restoring() {
        return beside(".restoring");
    }

    /** An empty file that only its owner may read. */
    public Path newFile(Path file) throws IOException {
        Files.createFile(file, ownerOnly("rw-------"));
        return file;
    }

    private Path beside(String suffix) {
        return database.resolveSibling(database.getFileName() + suffix);
    }

    private void create(Path file) throws IOException {
        if (Files.notExists(file)) {
            Files.createFile(file, ownerOnly("rw-------"));
        } else if (posix()) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    private FileAttribute<?>[] ownerOnly(String permissions) {
        return posix()
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private boolean posix() {
        return database.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}

package dev.lintel.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** The database's files: only their owner may read them. Stateless; safe on any thread. */
final class StoreFiles {
  private final Path database;

  StoreFiles(Path database) {
    this.database = database.toAbsolutePath();
  }

  Path database() {
    return database;
  }

  /** Whether there is a database to be looked at; an empty file is none. */
  boolean exists() throws IOException {
    return Files.exists(database) && Files.size(database) > 0;
  }

  /** Makes the folder (0700) and the file (0600) where they are missing, and closes an existing file to others. */
  void prepare() throws IOException {
    Files.createDirectories(database.getParent(), ownerOnly("rwx------"));
    create(database);
  }

  /** An empty file for a copy made before a migration. */
  Path newBackup(int version) throws IOException {
    Path backup = database.resolveSibling(backupPrefix() + version);
    Files.deleteIfExists(backup);
    create(backup);
    return backup;
  }

  /** Deletes the copies that were made before migrations: they would still hold what is to be forgotten. */
  void forgetBackups() throws IOException {
    List<Path> backups;
    try (var siblings = Files.list(database.getParent())) {
      backups = siblings.filter(path -> path.getFileName().toString().startsWith(backupPrefix())).toList();
    }
    for (Path backup : backups) {
      Files.delete(backup);
    }
  }

  boolean writable() {
    return Files.isWritable(database) && Files.isWritable(database.getParent());
  }

  long freeBytes() {
    try {
      return Files.getFileStore(database).getUsableSpace();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Size of the database with its journal. */
  long bytes() {
    try {
      Path journal = database.resolveSibling(database.getFileName() + "-wal");
      return Files.size(database) + (Files.exists(journal) ? Files.size(journal) : 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String backupPrefix() {
    return database.getFileName() + ".backup-v";
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
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))}
        : new FileAttribute<?>[0];
  }

  private boolean posix() {
    return database.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}

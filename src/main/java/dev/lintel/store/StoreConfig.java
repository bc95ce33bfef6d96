package dev.lintel.store;

import java.nio.file.Path;

/**
 * Where people are kept.
 *
 * @param database the SQLite file; its folder is made if missing. Default {@code data/lintel.db}
 * @param minFreeBytes enrolments fail below this much free disk space, so that deletions and the journal still
 *     have room. Default 64 MiB
 */
public record StoreConfig(Path database, Long minFreeBytes) {
    public StoreConfig {
        database = database == null ? Path.of("data", "lintel.db") : database;
        minFreeBytes = minFreeBytes == null ? Long.valueOf(64L << 20) : minFreeBytes;
        if (database.getFileName() == null || database.toString().isBlank()) {
            throw new IllegalArgumentException("database: must name a file, was '" + database + "'");
        }
        if (minFreeBytes < 0) {
            throw new IllegalArgumentException("min-free-bytes: must be 0 or more, was " + minFreeBytes);
        }
    }

    /** All defaults. */
    public StoreConfig() {
        this(null, null);
    }
}

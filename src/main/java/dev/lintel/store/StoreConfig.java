package dev.lintel.store;

import dev.lintel.settings.Checks;
import dev.lintel.store.sqlite.MasterKey;
import dev.lintel.store.sqlite.MasterSource;
import dev.lintel.store.sqlite.Passphrases;
import dev.lintel.store.sqlite.StoreFiles;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where people are kept.
 *
 * @param database the SQLite file; its folder is made if missing
 * @param minFreeBytes enrolments fail below this much free disk space, so that deletions and the journal still
 *     have room
 * @param key where the key comes from that opens the keys of the records
 * @param keyFile of the key FILE; empty: beside the database
 */
public record StoreConfig(Path database, long minFreeBytes, MasterKey key, Optional<Path> keyFile) {
    /** With the key in a file beside the database. */
    public StoreConfig(Path database, long minFreeBytes) {
        this(database, minFreeBytes, MasterKey.FILE, Optional.empty());
    }

    /** Where the master key comes from. */
    MasterSource master() {
        return new MasterSource(key, keyFile, Passphrases.ofThisProcess());
    }

    /** Where the key lies if it comes from a file. */
    public Path keyPlace() {
        return master().file(new StoreFiles(database));
    }

    /** The same with another way. */
    public StoreConfig withKey(MasterKey other) {
        return new StoreConfig(database, minFreeBytes, other, keyFile);
    }

    public StoreConfig {
        new Checks()
                .that(
                        database.getFileName() != null && !database.toString().isBlank(),
                        "database: must name a file, was '" + database + "'")
                .that(minFreeBytes >= 0, "min-free-bytes: must be 0 or more, was " + minFreeBytes)
                .done();
    }
}

package dev.lintel.store;

import dev.lintel.settings.Checks;
import java.nio.file.Path;

/**
 * Where people are kept.
 *
 * @param database the SQLite file; its folder is made if missing
 * @param minFreeBytes enrolments fail below this much free disk space, so that deletions and the journal still
 *     have room
 */
public record StoreConfig(Path database, long minFreeBytes) {
    public StoreConfig {
        new Checks()
                .that(
                        database.getFileName() != null && !database.toString().isBlank(),
                        "database: must name a file, was '" + database + "'")
                .that(minFreeBytes >= 0, "min-free-bytes: must be 0 or more, was " + minFreeBytes)
                .done();
    }
}

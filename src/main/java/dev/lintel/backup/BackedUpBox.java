package dev.lintel.backup;

import dev.lintel.store.CopyMaker;
import dev.lintel.store.StoreConfig;
import java.time.ZoneId;

/**
 * The box of which backups are made.
 *
 * @param copies of its database
 * @param files beside it
 * @param version of Lintel
 * @param place its name
 * @param zone in which its days begin
 */
public record BackedUpBox(
        BackupConfig config,
        StoreConfig store,
        CopyMaker copies,
        BoxFiles files,
        String version,
        String place,
        ZoneId zone) {}

package dev.lintel.backup;

import dev.lintel.store.StoreCopy;
import java.util.Map;

/**
 * What was found in a backup.
 *
 * @param copy the database, unpacked, and its keys
 * @param files the other files, by their names in the backup
 * @param people how many there were when it was made
 */
record BackupContent(BackupHeader header, StoreCopy copy, Map<String, byte[]> files, int people) {
    @Override
    public String toString() {
        return "BackupContent[" + header.at() + ", " + files.size() + " files]";
    }
}

package dev.lintel.store;

import dev.lintel.store.chain.Seals;
import java.nio.file.Path;

/**
 * A copy of the database, and the keys without which it is worth nothing. Holds the arrays it is given.
 *
 * @param database the copy: one file, of which nothing is in the clear
 */
public final class StoreCopy {
    private final Path database;
    private final byte[] logKey;
    private final byte[] pinKey;
    private final byte[] dataKeys;

    /**
     * @param logKey content of the file of the key that seals the log
     * @param pinKey content of the file of the key of PINs
     * @param dataKeys the keys of the records, not wrapped
     */
    public StoreCopy(Path database, byte[] logKey, byte[] pinKey, byte[] dataKeys) {
        this.database = database;
        this.logKey = logKey;
        this.pinKey = pinKey;
        this.dataKeys = dataKeys;
    }

    public Path database() {
        return database;
    }

    public byte[] logKey() {
        return logKey;
    }

    public byte[] pinKey() {
        return pinKey;
    }

    public byte[] dataKeys() {
        return dataKeys;
    }

    /** Tells the key of the log from others. */
    public String logFingerprint() {
        return new Seals(logKey).fingerprint();
    }

    @Override
    public String toString() {
        return "StoreCopy[" + database.getFileName() + ", keys ****]";
    }
}

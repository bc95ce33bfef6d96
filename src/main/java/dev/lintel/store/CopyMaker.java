package dev.lintel.store;

import dev.lintel.store.sqlite.Database;
import dev.lintel.store.sqlite.Lanes;
import dev.lintel.store.sqlite.StoreException;
import dev.lintel.store.sqlite.StoreFiles;
import dev.lintel.store.sqlite.Transactions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;

/**
 * Copies the database as it is at one moment, while everything goes on: doors decide and changes are written beside it. Only what has to
 * empty the journal, as a deletion does, waits until the copy is made. Thread-safe.
 */
public final class CopyMaker {
    private final Vertx vertx;
    private final Database database;
    private final StoreFiles files;
    private final Lanes lanes;

    CopyMaker(Vertx vertx, Database database, StoreFiles files, Lanes lanes) {
        this.vertx = vertx;
        this.database = database;
        this.files = files;
        this.lanes = lanes;
    }

    /** Where what is made for a moment belongs, and how it goes again. */
    public StoreFiles files() {
        return files;
    }

    /** @param to a file that is not there yet, in a folder that is closed to others; on the disk when it is answered */
    public Future<StoreCopy> copy(Path to) {
        return vertx.executeBlocking(() -> files.newFile(to), false)
                .compose(made -> lanes.background()
                        .inBulk(tables -> tables.execute("PRAGMA query_only = OFF")
                                .compose(open -> tables.execute(
                                        "VACUUM INTO '" + to.toString().replace("'", "''") + "'"))
                                .eventually(() -> tables.execute("PRAGMA query_only = ON"))))
                .compose(copied -> vertx.executeBlocking(() -> withKeys(to), false))
                .recover(Transactions::explained);
    }

    private StoreCopy withKeys(Path copy) throws Exception {
        try (Connection connection = database.reading().getConnection()) {
            return new StoreCopy(
                    copy,
                    key(files.key(), "log"),
                    key(files.pinKey(), "PINs"),
                    database.keyring().keys(connection));
        }
    }

    private byte[] key(Path file, String what) throws IOException {
        return files.readKey(file)
                .orElseThrow(() -> new StoreException("the key of the " + what + ", " + file.getFileName()
                        + " beside the database, is missing: put it back before the box is stopped"));
    }

    /** Size of what is to be copied. */
    public long bytes() throws IOException {
        return Files.size(files.database());
    }
}

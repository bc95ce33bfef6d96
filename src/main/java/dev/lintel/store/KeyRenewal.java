package dev.lintel.store;

import dev.lintel.store.chain.Seals;
import dev.lintel.store.log.Resealing;
import dev.lintel.store.secrets.HashKey;
import dev.lintel.store.sqlite.Database;
import dev.lintel.store.sqlite.Migrations;
import dev.lintel.store.sqlite.StoreException;
import dev.lintel.store.sqlite.StoreFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * New keys in place of those that are lost, while no appliance runs. The database changes as a whole or not at all, and before the
 * file: after a crash between the two the start says which key is wanted, and this can be done again. Blocks. Stateless.
 */
public final class KeyRenewal {
    private KeyRenewal() {}

    /** Seals the log and the attendance book anew. @return the fingerprint of the new key */
    public static String log(StoreConfig config) {
        byte[] key = Seals.fresh();
        Seals seals = new Seals(key);
        renew(config, key, StoreFiles::key, connection -> {
            Resealing.seal(connection, seals);
            StoreKeys.setMark(connection, StoreKeys.LOG, seals.fingerprint());
        });
        return seals.fingerprint();
    }

    /** Forgets every PIN. @return the fingerprint of the new key */
    public static String pins(StoreConfig config) {
        byte[] key = HashKey.fresh();
        HashKey pins = new HashKey(key);
        renew(config, key, StoreFiles::pinKey, connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate(
                        "UPDATE access SET pin_salt = NULL, pin_rounds = NULL, pin_hash = NULL, pin_key = NULL");
            }
            StoreKeys.setMark(connection, StoreKeys.PINS, pins.fingerprint());
        });
        return pins.fingerprint();
    }

    private interface Work {
        void on(Connection connection) throws SQLException;
    }

    private interface Place {
        Path of(StoreFiles files);
    }

    private static void renew(StoreConfig config, byte[] key, Place place, Work work) {
        StoreFiles files = new StoreFiles(config.database());
        try {
            if (!files.exists()) {
                throw new StoreException("there is no database " + config.database() + ": nothing was done");
            }
            try (Database database = Database.open(files, Migrations.current());
                    Connection connection = database.writing().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                try {
                    work.on(connection);
                    statement.execute("COMMIT");
                } catch (SQLException | RuntimeException e) {
                    statement.execute("ROLLBACK");
                    throw e;
                }
                statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
                files.writeKey(place.of(files), key);
            }
        } catch (SQLException e) {
            throw Database.explain(e);
        } catch (IOException e) {
            throw new StoreException("the key cannot be written: check the folder and its owner. " + e, e);
        }
    }
}

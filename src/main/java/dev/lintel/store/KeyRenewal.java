package dev.lintel.store;

import dev.lintel.store.chain.Seals;
import dev.lintel.store.log.Resealing;
import dev.lintel.store.secrets.HashKey;
import dev.lintel.store.secrets.Vault;
import dev.lintel.store.sqlite.Database;
import dev.lintel.store.sqlite.MasterKey;
import dev.lintel.store.sqlite.MasterSource;
import dev.lintel.store.sqlite.Migrations;
import dev.lintel.store.sqlite.StoreException;
import dev.lintel.store.sqlite.StoreFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

    /**
     * Seals every record anew with new keys, under a new master key. The new key file is written beside the old one before the database
     * changes, and takes its place afterwards.
     *
     * @param to where the new master key comes from
     * @return its fingerprint
     */
    public static String data(StoreConfig config, MasterKey to) {
        StoreFiles files = new StoreFiles(config.database());
        String fingerprint = seal(config, to, files);
        leaveToOwner(files);
        return fingerprint;
    }

    private static String seal(StoreConfig config, MasterKey to, StoreFiles files) {
        MasterSource target = config.withKey(to).master();
        Path place = target.file(files);
        Path coming = MasterSource.coming(place);
        try (Database database = opened(config, files);
                Connection connection = database.writing().getConnection();
                Statement statement = connection.createStatement()) {
            MasterSource.Made made = target.fresh();
            if (to == MasterKey.FILE) {
                files.writeKey(coming, made.key());
            }
            transaction(statement, () -> database.keyring().renew(connection, made));
            // Of what the former keys sealed nothing is left.
            statement.execute("VACUUM");
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
            if (to == MasterKey.FILE) {
                Files.move(coming, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } else {
                files.destroy(config.withKey(MasterKey.FILE).master().file(files));
            }
            files.forgetBackups();
            return Vault.fingerprint(made.key());
        } catch (SQLException e) {
            throw Database.explain(e);
        } catch (IOException e) {
            throw new StoreException("the key cannot be written: check the folder and its owner. " + e, e);
        }
    }

    private static void leaveToOwner(StoreFiles files) {
        try {
            files.leaveToOwner();
        } catch (IOException e) {
            throw new StoreException(
                    "the key was renewed, but its file belongs to the wrong user, and the box may not be able to read it: give it"
                            + " to the owner of the folder. " + e,
                    e);
        }
    }

    private static Database opened(StoreConfig config, StoreFiles files) throws IOException {
        if (!files.exists()) {
            throw new StoreException("there is no database " + config.database() + ": nothing was done");
        }
        return Database.open(files, Migrations.current(), config.master());
    }

    private interface Step {
        void take() throws SQLException;
    }

    private static void transaction(Statement statement, Step step) throws SQLException {
        statement.execute("BEGIN IMMEDIATE");
        try {
            step.take();
            statement.execute("COMMIT");
        } catch (SQLException | RuntimeException e) {
            statement.execute("ROLLBACK");
            throw e;
        }
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
            try (Database database = opened(config, files);
                    Connection connection = database.writing().getConnection();
                    Statement statement = connection.createStatement()) {
                transaction(statement, () -> work.on(connection));
                statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
                files.writeKey(place.of(files), key);
            }
            leaveToOwner(files);
        } catch (SQLException e) {
            throw Database.explain(e);
        } catch (IOException e) {
            throw new StoreException("the key cannot be written: check the folder and its owner. " + e, e);
        }
    }
}

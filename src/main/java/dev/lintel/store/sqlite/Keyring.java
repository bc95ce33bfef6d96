package dev.lintel.store.sqlite;

import dev.lintel.store.secrets.Vault;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Optional;

/**
 * The keys of one database: wrapped in it, and opened with a master key from elsewhere. Made with the database, or when an older one is
 * sealed. Blocks; used at the start, by one thread. What it opened may be read by any.
 */
public final class Keyring {
    private static final String PLACE = "keyring/1";

    private final StoreFiles files;
    private final MasterSource source;
    private volatile Vault vault;

    public Keyring(StoreFiles files, MasterSource source) {
        this.files = files;
        this.source = source;
    }

    /** Null until it was opened. */
    public Vault vault() {
        return vault;
    }

    /**
     * Opens the keys that the database has, or makes some, in the transaction that is begun; does nothing in a database that has
     * no room for them yet.
     *
     * @throws StoreException if the master key is missing or another one; says what to do
     */
    void open(Connection connection) throws SQLException {
        if (vault != null || !exists(connection)) {
            return;
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT way, fingerprint, salt, rounds, wrapped FROM keyring")) {
            if (rows.next()) {
                MasterKey way = MasterKey.valueOf(rows.getString(1));
                if (way != source.way()) {
                    throw new StoreException("the key of this database comes from a "
                            + way.name().toLowerCase(java.util.Locale.ROOT) + ", and store.key says "
                            + source.way().name().toLowerCase(java.util.Locale.ROOT) + ": write 'key: "
                            + way.name().toLowerCase(java.util.Locale.ROOT)
                            + "', or change the database with 'lintel renew-key data --to "
                            + source.way().name().toLowerCase(java.util.Locale.ROOT) + "'");
                }
                byte[] master = source.read(files, way, rows.getString(2), rows.getBytes(3), rows.getInt(4));
                vault = new Vault(unwrapped(rows.getBytes(5), master, way, rows.getString(2)));
                return;
            }
        }
        if (version(connection) > 11) {
            throw new StoreException("the keys of this database were destroyed: nothing in it can be read any more");
        }
        byte[] keys = Vault.fresh();
        write(connection, keys, source.make(files));
        vault = new Vault(keys);
    }

    private byte[] unwrapped(byte[] wrapped, byte[] master, MasterKey way, String fingerprint) {
        try {
            return Vault.unwrap(wrapped, master, PLACE);
        } catch (Vault.BrokenSeal e) {
            if (way == MasterKey.PASSPHRASE) {
                Passphrases.forget();
            }
            String found = Vault.fingerprint(master);
            throw new StoreException(
                    found.equals(fingerprint)
                            ? "the keys in the database were damaged: " + Database.RESTORE
                            : way == MasterKey.PASSPHRASE
                                    ? "the passphrase is wrong: this is not the one that the database was locked with"
                                    : "the key of the database, " + source.name(files, way)
                                            + ", is another one than the database was sealed with (its fingerprint is "
                                            + found + ", not " + fingerprint
                                            + "): put back the right key, or the database that belongs to it",
                    e);
        }
    }

    /** Wraps the keys anew, in the caller's transaction. */
    public static void write(Connection connection, byte[] keys, MasterSource.Made made) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT OR REPLACE INTO keyring (id, way, fingerprint, salt, rounds, wrapped, made_at) VALUES (1, ?, ?, ?, ?, ?, ?)")) {
            statement.setString(1, made.way().name());
            statement.setString(2, Vault.fingerprint(made.key()));
            statement.setBytes(3, made.salt());
            statement.setObject(4, made.salt() == null ? null : made.rounds());
            statement.setBytes(5, Vault.wrap(keys, made.key(), PLACE));
            statement.setLong(6, System.currentTimeMillis());
            statement.executeUpdate();
        }
    }

    /** The way and the fingerprint of the master key that the database asks for; empty if it is not sealed. */
    public static Optional<String> described(Connection connection) throws SQLException {
        if (!exists(connection)) {
            return Optional.empty();
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT way, fingerprint FROM keyring")) {
            return rows.next()
                    ? Optional.of(rows.getString(1).toLowerCase(java.util.Locale.ROOT) + " " + rows.getString(2))
                    : Optional.empty();
        }
    }

    /**
     * New keys under a new master key: everything is sealed anew, in the caller's transaction.
     *
     * @param to where the new master key comes from; a key file of before is not used again
     */
    public void renew(Connection connection, MasterSource.Made made) throws SQLException {
        byte[] keys = Vault.fresh();
        Vault next = new Vault(keys);
        SealedColumns.renew(connection, vault, next);
        write(connection, keys, made);
        vault = next;
    }

    /** The keys themselves, for a backup that wraps them anew. */
    public byte[] keys(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT way, fingerprint, salt, rounds, wrapped FROM keyring")) {
            if (!rows.next()) {
                throw new StoreException("the database has no keys");
            }
            MasterKey way = MasterKey.valueOf(rows.getString(1));
            byte[] master = source.read(files, way, rows.getString(2), rows.getBytes(3), rows.getInt(4));
            return Arrays.copyOf(unwrapped(rows.getBytes(5), master, way, rows.getString(2)), Vault.KEY_BYTES);
        }
    }

    private static boolean exists(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'keyring'")) {
            return rows.next();
        }
    }

    private static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA user_version")) {
            return rows.getInt(1);
        }
    }
}

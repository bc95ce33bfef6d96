package dev.lintel.store;

import dev.lintel.store.chain.Chain;
import dev.lintel.store.chain.Seals;
import dev.lintel.store.secrets.HashKey;
import dev.lintel.store.sqlite.Database;
import dev.lintel.store.sqlite.Keyring;
import dev.lintel.store.sqlite.StoreException;
import dev.lintel.store.sqlite.StoreFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * The keys that lie beside the database: the one that seals the log, and the one that goes into the hashes of PINs. The database
 * knows their fingerprints. One that is missing while something depends on it, or is another box's, is refused: a new one made in
 * silence would make a whole log look forged, and no PIN fit.
 */
public record StoreKeys(Seals seals, HashKey pins) {
    static final String LOG = "log";
    static final String PINS = "pins";

    /**
     * Reads both, or makes those that nothing depends on yet. Blocks.
     *
     * @throws StoreException if one is missing, damaged or foreign; says what to do
     */
    static StoreKeys open(Database database, StoreFiles files) {
        try (Connection connection = database.writing().getConnection()) {
            return new StoreKeys(seals(connection, files), pins(connection, files));
        } catch (SQLException e) {
            throw Database.explain(e);
        }
    }

    /** Writes down which keys the database is used with from now on, if it does not know. Blocks. */
    StoreKeys noted(Database database) {
        try (Connection connection = database.writing().getConnection()) {
            setMark(connection, LOG, seals.fingerprint());
            setMark(connection, PINS, pins.fingerprint());
            return this;
        } catch (SQLException e) {
            throw Database.explain(e);
        }
    }

    /** The fingerprint of the key of the log, for people to compare; empty where there is none or it cannot be read. */
    public static Optional<String> logFingerprint(StoreConfig config) {
        StoreFiles files = new StoreFiles(config.database());
        try {
            return files.readKey(files.key()).map(bytes -> new Seals(bytes).fingerprint());
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Where the key of the records comes from, and its fingerprint; empty where the database cannot be read or is not sealed. */
    public static Optional<String> dataKey(StoreConfig config) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + config.database())) {
            return Keyring.described(connection);
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    private static Seals seals(Connection connection, StoreFiles files) throws SQLException {
        boolean sealed = number(connection, "SELECT count(*) FROM ledger") > 0;
        String mark = mark(connection, LOG);
        Seals seals = new Seals(read(files, files.key(), "log", sealed, mark, Seals.fresh(), 32));
        if (sealed && !(mark == null ? fitsAny(connection, seals) : mark.equals(seals.fingerprint()))) {
            throw foreign(files.key(), "log", mark, seals.fingerprint());
        }
        return seals;
    }

    private static HashKey pins(Connection connection, StoreFiles files) throws SQLException {
        String mark = null;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT pin_key FROM access WHERE pin_key IS NOT NULL GROUP BY pin_key ORDER BY count(*) DESC LIMIT 1")) {
            mark = rows.next() ? rows.getString(1) : null;
        }
        boolean used = mark != null;
        HashKey pins = new HashKey(read(files, files.pinKey(), "PINs", used, mark, HashKey.fresh(), 32));
        if (used && !mark.equals(pins.fingerprint())) {
            throw foreign(files.pinKey(), "PINs", mark, pins.fingerprint());
        }
        return pins;
    }

    private static byte[] read(
            StoreFiles files, Path file, String what, boolean used, String mark, byte[] fresh, int least) {
        try {
            Optional<byte[]> key = files.readKey(file);
            if (key.isEmpty() && used) {
                throw new StoreException("the key of the " + what + ", " + file.getFileName()
                        + " beside the database, is missing: put back its backup"
                        + (mark == null ? "" : " (its fingerprint is " + mark + ")")
                        + ". If it is lost for good, " + renew(what));
            }
            if (key.isPresent() && key.get().length < least) {
                throw new StoreException("the key of the " + what + ", " + file.getFileName()
                        + " beside the database, is damaged: put back its backup. If it is lost for good, "
                        + renew(what));
            }
            if (key.isEmpty()) {
                files.writeKey(file, fresh);
            }
            return key.orElse(fresh);
        } catch (IOException e) {
            throw new StoreException(
                    "the key of the " + what + ", " + file.getFileName()
                            + " beside the database, cannot be read or made: check its owner and mode. " + e,
                    e);
        }
    }

    private static StoreException foreign(Path file, String what, String expected, String found) {
        return new StoreException("the key of the " + what + ", " + file.getFileName()
                + " beside the database, is another one than the database was written with (its fingerprint is " + found
                + (expected == null ? "" : ", not " + expected)
                + "): put back the right one, or the database that belongs to it. If it is lost for good, "
                + renew(what));
    }

    private static String renew(String what) {
        return what.equals("log")
                ? "'lintel renew-key log' seals everything anew with a new key; what was changed before can then not be found any more"
                : "'lintel renew-key pins' makes a new one, and everybody needs a new PIN";
    }

    /** Of a database from before there were marks. */
    private static boolean fitsAny(Connection connection, Seals seals) throws SQLException {
        boolean fits = false;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT name, base_sequence, base_chain, base_seal, head_sequence, head_chain, head_seal FROM ledger")) {
            while (rows.next()) {
                Chain chain = new Chain(rows.getString(1), seals);
                fits |= chain.sealsBase(new Chain.Place(rows.getLong(2), rows.getBytes(3)), rows.getBytes(4))
                        || chain.sealsHead(new Chain.Place(rows.getLong(5), rows.getBytes(6)), rows.getBytes(7));
            }
        }
        return fits;
    }

    static String mark(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT fingerprint FROM key_mark WHERE name = ?")) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getString(1) : null;
            }
        }
    }

    static void setMark(Connection connection, String name, String fingerprint) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT INTO key_mark VALUES (?, ?) ON CONFLICT (name) DO UPDATE"
                        + " SET fingerprint = excluded.fingerprint WHERE fingerprint <> excluded.fingerprint")) {
            statement.setString(1, name);
            statement.setString(2, fingerprint);
            statement.executeUpdate();
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.getLong(1);
        }
    }
}

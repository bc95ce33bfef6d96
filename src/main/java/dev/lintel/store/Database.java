package dev.lintel.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteException;

/**
 * Opens the database file. Every connection that it gives out is on a database that passed its integrity check
 * and has the current schema, and holds that database alone. What cannot be used is refused before anything is
 * written to it.
 */
final class Database extends SQLiteDataSource {
    static final String RESTORE =
            "stop Lintel, put a backup in its place (or move it away to start empty), start again";

    private static final long serialVersionUID = 1;
    private static final int BUSY_MILLIS = 2000;
    private static final int GENERIC = 1;

    /**
     * EXCLUSIVE first, so that WAL needs no shared memory file and a second Lintel is turned away. FULL: with WAL,
     * each commit is synced to disk before it is acknowledged, so it survives a power cut; NORMAL would lose the
     * last commits, EXTRA adds nothing to FULL in WAL mode. secure_delete: what is deleted is overwritten.
     * temp_store: nothing is spilled into temporary files. journal_size_limit: an import does not leave its journal
     * at full length.
     */
    private static final List<String> PRAGMAS = List.of(
            "PRAGMA locking_mode = EXCLUSIVE",
            "PRAGMA journal_mode = WAL",
            "PRAGMA synchronous = FULL",
            "PRAGMA foreign_keys = ON",
            "PRAGMA secure_delete = ON",
            "PRAGMA temp_store = MEMORY",
            "PRAGMA journal_size_limit = 4194304");

    private final transient StoreFiles files;
    private final transient Migrations migrations;

    Database(StoreFiles files, Migrations migrations) {
        super(busyTimeout(new SQLiteConfig()));
        this.files = files;
        this.migrations = migrations;
        setUrl("jdbc:sqlite:file:" + files.database().toUri().getRawPath());
    }

    /** @throws StoreException if the database cannot be used, with what to do */
    @Override
    public SQLiteConnection getConnection(String user, String password) {
        try {
            if (files.exists()) {
                inspect();
            }
            files.prepare();
            return open();
        } catch (IOException e) {
            throw new StoreException("the database cannot be made: check the folder and its owner. " + e, e);
        } catch (SQLException e) {
            throw explain(e);
        }
    }

    /**
     * Looks at an existing file through a read-only connection, so that a refused one stays as it is. Without a
     * journal nobody has it open, and SQLite may take it for immutable and make no files beside it.
     */
    private void inspect() throws SQLException {
        SQLiteConfig readOnly = busyTimeout(new SQLiteConfig());
        readOnly.setReadOnly(true);
        String url = getUrl() + (files.journalExists() ? "" : "?immutable=1");
        try (Connection connection = readOnly.createConnection(url);
                Statement statement = connection.createStatement()) {
            migrations.requireKnown(statement);
            try (var result = statement.executeQuery("PRAGMA integrity_check(1)")) {
                if (!result.next() || !result.getString(1).equals("ok")) {
                    throw damaged(null);
                }
            }
            try (var result = statement.executeQuery("PRAGMA foreign_key_check")) {
                if (result.next()) {
                    throw damaged(null);
                }
            }
        } catch (SQLException e) {
            throw code(e) == GENERIC ? damaged(e) : explain(e);
        }
    }

    private SQLiteConnection open() throws SQLException, IOException {
        SQLiteConnection connection = super.getConnection(null, null);
        try {
            try (Statement statement = connection.createStatement()) {
                for (String pragma : PRAGMAS) {
                    statement.execute(pragma);
                }
                migrations.apply(statement, files);
                files.removeSharedMemory();
            }
            return connection;
        } catch (SQLException | IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** What an error of SQLite means to the operator; the original is the cause. */
    static StoreException explain(SQLException e) {
        return switch (code(e)) {
            case 5, 6 -> new StoreException("the database is in use by another Lintel: stop that one first", e);
            case 11 -> damaged(e);
            case 26 ->
                new StoreException(
                        "the database file is not a SQLite database (or its start is damaged): " + RESTORE, e);
            case 13 -> new StoreException("the disk is full, nothing was stored: free some space and try again", e);
            case 3, 8, 14 ->
                new StoreException(
                        "the database cannot be opened for writing: check the owner and mode of the file and its folder",
                        e);
            case 10 ->
                new StoreException("reading or writing the database failed: check the disk. " + e.getMessage(), e);
            default -> new StoreException("the database failed: " + e.getMessage(), e);
        };
    }

    /** SQLite's primary result code. */
    private static int code(SQLException e) {
        return 0xff & (e instanceof SQLiteException own ? own.getResultCode().code : e.getErrorCode());
    }

    private static StoreException damaged(SQLException cause) {
        return new StoreException("the database is damaged (its integrity check failed): " + RESTORE, cause);
    }

    private static SQLiteConfig busyTimeout(SQLiteConfig config) {
        config.setBusyTimeout(BUSY_MILLIS);
        return config;
    }
}

package dev.lintel.store.sqlite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteException;

/**
 * The database file, held alone by this process. Every connection that it gives out is on a database that passed its
 * integrity check and has the current schema. What cannot be used is refused before anything is written to it.
 */
public final class Database implements AutoCloseable {
    public static final String RESTORE =
            "stop Lintel, put a backup in its place (or move it away to start empty), start again";

    private static final int BUSY_MILLIS = 2000;
    private static final int GENERIC = 1;

    /**
     * FULL: with WAL, each commit is synced to disk before it is acknowledged, so it survives a power cut; NORMAL would
     * lose the last commits, EXTRA adds nothing to FULL in WAL mode. secure_delete: what is deleted is overwritten.
     * temp_store: nothing is spilled into temporary files. journal_size_limit: an import does not leave its journal
     * at full length. wal_autocheckpoint: {@link WriteAheadLog} does it, the writer only if that cannot keep up.
     */
    private static final List<String> WRITING = List.of(
            "PRAGMA journal_mode = WAL",
            "PRAGMA synchronous = FULL",
            "PRAGMA foreign_keys = ON",
            "PRAGMA secure_delete = ON",
            "PRAGMA temp_store = MEMORY",
            "PRAGMA journal_size_limit = 4194304",
            "PRAGMA wal_autocheckpoint = 20000");

    private static final List<String> READING = List.of("PRAGMA query_only = ON", "PRAGMA temp_store = MEMORY");

    private final StoreFiles files;
    private final Migrations migrations;
    private final Keyring keyring;
    private final FileLock lock;

    private Database(StoreFiles files, Migrations migrations, Keyring keyring, FileLock lock) {
        this.keyring = keyring;
        this.files = files;
        this.migrations = migrations;
        this.lock = lock;
    }

    /**
     * Takes the database for this process, and makes or migrates it. Blocks. Whoever opens it closes it, after the
     * connections.
     *
     * @throws StoreException if the database cannot be used, with what to do
     */
    public static Database open(StoreFiles files, Migrations migrations, MasterSource master) {
        FileLock lock = null;
        try {
            lock = files.lock();
            Database database = new Database(files, migrations, new Keyring(files, master), lock);
            database.bringUpToDate();
            return database;
        } catch (IOException | SQLException | RuntimeException e) {
            release(lock);
            throw e instanceof SQLException sql
                    ? explain(sql)
                    : e instanceof RuntimeException own
                            ? own
                            : new StoreException(
                                    "the database cannot be made: check the folder and its owner. " + e, e);
        }
    }

    private void bringUpToDate() throws IOException, SQLException {
        if (Files.exists(files.restoring())) {
            throw new StoreException(
                    "a backup was being put back here, and that was interrupted: 'lintel doctor', or any"
                            + " other command on this machine, finishes it");
        }
        if (files.exists()) {
            inspect();
        }
        files.prepare();
        files.forgetWork();
        files.forgetRestoreWork();
        try (Connection connection = writing().getConnection();
                Statement statement = connection.createStatement()) {
            migrations.apply(statement, files, keyring);
            // What a crash left in the journal may be of somebody who was deleted.
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }

    /** Gives connections that can change the database: have one. */
    public DataSource writing() {
        return new Connections(WRITING);
    }

    /** Gives connections that can only read, beside all others. */
    public DataSource reading() {
        return new Connections(READING);
    }

    /** The keys of this database. */
    public Keyring keyring() {
        return keyring;
    }

    /** Lets another process have the database. */
    @Override
    public void close() {
        release(lock);
    }

    private static void release(FileLock lock) {
        try {
            if (lock != null) {
                lock.acquiredBy().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connections with these settings. */
    private final class Connections extends SQLiteDataSource {
        private static final long serialVersionUID = 1;

        private final transient List<String> pragmas;

        Connections(List<String> pragmas) {
            super(busyTimeout(new SQLiteConfig()));
            this.pragmas = pragmas;
            setUrl(url());
        }

        @Override
        public SQLiteConnection getConnection(String user, String password) {
            try {
                SQLiteConnection connection = super.getConnection(user, password);
                VaultFunctions.register(connection, keyring::vault);
                try (Statement statement = connection.createStatement()) {
                    for (String pragma : pragmas) {
                        statement.execute(pragma);
                    }
                    return connection;
                } catch (SQLException | RuntimeException e) {
                    connection.close();
                    throw e;
                }
            } catch (SQLException e) {
                throw explain(e);
            }
        }
    }

    private String url() {
        return "jdbc:sqlite:file:" + files.database().toUri().getRawPath();
    }

    /**
     * Looks at an existing file through a read-only connection, so that a refused one stays as it is. Without a
     * journal nobody has it open, and SQLite may take it for immutable and make no files beside it.
     */
    private void inspect() throws SQLException {
        SQLiteConfig readOnly = busyTimeout(new SQLiteConfig());
        readOnly.setReadOnly(true);
        String url = url() + (files.journalExists() ? "" : "?immutable=1");
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
            readViews(connection);
        } catch (SQLException e) {
            throw code(e) == GENERIC ? damaged(e) : explain(e);
        }
    }

    /** The integrity check does not look at what a view says. */
    private static void readViews(Connection connection) throws SQLException {
        try (Statement listing = connection.createStatement();
                Statement reading = connection.createStatement();
                var views = listing.executeQuery("SELECT name FROM sqlite_schema WHERE type = 'view'")) {
            while (views.next()) {
                String name = views.getString(1).replace("\"", "\"\"");
                reading.executeQuery("SELECT 1 FROM \"" + name + "\" LIMIT 0").close();
            }
        }
    }

    /** What an error of SQLite means to the operator; the original is the cause. */
    public static StoreException explain(SQLException e) {
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
            case GENERIC -> broken(e);
            default -> new StoreException("the database failed: " + e.getMessage(), e);
        };
    }

    private static StoreException broken(SQLException e) {
        int at = e.getMessage() == null ? -1 : e.getMessage().indexOf(VaultFunctions.BROKEN);
        return at < 0
                ? new StoreException("the database failed: " + e.getMessage(), e)
                : new StoreException(
                        "the database is damaged, or somebody changed it: "
                                + e.getMessage()
                                        .substring(at + VaultFunctions.BROKEN.length())
                                        .replaceAll("\\)$", "") + ": " + RESTORE,
                        e);
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

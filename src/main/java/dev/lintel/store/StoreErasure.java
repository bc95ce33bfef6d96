package dev.lintel.store;

import dev.lintel.store.sqlite.Database;
import dev.lintel.store.sqlite.Keyring;
import dev.lintel.store.sqlite.MasterKey;
import dev.lintel.store.sqlite.StoreException;
import dev.lintel.store.sqlite.StoreFiles;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Destroys the keys and then the files of a store, so that nothing of it can be read any more, wherever a disk may have kept a copy of a
 * page: without the key it is noise. Works without the key. Blocks. Stateless.
 */
public final class StoreErasure {
    private StoreErasure() {}

    /**
     * What would be destroyed, or was.
     *
     * @param receipt for whoever has to show that it was done; names nobody
     */
    public record Erased(List<Path> files, String receipt) {}

    /** @param doIt false: only says what would be done */
    public static Erased all(StoreConfig config, Instant now, boolean doIt) {
        StoreFiles files = new StoreFiles(config.database());
        try {
            if (!files.exists()) {
                throw new StoreException("there is no database " + config.database() + ": nothing was done");
            }
            FileLock lock = files.lock();
            try {
                return all(config, files, now, doIt);
            } finally {
                lock.acquiredBy().close();
            }
        } catch (IOException e) {
            throw new StoreException("not everything could be destroyed, do it again: " + e, e);
        } catch (SQLException e) {
            throw Database.explain(e);
        }
    }

    private static Erased all(StoreConfig config, StoreFiles files, Instant now, boolean doIt)
            throws IOException, SQLException {
        Path key = config.withKey(MasterKey.FILE).master().file(files);
        Set<Path> all = new LinkedHashSet<>();
        if (Files.exists(key)) {
            all.add(key);
        }
        all.addAll(files.everything());
        List<String> lines = new ArrayList<>();
        lines.add("Everything that Lintel kept was destroyed");
        lines.add("");
        lines.add("when                 " + now);
        lines.add("database             " + files.database());
        lines.addAll(counted(files, doIt));
        lines.add("files                " + all.size() + ", overwritten and deleted, the keys first:");
        all.forEach(file -> lines.add("                     " + file));
        lines.add("");
        lines.add(
                "Names, vectors, details of the log and hashes were sealed with AES-256-GCM by keys that lay wrapped in the database.");
        lines.add(
                "These, and the key file if there was one, were overwritten before the files were deleted. What a disk may still");
        lines.add("keep of the files cannot be opened.");
        lines.add("Not touched: the configuration, backups and exports elsewhere, and what other programs were told.");
        if (doIt) {
            for (Path file : all) {
                files.destroy(file);
            }
        }
        return new Erased(List.copyOf(all), String.join("\n", lines) + "\n");
    }

    /** Of a damaged database nothing is counted; it is destroyed all the same. */
    private static List<String> counted(StoreFiles files, boolean doIt) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + files.database());
                Statement statement = connection.createStatement()) {
            lines.add(
                    "key                  " + Keyring.described(connection).orElse("none: records were in the clear"));
            for (String table : List.of("person", "template", "event", "attendance", "account", "api_key")) {
                try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
                    lines.add(String.format("%-21s%d", "rows of " + table, rows.getLong(1)));
                }
            }
            if (hasPictures(statement)) {
                try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM picture")) {
                    lines.add(String.format("%-21s%d", "rows of picture", rows.getLong(1)));
                }
            }
            if (doIt) {
                statement.execute("PRAGMA secure_delete = ON");
                statement.execute("DELETE FROM keyring");
                statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
            }
        } catch (SQLException e) {
            lines.add("rows                 not counted: " + e.getMessage());
        }
        return lines;
    }

    /** An older database has none. */
    private static boolean hasPictures(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT 1 FROM sqlite_schema WHERE name = 'picture'")) {
            return rows.next();
        }
    }
}

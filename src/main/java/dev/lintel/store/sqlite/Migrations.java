package dev.lintel.store.sqlite;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The schema's versions: step {@code n} of the list leads from version {@code n - 1} to {@code n}. Each runs in
 * a transaction of its own together with the new {@code user_version}. Immutable.
 */
public record Migrations(List<Migration> steps) {
    /** "LNTL": tells a Lintel database from another program's. */
    private static final int APPLICATION_ID = 0x4c4e544c;

    /** The version from which on records are sealed. */
    private static final int SEALED = 12;

    public Migrations {
        steps = List.copyOf(steps);
    }

    /** Those of this version of Lintel. Append to the list; never change a step that was released. */
    public static Migrations current() {
        return new Migrations(List.of(
                script("V1__people_and_templates.sql"),
                script("V2__events.sql"),
                script("V3__access.sql"),
                script("V4__visitors.sql"),
                script("V5__imports.sql"),
                script("V6__former_people.sql"),
                script("V7__set_aside.sql"),
                script("V8__accounts.sql"),
                script("V9__guesses.sql"),
                script("V10__key_marks.sql"),
                script("V11__keyring.sql"),
                script("V12__sealed.sql"),
                script("V13__consent.sql"),
                script("V14__pictures.sql"),
                script("V15__details.sql")));
    }

    /** @throws StoreException if the database is another program's or of a newer Lintel */
    public void requireKnown(Statement statement) throws SQLException {
        int version = number(statement, "PRAGMA user_version");
        int application = number(statement, "PRAGMA application_id");
        int tables = number(statement, "SELECT count(*) FROM sqlite_schema");
        if (tables == 0 && version == 0) {
            return;
        }
        if (application != APPLICATION_ID || version < 1) {
            throw new StoreException("the database belongs to another program: configure another file");
        }
        if (version > steps.size()) {
            throw new StoreException(
                    "the database was made by a newer Lintel (its schema is " + version + ", this one knows "
                            + steps.size() + "): install that version, or put back the backup made before it");
        }
    }

    /** Brings the database up to date; copies an existing one first. */
    public void apply(Statement statement, StoreFiles files, Keyring keyring) throws SQLException, IOException {
        int version = number(statement, "PRAGMA user_version");
        keyring.open(statement.getConnection());
        if (version > 0 && version < steps.size()) {
            String backup = files.newBackup(version).toString().replace("'", "''");
            statement.execute("VACUUM INTO '" + backup + "'");
        }
        for (int next = version + 1; next <= steps.size(); next++) {
            statement.execute("BEGIN IMMEDIATE");
            try {
                keyring.open(statement.getConnection());
                steps.get(next - 1).apply(statement.getConnection());
                statement.execute("PRAGMA application_id = " + APPLICATION_ID);
                statement.execute("PRAGMA user_version = " + next);
                statement.execute("COMMIT");
            } catch (SQLException | RuntimeException e) {
                statement.execute("ROLLBACK");
                throw e;
            }
        }
        if (version > 0 && version < SEALED && steps.size() >= SEALED) {
            sweep(statement);
        }
    }

    /** Of what was in the clear before, no page is left. */
    private static void sweep(Statement statement) throws SQLException {
        statement.execute("VACUUM");
        statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private static int number(Statement statement, String query) throws SQLException {
        try (var result = statement.executeQuery(query)) {
            return result.getInt(1);
        }
    }

    private static Migration script(String name) {
        try (var in = Migrations.class.getResourceAsStream("/db/" + name)) {
            if (in == null) {
                throw new FileNotFoundException(name);
            }
            return new Migration.Sql(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new StoreException("this Lintel is incomplete: build or install it again", e);
        }
    }
}

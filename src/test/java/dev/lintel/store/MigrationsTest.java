package dev.lintel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.store.people.StoredVectors;
import dev.lintel.store.sqlite.Migration;
import dev.lintel.store.sqlite.Migrations;
import dev.lintel.store.sqlite.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MigrationsTest extends StoreTestBase {
    private static final int CURRENT = Migrations.current().steps().size();
    private static final Migrations NEXT =
            and("ALTER TABLE person ADD COLUMN note TEXT; CREATE INDEX person_note ON person (note);");
    private static final Migrations BROKEN =
            and("ALTER TABLE person ADD COLUMN note TEXT; INSERT INTO nowhere VALUES (1);");

    private static Migrations and(String script) {
        return and(new Migration.Sql(script));
    }

    private static Migrations and(Migration step) {
        List<Migration> steps = new ArrayList<>(Migrations.current().steps());
        steps.add(step);
        return new Migrations(steps);
    }

    /** As encryption would: every vector is read, computed anew, and written. */
    private static void turnAround(Connection connection) throws SQLException {
        try (Statement reading = connection.createStatement();
                PreparedStatement writing = connection.prepareStatement(
                        "UPDATE template SET vector = sealed(?, 'template.vector', id || '/' || person_id) WHERE id = ?")) {
            var rows = reading.executeQuery(
                    "SELECT id, opened(vector, 'template.vector', id || '/' || person_id) FROM template");
            while (rows.next()) {
                float[] vector = StoredVectors.fromBytes(rows.getBytes(2));
                for (int i = 0; i < vector.length; i++) {
                    vector[i] = -vector[i];
                }
                writing.setBytes(1, StoredVectors.toBytes(vector));
                writing.setLong(2, rows.getLong(1));
                writing.addBatch();
            }
            writing.executeBatch();
        }
    }

    @Test
    void shouldMigrateInJava() throws Exception {
        enrolled("Anna", face(1));

        reopenWith(and(new Migration.Java(MigrationsTest::turnAround)));

        assertThat(nearest(face(1), 1).get(0).similarity()).isLessThan(-0.99);
        assertThat(version(database())).isEqualTo(CURRENT + 1);
    }

    @Test
    void shouldUndoAMigrationInJavaThatFails() {
        enrolled("Anna", face(1));

        assertThatThrownBy(() -> reopenWith(and(new Migration.Java(connection -> {
                    turnAround(connection);
                    throw new IllegalStateException("halfway");
                }))))
                .hasMessageContaining("halfway");

        reopenWith(Migrations.current());
        assertNearest(face(1), "Anna");
        assertThat(nearest(face(1), 1).get(0).similarity()).isGreaterThan(0.99);
    }

    @Test
    void shouldMigrateAnExistingDatabaseAfterCopyingIt() throws Exception {
        enrolled("Anna", face(1));

        reopenWith(NEXT);

        assertNearest(face(1), "Anna");
        assertThat(version(database())).isEqualTo(CURRENT + 1);
        assertThat(version(backup())).isEqualTo(CURRENT);
        assertThat(count(backup(), "template")).isEqualTo(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup())))
                .isEqualTo("rw-------");
    }

    @Test
    void shouldMigrateOnce() throws Exception {
        reopenWith(NEXT);
        Files.delete(backup());

        reopenWith(NEXT);

        assertThat(backup()).doesNotExist();
    }

    @Test
    void shouldLeaveTheOldVersionWhenAMigrationFails() throws Exception {
        enrolled("Anna", face(1));

        assertThatThrownBy(() -> reopenWith(BROKEN))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("nowhere");

        reopenWith(Migrations.current());
        assertNearest(face(1), "Anna");
        reopenWith(NEXT);
        assertThat(version(database())).isEqualTo(CURRENT + 1);
    }

    @Test
    void shouldForgetTheCopyWithTheFirstDeletion() throws Exception {
        enrolled("Anna", face(1));
        enrolled("Ben", face(2));
        reopenWith(NEXT);
        assertThat(backup()).exists();

        done(delete("Anna"));

        assertThat(backup()).doesNotExist();
    }

    @Test
    void shouldRefuseADatabaseOfTheNextVersion() throws Exception {
        reopenWith(NEXT);

        assertThatThrownBy(this::reopen)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(
                        "made by a newer Lintel (its schema is " + (CURRENT + 1) + ", this one knows " + CURRENT + ")");
    }

    private void reopenWith(Migrations migrations) {
        await(store.close());
        store = await(FaceStore.open(vertx, config(), MODEL, 0, rules(), migrations));
    }

    private Path backup() {
        return database().resolveSibling("lintel.db.backup-v" + CURRENT);
    }

    private int version(Path file) throws Exception {
        return number(file, "PRAGMA user_version");
    }

    private int count(Path file, String table) throws Exception {
        return number(file, "SELECT count(*) FROM " + table);
    }

    private int number(Path file, String query) throws Exception {
        await(store.close());
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var result = connection.createStatement().executeQuery(query)) {
            return result.getInt(1);
        }
    }
}

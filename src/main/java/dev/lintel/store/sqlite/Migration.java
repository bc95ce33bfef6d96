package dev.lintel.store.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** One step from a version of the schema to the next: SQL where that suffices, Java where rows must be computed anew. */
public sealed interface Migration {

    /** Works in the transaction that is begun on the connection, and neither commits nor closes it. */
    public void apply(Connection connection) throws SQLException;

    /** @param script statements, one after the other */
    public record Sql(String script) implements Migration {
        @Override
        public void apply(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate(script);
            }
        }
    }

    /** @param work reads and writes rows */
    public record Java(Work work) implements Migration {
        @Override
        public void apply(Connection connection) throws SQLException {
            work.on(connection);
        }
    }

    /** What a {@link Java} step does. */
    public interface Work {
        void on(Connection connection) throws SQLException;
    }
}

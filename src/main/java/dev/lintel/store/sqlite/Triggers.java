package dev.lintel.store.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The triggers that keep the log from being changed, out of the way for as long as everything is sealed anew. Stateless. */
public final class Triggers {
    private Triggers() {}

    /** Drops them all. @return how to make them again */
    public static List<String> take(Connection connection) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            List<String> names = new ArrayList<>();
            try (ResultSet rows =
                    statement.executeQuery("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                    texts.add(rows.getString(2));
                }
            }
            for (String name : names) {
                statement.executeUpdate("DROP TRIGGER " + name);
            }
        }
        return texts;
    }

    public static void putBack(Connection connection, List<String> triggers) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String trigger : triggers) {
                statement.executeUpdate(trigger);
            }
        }
    }
}

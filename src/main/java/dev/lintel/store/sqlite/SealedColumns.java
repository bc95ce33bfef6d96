package dev.lintel.store.sqlite;

import dev.lintel.store.secrets.Vault;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Every column that is sealed, for new keys. In the caller's transaction. Stateless. */
public final class SealedColumns {
    /** @param id SQL: what the record is bound to, besides its column */
    private record Sealed(String table, String column, String id) {}

    /** @param kind of the keyed hash; @param source which sealed column it is made of; @param lower whether case does not count */
    private record Looked(String table, String column, String kind, String source, boolean lower) {}

    private static final String OF_TEMPLATE =
            "template_id || '/' || (SELECT person_id FROM template WHERE template.id = template_id)";

    private static final List<Sealed> BY_ID = List.of(
            new Sealed("person", "label", "id"),
            new Sealed("former_person", "label", "person_id"),
            new Sealed("template", "vector", "id || '/' || person_id"),
            new Sealed("picture", "png", OF_TEMPLATE),
            new Sealed("coming_template", "vector", OF_TEMPLATE),
            new Sealed("visitor", "sum", "id"),
            new Sealed("visitor_face", "vector", "sighting"),
            new Sealed("access", "pin_hash", "person_id"),
            new Sealed("consent", "label", "id"),
            new Sealed("consent", "words", "id"),
            new Sealed("detail", "external_id", "person_id"),
            new Sealed("detail", "words", "person_id"),
            new Sealed("event", "detail", "sequence"),
            new Sealed("event", "facts", "sequence"),
            new Sealed("attendance", "author", "sequence"),
            new Sealed("attendance", "reason", "sequence"));

    private static final List<Looked> KEYED = List.of(
            new Looked("person", "label_key", "label", "label", false),
            new Looked("former_person", "label_key", "label", "label", false),
            new Looked("consent", "label_key", "label", "label", false),
            new Looked("detail", "external_key", "external", "external_id", false));

    private SealedColumns() {}

    /** Seals everything anew with the keys of {@code to}. */
    static void renew(Connection connection, Vault from, Vault to) throws SQLException {
        List<String> triggers = Triggers.take(connection);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA defer_foreign_keys = ON");
        }
        for (Looked looked : KEYED) {
            lookUpAnew(connection, looked, from, to);
        }
        for (Sealed sealed : BY_ID) {
            sealAnew(connection, sealed, from, to);
        }
        named(connection, "account", "name_key", List.of("name", "hash"), "account", from, to);
        named(connection, "api_key", "name_key", List.of("name"), "key", from, to);
        named(connection, "guess", "subject_key", List.of("subject"), "guess", from, to);
        Triggers.putBack(connection, triggers);
    }

    private static void lookUpAnew(Connection connection, Looked looked, Vault from, Vault to) throws SQLException {
        String id = List.of("former_person", "detail").contains(looked.table) ? "person_id" : "id";
        try (Statement reading = connection.createStatement();
                PreparedStatement writing = connection.prepareStatement(
                        "UPDATE " + looked.table + " SET " + looked.column + " = ? WHERE " + id + " = ?");
                ResultSet rows = reading.executeQuery("SELECT " + id + ", " + looked.source + " FROM " + looked.table
                        + " WHERE " + looked.source + " IS NOT NULL")) {
            while (rows.next()) {
                String text = new String(
                        from.open(rows.getBytes(2), looked.table + "." + looked.source + "/" + rows.getLong(1)),
                        StandardCharsets.UTF_8);
                writing.setString(1, to.keyed(looked.kind, text));
                writing.setLong(2, rows.getLong(1));
                writing.executeUpdate();
            }
        }
    }

    private static void sealAnew(Connection connection, Sealed sealed, Vault from, Vault to) throws SQLException {
        String place = sealed.table + "." + sealed.column + "/";
        String key = sealed.table.equals("visitor_face") ? "sighting" : "rowid";
        try (Statement reading = connection.createStatement();
                PreparedStatement writing = connection.prepareStatement(
                        "UPDATE " + sealed.table + " SET " + sealed.column + " = ? WHERE " + key + " = ?");
                ResultSet rows = reading.executeQuery("SELECT " + key + ", " + sealed.id + ", " + sealed.column
                        + " FROM " + sealed.table + " WHERE " + sealed.column + " IS NOT NULL")) {
            while (rows.next()) {
                String at = place + rows.getString(2);
                writing.setBytes(1, to.seal(from.open(rows.getBytes(3), at), at));
                writing.setObject(2, rows.getObject(1));
                writing.executeUpdate();
            }
        }
    }

    /** Rows that are found by the keyed hash of a name, which their records are bound to. */
    private static void named(
            Connection connection, String table, String key, List<String> columns, String kind, Vault from, Vault to)
            throws SQLException {
        List<Object[]> changes = new ArrayList<>();
        try (Statement reading = connection.createStatement();
                ResultSet rows = reading.executeQuery(
                        "SELECT rowid, " + key + ", " + String.join(", ", columns) + " FROM " + table)) {
            while (rows.next()) {
                String before = rows.getString(2);
                Object[] change = new Object[columns.size() + 3];
                String name = new String(
                        from.open(rows.getBytes(3), table + "." + columns.get(0) + "/" + before),
                        StandardCharsets.UTF_8);
                String now = to.keyed(kind, kind.equals("guess") ? name : lower(name));
                change[0] = now;
                for (int i = 0; i < columns.size(); i++) {
                    String place = table + "." + columns.get(i) + "/";
                    change[i + 1] = to.seal(from.open(rows.getBytes(i + 3), place + before), place + now);
                }
                change[columns.size() + 1] = rows.getLong(1);
                change[columns.size() + 2] = before;
                changes.add(change);
            }
        }
        try (PreparedStatement writing = connection.prepareStatement("UPDATE " + table + " SET " + key + " = ?, "
                        + String.join(" = ?, ", columns) + " = ? WHERE rowid = ?");
                PreparedStatement sessions =
                        connection.prepareStatement("UPDATE session SET account = ? WHERE account = ?")) {
            for (Object[] change : changes) {
                for (int i = 0; i <= columns.size() + 1; i++) {
                    writing.setObject(i + 1, change[i]);
                }
                writing.executeUpdate();
                if (table.equals("account")) {
                    sessions.setObject(1, change[0]);
                    sessions.setObject(2, change[columns.size() + 2]);
                    sessions.executeUpdate();
                }
            }
        }
    }

    /** As SQLite's {@code lower}: of ASCII. */
    private static String lower(String text) {
        StringBuilder lower = new StringBuilder(text);
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                lower.setCharAt(i, (char) (c + 32));
            }
        }
        return lower.toString();
    }
}

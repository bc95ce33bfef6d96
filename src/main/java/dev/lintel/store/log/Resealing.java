package dev.lintel.store.log;

import dev.lintel.store.attendance.AttendanceTable;
import dev.lintel.store.chain.Chain;
import dev.lintel.store.chain.Seals;
import dev.lintel.store.sqlite.Triggers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Seals both books anew with another key, where theirs is lost. What stands there is taken for true: what was changed before is not
 * found any more. In the caller's transaction. Stateless.
 */
public final class Resealing {
    private Resealing() {}

    public static void seal(Connection connection, Seals seals) throws SQLException {
        List<String> triggers = Triggers.take(connection);
        seal(connection, new Chain("event", seals), LogVerification.EVENT_COLUMNS);
        seal(connection, new Chain("attendance", seals), AttendanceTable.CONTENT);
        Triggers.putBack(connection, triggers);
    }

    private static void seal(Connection connection, Chain chain, String columns) throws SQLException {
        Chain.Place base = new Chain.Place(0, new byte[0]);
        try (PreparedStatement ledger =
                connection.prepareStatement("SELECT base_sequence, base_chain FROM ledger WHERE name = ?")) {
            ledger.setString(1, chain.table());
            try (ResultSet rows = ledger.executeQuery()) {
                if (rows.next()) {
                    base = new Chain.Place(rows.getLong(1), rows.getBytes(2));
                }
            }
        }
        Chain.Place last = base;
        try (Statement reading = connection.createStatement();
                PreparedStatement writing = connection.prepareStatement("UPDATE " + chain.table()
                        + " SET digest = ?, chain = ?, person_seal = ?, erased = ? WHERE sequence = ?");
                ResultSet rows = reading.executeQuery("SELECT sequence, " + columns
                        + ", person_id, digest, erased FROM " + chain.table() + " ORDER BY sequence")) {
            while (rows.next()) {
                long sequence = rows.getLong(1);
                boolean erased = rows.getBytes(14) != null;
                byte[] digest = erased ? rows.getBytes(13) : chain.digest(sequence, content(rows));
                Chain.Place place = new Chain.Place(
                        sequence,
                        chain.after(new Chain.Place(sequence - 1, last.chain()), digest)
                                .chain());
                Long person = rows.getObject(12) == null ? null : rows.getLong(12);
                writing.setBytes(1, digest);
                writing.setBytes(2, place.chain());
                writing.setBytes(3, chain.personSeal(sequence, person));
                writing.setBytes(4, erased ? chain.erasure(sequence, digest) : null);
                writing.setLong(5, sequence);
                writing.executeUpdate();
                last = place;
            }
        }
        end(connection, chain, base, last);
    }

    private static void end(Connection connection, Chain chain, Chain.Place base, Chain.Place head)
            throws SQLException {
        if (head.sequence() == 0) {
            return;
        }
        try (PreparedStatement ledger = connection.prepareStatement(
                "INSERT OR REPLACE INTO ledger (name, base_sequence,"
                        + " base_chain, base_seal, head_sequence, head_chain, head_seal) VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            ledger.setString(1, chain.table());
            ledger.setLong(2, base.sequence());
            ledger.setBytes(3, base.chain());
            ledger.setBytes(4, chain.baseSeal(base));
            ledger.setLong(5, head.sequence());
            ledger.setBytes(6, head.chain());
            ledger.setBytes(7, chain.headSeal(head));
            ledger.executeUpdate();
        }
    }

    private static List<Object> content(ResultSet rows) throws SQLException {
        List<Object> content = new ArrayList<>();
        for (int i = 2; i <= 11; i++) {
            Object value = rows.getObject(i);
            content.add(value instanceof Number number ? (Object) number.longValue() : value);
        }
        return content;
    }
}

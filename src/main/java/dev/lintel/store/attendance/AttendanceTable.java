package dev.lintel.store.attendance;

import dev.lintel.access.AttendanceEntry;
import dev.lintel.access.Direction;
import dev.lintel.access.DoorEvent;
import dev.lintel.store.chain.Chain;
import dev.lintel.store.chain.Seals;
import dev.lintel.store.people.PeopleTables;
import dev.lintel.store.sqlite.Database;
import dev.lintel.store.sqlite.StoreException;
import dev.lintel.store.sqlite.Tables;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** The rows of {@code attendance}: sightings that count, and corrections. In the caller's transaction. */
public final class AttendanceTable {
    private static final String AUTHOR = "opened_text(author, 'attendance.author', attendance.sequence)";
    private static final String REASON = "opened_text(reason, 'attendance.reason', attendance.sequence)";

    /** What the digest covers. */
    public static final String CONTENT =
            "id, kind, at, direction, camera, door, target, " + AUTHOR + ", written_at, " + REASON;

    public static final String SELECT =
            "SELECT attendance.sequence, attendance.id, kind, attendance.at, direction, camera, door, target, "
                    + (AUTHOR + ", written_at, " + REASON).replace("opened_text(", "tried_text(") + ", coalesce("
                    + FormerPeople.LABEL + ", "
                    + PeopleTables.LABEL
                    + ") FROM attendance"
                    + " LEFT JOIN person ON person.id = attendance.person_id"
                    + " LEFT JOIN former_person ON former_person.person_id = person.id ";

    /** Of everybody who has or had a label; it is given twice. */
    static final String LABELLED = "attendance.person_id IN (SELECT id FROM enrolled_person WHERE label_key = "
            + PeopleTables.KEY + " UNION ALL SELECT person_id FROM former_person WHERE label_key = " + PeopleTables.KEY
            + ")";

    private final Chain chain;

    public AttendanceTable(Seals seals) {
        this.chain = new Chain("attendance", seals);
    }

    public Chain chain() {
        return chain;
    }

    /** An event that counts. */
    public Future<Long> seen(Tables tables, DoorEvent event, long person, Instant now) {
        return add(
                tables,
                person,
                Arrays.asList(
                        event.id().toString(),
                        "SEEN",
                        event.at().toEpochMilli(),
                        event.direction().name(),
                        event.camera(),
                        event.door(),
                        null,
                        null,
                        now.toEpochMilli(),
                        null));
    }

    /** @param content the values of {@link #CONTENT} */
    public Future<Long> add(Tables tables, long person, List<Object> content) {
        return chain.head(tables).compose(head -> {
            long sequence = head.sequence() + 1;
            byte[] digest = chain.digest(sequence, content);
            Chain.Place place = chain.after(head, digest);
            List<Object> values = new ArrayList<>(List.of(sequence));
            values.addAll(content);
            values.addAll(List.of(person, chain.personSeal(sequence, person), digest, place.chain()));
            return tables.rows(
                            "INSERT INTO attendance (sequence, id, kind, at, direction, camera, door, target, author, written_at,"
                                    + " reason, person_id, person_seal, digest, chain) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8,"
                                    + " sealed(?9, 'attendance.author', ?1), ?10, sealed(?11, 'attendance.reason', ?1), ?12, ?13, ?14,"
                                    + " ?15)",
                            Tuple.wrap(values))
                    .compose(inserted -> chain.advance(tables, place))
                    .map(sequence);
        });
    }

    /** Everything about a person, who is about to be deleted. */
    public Future<Integer> eraseOf(Tables tables, long person) {
        return erase(tables, "person_id = ?", Tuple.of(person));
    }

    /**
     * Of a person who is about to be deleted: times stay, and belong to nobody. What was entered by hand goes, because its
     * reason may name the person.
     */
    public Future<Integer> anonymise(Tables tables, long person) {
        return erase(tables, "person_id = ? AND kind <> 'SEEN'", Tuple.of(person))
                .compose(gone -> chain.assign(tables, person, null));
    }

    /** Leaves of these rows only that they were there. */
    public Future<Integer> erase(Tables tables, String condition, Tuple values) {
        return tables.rows("SELECT sequence, digest FROM attendance WHERE erased IS NULL AND " + condition, values)
                .compose(rows -> {
                    List<Tuple> erasures = rows.stream().map(chain::erasing).toList();
                    return tables.batch(
                                    "UPDATE attendance SET id = NULL, kind = NULL, at = NULL, direction = NULL, camera = NULL, door = NULL,"
                                            + " target = NULL, author = NULL, written_at = NULL, reason = NULL, person_id = NULL, person_seal = ?, erased = ?"
                                            + " WHERE sequence = ?",
                                    erasures)
                            .map(erasures.size());
                });
    }

    /** Entries that belong to somebody; whoever was anonymised has none. */
    public static List<AttendanceEntry> entries(List<Row> rows) {
        return rows.stream()
                .filter(row -> row.getString(11) != null)
                .map(AttendanceTable::entry)
                .toList();
    }

    private static AttendanceEntry entry(Row row) {
        try {
            return new AttendanceEntry(
                    row.getLong(0),
                    UUID.fromString(row.getString(1)),
                    AttendanceEntry.Kind.valueOf(row.getString(2)),
                    PeopleTables.label(row, 11),
                    Tables.time(row, 3),
                    Direction.valueOf(row.getString(4)),
                    row.getString(5),
                    row.getString(6),
                    row.getLong(7),
                    Tables.tried(row, 8),
                    Tables.time(row, 9),
                    Tables.tried(row, 10));
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new StoreException(
                    "entry " + row.getLong(0) + " of the attendance book cannot be read: " + Database.RESTORE, e);
        }
    }
}

package dev.lintel.store.log;

import dev.lintel.access.OnDeletion;
import dev.lintel.access.Receipt;
import dev.lintel.attendance.AttendanceConfig;
import dev.lintel.face.Label;
import dev.lintel.store.chain.Seals;
import dev.lintel.store.sqlite.Tables;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;

/** Counts what there is of somebody who is about to be deleted, for the receipt. For one deletion; not thread-safe. */
public final class ErasureTally {
    private final AttendanceConfig rules;
    private final OnDeletion attendance;
    private int templates;
    private boolean rights;
    private boolean pin;
    private boolean consent;
    private boolean details;
    private int visits;
    private int pictures;
    private int attendanceGone;
    private int attendanceKept;
    private Instant attendanceUntil;
    private int events;
    private Instant eventsUntil;

    /** @param attendance what becomes of it; null: as configured */
    public ErasureTally(AttendanceConfig rules, OnDeletion attendance) {
        this.rules = rules;
        this.attendance = attendance == null ? rules.onDeletion() : attendance;
    }

    public void templates(int number) {
        templates += number;
    }

    public void consent(boolean was) {
        consent |= was;
    }

    public void visits(int number) {
        visits += number;
    }

    /** Of one person, while it is all there. */
    public Future<?> count(Tables tables, long person) {
        Tuple who = Tuple.of(person);
        return tables.rows(
                        "SELECT group_names <> '' OR valid_from IS NOT NULL OR valid_until IS NOT NULL, pin_hash IS NOT NULL"
                                + " FROM access WHERE person_id = ?",
                        who)
                .onSuccess(rows -> rows.forEach(row -> {
                    rights |= row.getInteger(0) != 0;
                    pin |= row.getInteger(1) != 0;
                }))
                .compose(counted -> tables.rows(
                        "SELECT count(*) FROM picture JOIN template ON template.id = template_id WHERE person_id = ?",
                        who))
                .onSuccess(rows -> pictures += rows.get(0).getInteger(0))
                .compose(counted -> tables.rows("SELECT 1 FROM detail WHERE person_id = ?", who))
                .onSuccess(rows -> details |= !rows.isEmpty())
                .compose(counted ->
                        tables.rows("SELECT count(*), max(at) FROM event WHERE person_id = ? AND erased IS NULL", who))
                .onSuccess(rows -> {
                    events += rows.get(0).getInteger(0);
                    eventsUntil = later(eventsUntil, rows.get(0), rules.keepEvents());
                })
                .compose(counted -> tables.rows(
                        "SELECT count(*), max(at) FROM attendance WHERE person_id = ? AND erased IS NULL AND kind = 'SEEN'",
                        who))
                .onSuccess(rows -> attendance(rows.get(0), attendance != OnDeletion.DELETE))
                .compose(counted -> tables.rows(
                        "SELECT count(*), max(iif(kind = 'ADDED', at, written_at)) FROM attendance"
                                + " WHERE person_id = ? AND erased IS NULL AND kind <> 'SEEN'",
                        who))
                .onSuccess(rows -> attendance(rows.get(0), attendance == OnDeletion.KEEP));
    }

    private void attendance(Row row, boolean kept) {
        if (kept) {
            attendanceKept += row.getInteger(0);
            attendanceUntil = later(attendanceUntil, row, rules.keepAttendance());
        } else {
            attendanceGone += row.getInteger(0);
        }
    }

    private static Instant later(Instant before, Row row, Duration keep) {
        if (row.getLong(1) == null) {
            return before;
        }
        Instant until = Instant.ofEpochMilli(row.getLong(1)).plus(keep);
        return before == null || until.isAfter(before) ? until : before;
    }

    /** Sealed. */
    public Receipt receipt(Label person, Instant at, Seals seals) {
        Receipt open = new Receipt(
                UUID.randomUUID(),
                person,
                at,
                new Receipt.Gone(templates, rights, pin, consent, visits, attendanceGone, pictures, details),
                attendance,
                new Receipt.Kept(attendanceKept, attendanceUntil, events, eventsUntil),
                seals.fingerprint(),
                "");
        return open.sealed(
                seals.fingerprint(),
                HexFormat.of().formatHex(seals.of(open.content().toArray())));
    }
}

package dev.lintel.store.chain;

import dev.lintel.store.sqlite.Tables;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/**
 * Sealed rows in a row. Each has a digest of what it says (who it is about is sealed apart, because that may change),
 * and a link over that digest and the link before. The ends of the chain are sealed too, so that nothing can be cut
 * off. What is erased keeps digest and link, and its erasure is sealed. Everything happens in the caller's transaction.
 */
public final class Chain {
    private static final byte[] START = new byte[0];

    private final String table;
    private final Seals seals;

    /** @param table name of a table with the columns of a chain; trusted */
    public Chain(String table, Seals seals) {
        this.table = table;
        this.seals = seals;
    }

    /**
     * A place in the chain.
     *
     * @param chain the link there
     */
    public record Place(long sequence, byte[] chain) {}

    public String table() {
        return table;
    }

    /** Where the chain ends; sequence 0 if nothing was ever stored. */
    public Future<Place> head(Tables tables) {
        return end(tables, "head");
    }

    /** Up to where rows were removed; sequence 0 if none were. */
    public Future<Place> base(Tables tables) {
        return end(tables, "base");
    }

    private Future<Place> end(Tables tables, String which) {
        return tables.rows(
                        "SELECT " + which + "_sequence, " + which + "_chain FROM ledger WHERE name = ?",
                        Tuple.of(table))
                .map(rows -> rows.isEmpty()
                        ? new Place(0, START)
                        : new Place(rows.get(0).getLong(0), bytes(rows.get(0), 1)));
    }

    /** The next place, for a row with this content. */
    public Place after(Place before, byte[] digest) {
        long sequence = before.sequence + 1;
        return new Place(sequence, seals.of("link", table, sequence, before.chain, digest));
    }

    public byte[] digest(long sequence, List<?> content) {
        Object[] parts = new Object[content.size() + 3];
        parts[0] = "content";
        parts[1] = table;
        parts[2] = sequence;
        for (int i = 0; i < content.size(); i++) {
            parts[i + 3] = content.get(i);
        }
        return seals.of(parts);
    }

    /** @param person the person's number, or null */
    public byte[] personSeal(long sequence, Long person) {
        return seals.of("person", table, sequence, person);
    }

    public byte[] erasure(long sequence, byte[] digest) {
        return seals.of("erased", table, sequence, digest);
    }

    /** The seals with which a row of sequence and digest is emptied, and the sequence. */
    public Tuple erasing(Row row) {
        long sequence = row.getLong(0);
        return Tuple.of(personSeal(sequence, null), erasure(sequence, bytes(row, 1)), sequence);
    }

    /** A row was added at {@code head}. */
    public Future<?> advance(Tables tables, Place head) {
        byte[] seal = headSeal(head);
        return tables.rows(
                "INSERT INTO ledger VALUES (?, 0, x'', ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET head_sequence ="
                        + " excluded.head_sequence, head_chain = excluded.head_chain, head_seal = excluded.head_seal",
                Tuple.of(table, seals.of("base", table, 0, START), head.sequence, head.chain, seal));
    }

    /** Rows up to {@code base} are about to be removed. */
    public Future<?> shorten(Tables tables, Place base) {
        byte[] seal = baseSeal(base);
        return tables.rows(
                "UPDATE ledger SET base_sequence = ?, base_chain = ?, base_seal = ? WHERE name = ?",
                Tuple.of(base.sequence, base.chain, seal, table));
    }

    /** Gives rows to another person, or to nobody ({@code to} null). */
    public Future<Integer> assign(Tables tables, long from, Long to) {
        return tables.rows("SELECT sequence FROM " + table + " WHERE person_id = ?", Tuple.of(from))
                .compose(rows -> {
                    List<Tuple> changes = rows.stream()
                            .map(row -> row.getLong(0))
                            .map(sequence -> Tuple.of(to, personSeal(sequence, to), sequence))
                            .toList();
                    return tables.batch(
                                    "UPDATE " + table + " SET person_id = ?, person_seal = ? WHERE sequence = ?",
                                    changes)
                            .map(changes.size());
                });
    }

    public byte[] headSeal(Place head) {
        return seals.of("head", table, head.sequence, head.chain);
    }

    public byte[] baseSeal(Place base) {
        return seals.of("base", table, base.sequence, base.chain);
    }

    public boolean sealsHead(Place head, byte[] seal) {
        return seals.fits(seal, "head", table, head.sequence, head.chain);
    }

    public boolean sealsBase(Place base, byte[] seal) {
        return seals.fits(seal, "base", table, base.sequence, base.chain);
    }

    public static byte[] bytes(Row row, int column) {
        Buffer buffer = row.getBuffer(column);
        return buffer == null ? null : buffer.getBytes();
    }
}

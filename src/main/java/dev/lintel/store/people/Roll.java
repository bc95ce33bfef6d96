package dev.lintel.store.people;

import dev.lintel.face.Label;
import dev.lintel.store.people.DetailTables.Said;
import dev.lintel.store.sqlite.Tables;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everybody's label in order, and what is said of them, kept open in memory: to open a sealed record costs more than all else of a list
 * of thousands. Each read compares with the sealed records of its own snapshot of the database, and opens those that are new or were
 * changed, so that nothing has to be told to it. What was deleted is forgotten at the next read. Thread-safe.
 */
final class Roll {
    /** What a table looks like in one line, so that nothing is read twice: what is sealed begins with random bytes. */
    private static final String LABELS = "SELECT group_concat(id || substr(label_key, 1, 16)) FROM enrolled_person";

    private static final String DETAILS =
            "SELECT group_concat(person_id || hex(substr(words, 1, 16)) || ifnull(hex(substr(external_id, 1, 16)), '')"
                    + " || ifnull(inactive_since, '')) FROM detail";

    private volatile Labels labels = new Labels("", Map.of(), List.of());
    private volatile Details details = new Details("", Map.of(), Map.of());

    /** Somebody who is enrolled. @param id of the row of {@code person} @param plain label, see {@link Label#plain} */
    record Entry(long id, Label label, String plain) {}

    /** What is said of somebody. @param plain each text of it, in a line of its own */
    record Words(Said said, String plain) {
        static final Words NONE = new Words(Said.NOTHING, "");

        static Words of(Said said) {
            return new Words(
                    said,
                    Stream.concat(
                                    Stream.of(
                                            said.details().externalId(),
                                            said.details().note()),
                                    said.details().fields().values().stream())
                            .map(Label::plain)
                            .collect(Collectors.joining("\n")));
        }
    }

    /** Something that was opened. @param mark what it is known by: another one when it is another */
    private record Opened<T>(Object mark, T value) {}

    /** @param line see {@link #LABELS} */
    private record Labels(String line, Map<Long, Opened<Entry>> known, List<Entry> sorted) {}

    /** @param line see {@link #DETAILS} */
    private record Details(String line, Map<Long, Opened<Words>> known, Map<Long, Words> words) {}

    /** Everybody, in the order of the code points of their labels. */
    Future<List<Entry>> everybody(Tables tables) {
        Labels before = labels;
        return line(tables, LABELS)
                .compose(line -> line.equals(before.line)
                        ? Future.succeededFuture(before)
                        : opened(
                                        tables,
                                        before.known,
                                        "SELECT id, label_key FROM enrolled_person",
                                        row -> row.getString(1),
                                        "SELECT id, " + PeopleTables.LABEL + " FROM person WHERE id IN",
                                        Roll::entry)
                                .map(known -> new Labels(line, known, sorted(known))))
                .map(now -> {
                    labels = now;
                    return now.sorted;
                });
    }

    private static Entry entry(Row row) {
        Label label = PeopleTables.label(row, 1);
        return new Entry(row.getLong(0), label, Label.plain(label.text()));
    }

    private static List<Entry> sorted(Map<Long, Opened<Entry>> known) {
        return known.values().stream()
                .map(Opened::value)
                .sorted(Comparator.comparing(entry -> entry.label().text(), Roll::byCodePoints))
                .toList();
    }

    /** What is said of those of whom something is, by their ids. */
    Future<Map<Long, Words>> details(Tables tables) {
        Details before = details;
        return line(tables, DETAILS)
                .compose(line -> line.equals(before.line)
                        ? Future.succeededFuture(before)
                        : opened(
                                        tables,
                                        before.known,
                                        "SELECT person_id, external_id, words, inactive_since FROM detail",
                                        row -> Arrays.asList(bytes(row, 1), bytes(row, 2), row.getLong(3)),
                                        "SELECT person_id, " + DetailTables.COLUMNS + " FROM detail WHERE person_id IN",
                                        row -> Words.of(DetailTables.read(row, 1)))
                                .map(known -> {
                                    Map<Long, Words> words = new HashMap<>();
                                    known.forEach((id, one) -> words.put(id, one.value()));
                                    return new Details(line, known, words);
                                }))
                .map(now -> {
                    details = now;
                    return now.words;
                });
    }

    private static Future<String> line(Tables tables, String select) {
        return tables.rows(select, Tuple.tuple())
                .map(rows -> Objects.requireNonNullElse(rows.get(0).getString(0), ""));
    }

    private static Object bytes(Row row, int column) {
        Object value = row.getValue(column);
        return value instanceof byte[] array ? Buffer.buffer(array) : value;
    }

    /** Those that are there now, of which only what is not known yet is opened. */
    private static <T> Future<Map<Long, Opened<T>>> opened(
            Tables tables,
            Map<Long, Opened<T>> before,
            String all,
            Function<Row, Object> mark,
            String select,
            Function<Row, T> read) {
        return tables.rows(all, Tuple.tuple()).compose(now -> {
            Map<Long, Object> marks = new HashMap<>();
            JsonArray missing = new JsonArray();
            now.forEach(row -> {
                long id = row.getLong(0);
                marks.put(id, mark.apply(row));
                if (!before.containsKey(id) || !before.get(id).mark.equals(marks.get(id))) {
                    missing.add(id);
                }
            });
            return tables.rows(select + " (SELECT value FROM json_each(?))", Tuple.of(missing.encode()))
                    .map(rows -> {
                        Map<Long, Opened<T>> known = new HashMap<>(before);
                        known.keySet().retainAll(marks.keySet());
                        rows.forEach(row ->
                                known.put(row.getLong(0), new Opened<>(marks.get(row.getLong(0)), read.apply(row))));
                        return known;
                    });
        });
    }

    /** The people whose labels come after this one. @param sorted as {@link #everybody} gives them */
    static List<Entry> after(List<Entry> sorted, String label) {
        int from = 0;
        int to = sorted.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (byCodePoints(sorted.get(middle).label().text(), label) > 0) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return sorted.subList(from, sorted.size());
    }

    /** The order of the database: surrogates stand for characters beyond all others. */
    static int byCodePoints(String one, String other) {
        int length = Math.min(one.length(), other.length());
        for (int i = 0; i < length; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                return Character.isSurrogate(a) == Character.isSurrogate(b)
                        ? Character.compare(a, b)
                        : Character.isSurrogate(a) ? 1 : -1;
            }
        }
        return Integer.compare(one.length(), other.length());
    }

    /** The rest of a list, without what is sealed, is read for those alone who are shown. */
    static List<Long> ids(List<Entry> entries) {
        List<Long> ids = new ArrayList<>(entries.size());
        entries.forEach(entry -> ids.add(entry.id()));
        return ids;
    }
}

package dev.lintel.store.people;

import dev.lintel.access.AccessRights;
import dev.lintel.access.DoorMode;
import dev.lintel.access.GalleryDump;
import dev.lintel.access.ModeSetting;
import dev.lintel.access.Pin;
import dev.lintel.face.Outcome;
import dev.lintel.messages.AccessMessages.CheckPin;
import dev.lintel.messages.AccessMessages.ClearPin;
import dev.lintel.messages.AccessMessages.DoorModes;
import dev.lintel.messages.AccessMessages.GetAccess;
import dev.lintel.messages.AccessMessages.LoadDoorModes;
import dev.lintel.messages.AccessMessages.SaveDoorMode;
import dev.lintel.messages.AccessMessages.SetAccess;
import dev.lintel.store.people.PeopleTables.PersonRow;
import dev.lintel.store.secrets.HashKey;
import dev.lintel.store.secrets.SlowHash;
import dev.lintel.store.sqlite.Tables;
import dev.lintel.store.sqlite.Transactions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Who may pass when, PINs as hashes that never leave the store, and the modes of doors. Thread-safe. */
public final class AccessStore {
    private static final String SEALED_HASH = "sealed(?, 'access.pin_hash', person_id)";

    private final Vertx vertx;
    private final Transactions transactions;
    private final HashKey key;

    /** @param key goes into the hashes of PINs */
    public AccessStore(Vertx vertx, Transactions transactions, HashKey key) {
        this.vertx = vertx;
        this.transactions = transactions;
        this.key = key;
    }

    public Future<Outcome<AccessRights>> get(GetAccess question) {
        return transactions.look(
                question.deadline(),
                tables -> People.known(
                        tables,
                        question.person(),
                        person -> question.toPass()
                                ? new DetailTables(tables)
                                        .inactive(person.id())
                                        .compose(inactive -> inactive
                                                ? Future.succeededFuture(People.inactive())
                                                : rights(tables, person))
                                : rights(tables, person)));
    }

    public Future<Outcome<AccessRights>> set(SetAccess question) {
        AccessRights rights = question.rights();
        return hash(question)
                .compose(pin -> transactions.write(
                        question,
                        change -> People.known(change.tables(), question.person(), person -> {
                            if (pin.isPresent()) {
                                change.erases();
                            }
                            return change.tables()
                                    .rows(
                                            "INSERT INTO access (person_id, group_names, valid_from, valid_until) VALUES (?, ?, ?, ?) ON CONFLICT (person_id)"
                                                    + " DO UPDATE SET group_names = excluded.group_names, valid_from = excluded.valid_from, valid_until = excluded.valid_until",
                                            Tuple.of(
                                                    person.id(),
                                                    String.join(" ", rights.groups()),
                                                    millis(rights.from()),
                                                    millis(rights.until())))
                                    .compose(stored -> pin.isEmpty()
                                            ? Future.succeededFuture()
                                            : change.tables()
                                                    .rows(
                                                            "UPDATE access SET pin_salt = ?, pin_rounds = ?, pin_hash = "
                                                                    + SEALED_HASH + ", pin_key = ? WHERE person_id = ?",
                                                            Tuple.of(
                                                                    pin.get().salt(),
                                                                    pin.get().rounds(),
                                                                    pin.get().hash(),
                                                                    key.fingerprint(),
                                                                    person.id())))
                                    .compose(stored -> rights(change.tables(), person));
                        })));
    }

    public Future<Outcome<AccessRights>> clearPin(ClearPin question) {
        return transactions.write(
                question,
                change -> People.known(change.tables(), question.person(), person -> {
                    change.erases();
                    return change.tables()
                            .rows(
                                    "UPDATE access SET pin_salt = NULL, pin_rounds = NULL, pin_hash = NULL, pin_key = NULL WHERE person_id = ?",
                                    Tuple.of(person.id()))
                            .compose(cleared -> rights(change.tables(), person));
                }));
    }

    /** False too for somebody unknown or without a PIN; that takes as long. */
    public Future<Outcome<Boolean>> check(CheckPin question) {
        return transactions
                .look(
                        question.deadline(),
                        tables -> tables.rows(
                                        "SELECT pin_salt, pin_rounds, opened(pin_hash, 'access.pin_hash', person_id), pin_key"
                                                + " FROM access JOIN person ON person.id = person_id WHERE label_key = "
                                                + PeopleTables.KEY + " AND pin_hash IS NOT NULL AND "
                                                + DetailTables.ACTIVE,
                                        Tuple.of(question.person().text()))
                                .map(rows ->
                                        Outcome.done(rows.stream().findFirst().map(AccessStore::pin))))
                .compose(stored -> stored.fold(
                        pin -> vertx.executeBlocking(() -> fits(pin, question.pin()), false)
                                .compose(fits -> fits && pin.get().key() == null
                                        ? withKey(question)
                                        : Future.succeededFuture(Outcome.done(fits))),
                        refusal -> Future.succeededFuture(Outcome.<Boolean>refused(refusal))));
    }

    /** @param key fingerprint of the key that went into it, or null for none */
    private record StoredPin(SlowHash hash, String key) {}

    private boolean fits(Optional<StoredPin> stored, Pin pin) {
        SlowHash hash = stored.map(StoredPin::hash).orElse(SlowHash.NOBODYS);
        boolean keyed = stored.map(StoredPin::key).isPresent();
        return hash.matches(keyed ? key.into(pin.digits()) : pin.digits()) && stored.isPresent();
    }

    /** A PIN of an older version that was right is hashed anew, with the key. */
    private Future<Outcome<Boolean>> withKey(CheckPin question) {
        return vertx.executeBlocking(() -> SlowHash.of(key.into(question.pin().digits())), false)
                .compose(hash -> transactions.write(question.deadline(), change -> {
                    change.erasesInPassing();
                    return change.tables()
                            .rows(
                                    "UPDATE access SET pin_salt = ?, pin_rounds = ?, pin_hash = " + SEALED_HASH
                                            + ", pin_key = ? WHERE pin_key IS NULL AND person_id = (SELECT id FROM person WHERE label_key = "
                                            + PeopleTables.KEY + ")",
                                    Tuple.of(
                                            hash.salt(),
                                            hash.rounds(),
                                            hash.hash(),
                                            key.fingerprint(),
                                            question.person().text()))
                            .map(done -> Outcome.done(true));
                }))
                .transform(tried -> Future.succeededFuture(Outcome.done(true)));
    }

    public Future<Outcome<Boolean>> saveMode(SaveDoorMode question) {
        ModeSetting setting = question.mode();
        return transactions.write(
                question,
                change -> change.tables()
                        .rows(
                                "INSERT INTO door_mode (door, mode, holds_until) VALUES (?, ?, ?) ON CONFLICT (door)"
                                        + " DO UPDATE SET mode = excluded.mode, holds_until = excluded.holds_until",
                                Tuple.of(question.door(), setting.mode().name(), millis(setting.until())))
                        .map(Outcome.done(true)));
    }

    public Future<Outcome<DoorModes>> loadModes(LoadDoorModes question) {
        return transactions.read(
                question.deadline(),
                tables -> tables.rows("SELECT door, mode, holds_until FROM door_mode", Tuple.tuple())
                        .map(rows -> {
                            Map<String, ModeSetting> modes = new HashMap<>();
                            rows.forEach(row -> modes.put(
                                    row.getString(0),
                                    new ModeSetting(DoorMode.valueOf(row.getString(1)), time(row, 2))));
                            return Outcome.done(new DoorModes(modes));
                        }));
    }

    /** Of two people who become one, those of the label that stays count; it takes over the other's if it has none. */
    public static Future<?> merge(Tables tables, long from, long to) {
        return tables.rows(
                "UPDATE OR IGNORE access SET person_id = ?1, pin_hash = sealed(opened(pin_hash, 'access.pin_hash', person_id),"
                        + " 'access.pin_hash', ?1) WHERE person_id = ?2",
                Tuple.of(to, from));
    }

    /** Whether rights or a PIN were given to one of these people, by their numbers. */
    public static Future<Boolean> given(Tables tables, long... people) {
        return tables.rows(
                        "SELECT count(*) FROM access WHERE person_id IN ("
                                + Arrays.stream(people).mapToObj(Long::toString).collect(Collectors.joining(", "))
                                + ")",
                        Tuple.tuple())
                .map(rows -> rows.get(0).getInteger(0) > 0);
    }

    /** For a backup: without PINs. */
    public static Future<List<GalleryDump.Rights>> dump(Tables tables) {
        return tables.rows(
                        "SELECT group_names, valid_from, valid_until, 0, " + PeopleTables.TRIED_LABEL
                                + " FROM access JOIN enrolled_person AS person ON person.id = person_id",
                        Tuple.tuple())
                .map(rows -> rows.stream()
                        .filter(row -> !Tables.broken(row.getString(4)))
                        .map(row -> new GalleryDump.Rights(PeopleTables.label(row, 4), rights(row)))
                        .sorted(Comparator.comparing(GalleryDump.Rights::label))
                        .toList());
    }

    /** Rights from a backup, of people who are enrolled and have none. */
    public static Future<?> load(Tables tables, List<GalleryDump.Rights> all) {
        return tables.batch(
                "INSERT OR IGNORE INTO access (person_id, group_names, valid_from, valid_until)"
                        + " SELECT id, ?, ?, ? FROM person WHERE label_key = " + PeopleTables.KEY,
                all.stream()
                        .map(person -> Tuple.of(
                                String.join(" ", person.rights().groups()),
                                millis(person.rights().from()),
                                millis(person.rights().until()),
                                person.label().text()))
                        .toList());
    }

    /** Rights from a backup, of people by their numbers, who may have got some meanwhile. */
    public static Future<?> loadFresh(Tables tables, Map<Long, AccessRights> all) {
        return tables.batch(
                "INSERT OR IGNORE INTO access (person_id, group_names, valid_from, valid_until) VALUES (?, ?, ?, ?)",
                all.entrySet().stream()
                        .map(one -> Tuple.of(
                                one.getKey(),
                                String.join(" ", one.getValue().groups()),
                                millis(one.getValue().from()),
                                millis(one.getValue().until())))
                        .toList());
    }

    private Future<Optional<SlowHash>> hash(SetAccess question) {
        return question.pin() == null
                ? Future.succeededFuture(Optional.empty())
                : vertx.executeBlocking(
                        () -> Optional.of(SlowHash.of(key.into(question.pin().digits()))), false);
    }

    public static Future<Outcome<AccessRights>> rights(Tables tables, PersonRow person) {
        return tables.rows(
                        "SELECT group_names, valid_from, valid_until, pin_hash IS NOT NULL FROM access WHERE person_id = ?",
                        Tuple.of(person.id()))
                .map(rows -> Outcome.done(
                        rows.stream().findFirst().map(AccessStore::rights).orElse(AccessRights.NONE_SET)));
    }

    private static AccessRights rights(Row row) {
        return new AccessRights(groups(row.getString(0)), time(row, 1), time(row, 2), row.getInteger(3) != 0);
    }

    /** As the column has them: with blanks between. */
    public static List<String> groups(String names) {
        return names.isEmpty() ? List.of() : List.of(names.split(" "));
    }

    private static StoredPin pin(Row row) {
        return new StoredPin(
                new SlowHash(bytes(row.getBuffer(0)), row.getInteger(1), bytes(row.getBuffer(2))), row.getString(3));
    }

    private static byte[] bytes(Buffer buffer) {
        return buffer.getBytes();
    }

    private static Long millis(Instant time) {
        return time == null ? null : time.toEpochMilli();
    }

    private static Instant time(Row row, int column) {
        Long millis = row.getLong(column);
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}

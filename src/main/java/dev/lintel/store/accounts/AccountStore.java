package dev.lintel.store.accounts;

import dev.lintel.accounts.Account;
import dev.lintel.accounts.Key;
import dev.lintel.accounts.Password;
import dev.lintel.accounts.Role;
import dev.lintel.accounts.Session;
import dev.lintel.accounts.Tally;
import dev.lintel.bus.Bus;
import dev.lintel.bus.Command;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.messages.AccountMessages;
import dev.lintel.messages.AccountMessages.AddAccount;
import dev.lintel.messages.AccountMessages.AddKey;
import dev.lintel.messages.AccountMessages.AddSession;
import dev.lintel.messages.AccountMessages.ChangeAccount;
import dev.lintel.messages.AccountMessages.CheckPassword;
import dev.lintel.messages.AccountMessages.Credentials;
import dev.lintel.messages.AccountMessages.EndSession;
import dev.lintel.messages.AccountMessages.LoadCredentials;
import dev.lintel.messages.AccountMessages.LoadGuesses;
import dev.lintel.messages.AccountMessages.NoteUses;
import dev.lintel.messages.AccountMessages.RemoveAccount;
import dev.lintel.messages.AccountMessages.RemoveKey;
import dev.lintel.messages.AccountMessages.SaveGuesses;
import dev.lintel.messages.AccountMessages.Tallies;
import dev.lintel.store.secrets.SlowHash;
import dev.lintel.store.sqlite.Tables;
import dev.lintel.store.sqlite.Transactions;
import dev.lintel.store.sqlite.Transactions.Change;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Accounts, keys and sessions on disk. Passwords are hashed here, and their hashes never leave. Thread-safe. */
public final class AccountStore {
    private static final String ACCOUNTS =
            "SELECT opened_text(name, 'account.name', name_key), roles, created_at, expires_at, last_used FROM account";
    private static final String KEYS =
            "SELECT opened_text(name, 'api_key.name', name_key), role, digest, created_at, expires_at, last_used FROM api_key";

    private static final String ACCOUNT = "keyed('account', lower(?))";
    private static final String KEY = "keyed('key', lower(?))";

    private final Vertx vertx;
    private final Transactions transactions;
    private final InstantSource clock;

    public AccountStore(Vertx vertx, Transactions transactions, InstantSource clock) {
        this.vertx = vertx;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Answers the questions about accounts, on the caller's context. */
    public Future<?> serve(Bus bus) {
        return Future.all(List.of(
                bus.serve(AccountMessages.LOAD, this::load),
                bus.serve(AccountMessages.ADD_ACCOUNT, this::add),
                bus.serve(AccountMessages.CHANGE_ACCOUNT, this::change),
                bus.serve(AccountMessages.REMOVE_ACCOUNT, this::remove),
                bus.serve(AccountMessages.CHECK_PASSWORD, this::check),
                bus.serve(AccountMessages.ADD_KEY, this::add),
                bus.serve(AccountMessages.REMOVE_KEY, this::remove),
                bus.serve(AccountMessages.ADD_SESSION, this::add),
                bus.serve(AccountMessages.END_SESSION, this::end),
                bus.serve(AccountMessages.LOAD_GUESSES, this::guesses),
                bus.serve(AccountMessages.SAVE_GUESSES, this::save),
                bus.serve(AccountMessages.NOTE_USES, this::note)));
    }

    public Future<Outcome<Credentials>> load(LoadCredentials question) {
        return transactions.look(
                question.deadline(),
                tables -> accounts(tables)
                        .compose(accounts -> keys(tables)
                                .compose(keys -> tables.rows(
                                                "SELECT digest, opened_text(name, 'account.name', name_key), session.created_at, session.last_used"
                                                        + " FROM session JOIN account ON name_key = account",
                                                Tuple.tuple())
                                        .map(rows -> Outcome.done(new Credentials(
                                                accounts,
                                                keys,
                                                rows.stream()
                                                        .map(AccountStore::session)
                                                        .toList()))))));
    }

    public Future<Outcome<Account>> add(AddAccount question) {
        return hashed(question.password())
                .compose(hash -> changed(
                        question,
                        question.otherAdmin(),
                        change -> change.tables()
                                .rows(
                                        "INSERT OR IGNORE INTO account (name_key, name, roles, salt, rounds, hash, created_at, expires_at)"
                                                + " VALUES (keyed('account', lower(?1)), sealed(?1, 'account.name', keyed('account', lower(?1))),"
                                                + " ?2, ?3, ?4, sealed(?5, 'account.hash', keyed('account', lower(?1))), ?6, ?7) RETURNING roles",
                                        Tuple.of(
                                                question.name(),
                                                text(question.roles()),
                                                hash.salt(),
                                                hash.rounds(),
                                                hash.hash(),
                                                clock.instant().toEpochMilli(),
                                                Tables.millis(question.expiresAt())))
                                .compose(rows -> rows.isEmpty()
                                        ? Future.succeededFuture(taken("account", question.name()))
                                        : account(change.tables(), question.name()))));
    }

    public Future<Outcome<Account>> change(ChangeAccount question) {
        return (question.password() == null ? Future.<SlowHash>succeededFuture() : hashed(question.password()))
                .compose(hash -> changed(
                        question,
                        question.otherAdmin(),
                        change -> account(change.tables(), question.name())
                                .compose(known -> known instanceof Outcome.Refused
                                        ? Future.succeededFuture(known)
                                        : change(change, question, hash))));
    }

    private static Future<Outcome<Account>> change(Change change, ChangeAccount question, SlowHash hash) {
        Tables tables = change.tables();
        return tables.rows(
                        "UPDATE account SET roles = ?, expires_at = ? WHERE name_key = " + ACCOUNT,
                        Tuple.of(text(question.roles()), Tables.millis(question.expiresAt()), question.name()))
                .compose(done -> hash == null ? Future.succeededFuture() : replace(change, question.name(), hash))
                .compose(done -> account(tables, question.name()));
    }

    /** Whoever knew the former password is no longer let in. */
    private static Future<?> replace(Change change, String name, SlowHash hash) {
        change.erases();
        return change.tables()
                .rows(
                        "UPDATE account SET salt = ?, rounds = ?, hash = sealed(?, 'account.hash', name_key) WHERE name_key = "
                                + ACCOUNT,
                        Tuple.of(hash.salt(), hash.rounds(), hash.hash(), name))
                .compose(
                        done -> change.tables().rows("DELETE FROM session WHERE account = " + ACCOUNT, Tuple.of(name)));
    }

    public Future<Outcome<Account>> remove(RemoveAccount question) {
        return changed(
                question,
                question.otherAdmin(),
                change -> account(change.tables(), question.name()).compose(known -> {
                    change.erases();
                    return change.tables()
                            .rows("DELETE FROM account WHERE name_key = " + ACCOUNT, Tuple.of(question.name()))
                            .map(known);
                }));
    }

    /** False too for an unknown account; that takes as long. */
    public Future<Outcome<Boolean>> check(CheckPassword question) {
        return transactions
                .look(
                        question.deadline(),
                        tables -> tables.rows(
                                        "SELECT salt, rounds, opened(hash, 'account.hash', name_key) FROM account WHERE name_key = "
                                                + ACCOUNT,
                                        Tuple.of(question.name()))
                                .map(rows ->
                                        Outcome.done(rows.stream().findFirst().map(AccountStore::hash))))
                .compose(stored -> stored.fold(
                        hash -> vertx.executeBlocking(
                                () -> Outcome.done(hash.orElse(SlowHash.NOBODYS)
                                                .matches(question.password().characters())
                                        && hash.isPresent()),
                                false),
                        refusal -> Future.succeededFuture(Outcome.<Boolean>refused(refusal))));
    }

    public Future<Outcome<Key>> add(AddKey question) {
        return changed(
                question,
                question.otherAdmin(),
                change -> change.tables()
                        .rows(
                                "INSERT OR IGNORE INTO api_key (name_key, name, role, digest, created_at, expires_at) VALUES"
                                        + " (keyed('key', lower(?1)), sealed(?1, 'api_key.name', keyed('key', lower(?1))), ?2, ?3, ?4, ?5)"
                                        + " RETURNING role",
                                Tuple.of(
                                        question.name(),
                                        question.role().name(),
                                        question.digest(),
                                        clock.instant().toEpochMilli(),
                                        Tables.millis(question.expiresAt())))
                        .compose(rows -> rows.isEmpty()
                                ? Future.succeededFuture(taken("key", question.name()))
                                : key(change.tables(), question.name())));
    }

    public Future<Outcome<Key>> remove(RemoveKey question) {
        return changed(
                question,
                question.otherAdmin(),
                change -> key(change.tables(), question.name()).compose(known -> {
                    change.erases();
                    return change.tables()
                            .rows("DELETE FROM api_key WHERE name_key = " + KEY, Tuple.of(question.name()))
                            .map(known);
                }));
    }

    public Future<Outcome<Session>> add(AddSession question) {
        return transactions.write(
                question,
                change -> account(change.tables(), question.account()).compose(known -> {
                    Instant now = Instant.ofEpochMilli(clock.millis());
                    return known.fold(
                            account -> change.tables()
                                    .rows(
                                            "INSERT INTO session (digest, account, created_at, last_used) VALUES (?, "
                                                    + ACCOUNT + ", ?, ?)",
                                            Tuple.of(
                                                    question.digest(),
                                                    account.name(),
                                                    now.toEpochMilli(),
                                                    now.toEpochMilli()))
                                    .compose(added -> change.tables()
                                            .rows(
                                                    "UPDATE account SET last_used = ? WHERE name_key = " + ACCOUNT,
                                                    Tuple.of(now.toEpochMilli(), account.name())))
                                    .map(added ->
                                            Outcome.done(new Session(question.digest(), account.name(), now, now))),
                            refusal -> Future.succeededFuture(Outcome.<Session>refused(refusal)));
                }));
    }

    public Future<Outcome<Boolean>> end(EndSession question) {
        return transactions.write(
                question,
                change -> change.tables()
                        .rows("DELETE FROM session WHERE digest = ? RETURNING account", Tuple.of(question.digest()))
                        .map(rows -> Outcome.done(!rows.isEmpty())));
    }

    public Future<Outcome<Boolean>> note(NoteUses question) {
        return transactions.write(
                question,
                change -> change.tables()
                        .batch(
                                "UPDATE account SET last_used = ? WHERE name_key = " + ACCOUNT,
                                uses(question.accounts()))
                        .compose(noted -> change.tables()
                                .batch(
                                        "UPDATE api_key SET last_used = ? WHERE name_key = " + KEY,
                                        uses(question.keys())))
                        .compose(noted -> change.tables()
                                .batch("UPDATE session SET last_used = ? WHERE digest = ?", uses(question.sessions())))
                        .map(noted -> Outcome.done(true)));
    }

    public Future<Outcome<Tallies>> guesses(LoadGuesses question) {
        return transactions.look(
                question.deadline(),
                tables -> tables.rows(
                                "SELECT opened_text(subject, 'guess.subject', subject_key), wrong, lock_outs, today, day_began, last, locked_until FROM guess WHERE scope = ?",
                                Tuple.of(question.scope()))
                        .map(rows -> Outcome.done(new Tallies(
                                rows.stream().map(AccountStore::tally).toList()))));
    }

    public Future<Outcome<Boolean>> save(SaveGuesses question) {
        return transactions.write(
                question,
                change -> change.tables()
                        .rows("DELETE FROM guess WHERE scope = ?", Tuple.of(question.scope()))
                        .compose(gone -> change.tables()
                                .batch(
                                        "INSERT INTO guess (scope, subject_key, subject, wrong, lock_outs, today, day_began, last, locked_until)"
                                                + " VALUES (?1, keyed('guess', ?2), sealed(?2, 'guess.subject', keyed('guess', ?2)), ?3, ?4, ?5, ?6, ?7, ?8)",
                                        question.tallies().stream()
                                                .map(tally -> Tuple.of(
                                                        question.scope(),
                                                        tally.subject(),
                                                        tally.wrong(),
                                                        tally.lockOuts(),
                                                        tally.today(),
                                                        Tables.millis(tally.dayBegan()),
                                                        Tables.millis(tally.last()),
                                                        Tables.millis(tally.lockedUntil())))
                                                .toList()))
                        .map(saved -> Outcome.done(true)));
    }

    private static Tally tally(Row row) {
        return new Tally(
                row.getString(0),
                row.getInteger(1),
                row.getInteger(2),
                row.getInteger(3),
                Tables.time(row, 4),
                Tables.time(row, 5),
                Tables.time(row, 6));
    }

    private static List<Tuple> uses(Map<String, Instant> uses) {
        return uses.entrySet().stream()
                .map(use -> Tuple.of(Tables.millis(use.getValue()), use.getKey()))
                .toList();
    }

    /** Undone if it would leave nobody who may make accounts and keys. */
    private <T> Future<Outcome<T>> changed(
            Command command, boolean otherAdmin, Function<Change, Future<Outcome<T>>> work) {
        return transactions.write(
                command,
                change -> work.apply(change)
                        .compose(outcome -> outcome instanceof Outcome.Refused || otherAdmin
                                ? Future.succeededFuture(outcome)
                                : administrated(change.tables())
                                        .map(someone -> someone ? outcome : AccountStore.<T>nobodyLeft())));
    }

    private Future<Boolean> administrated(Tables tables) {
        Instant now = clock.instant();
        return accounts(tables)
                .compose(accounts -> keys(tables)
                        .map(keys -> accounts.stream()
                                        .anyMatch(account -> account.roles().contains(Role.ADMIN) && account.valid(now))
                                || keys.stream().anyMatch(key -> key.role() == Role.ADMIN && key.valid(now))));
    }

    private static <T> Outcome<T> nobodyLeft() {
        return Outcome.refused(
                Refusal.Code.LAST_ADMINISTRATOR,
                "nobody would be an administrator then: make another account or key with the role admin first");
    }

    private Future<SlowHash> hashed(Password password) {
        return vertx.executeBlocking(() -> SlowHash.of(password.characters()), false);
    }

    private static <T> Outcome<T> taken(String what, String name) {
        return Outcome.refused(
                Refusal.Code.NAME_TAKEN,
                "there is a" + (what.startsWith("a") ? "n " : " ") + what + " called " + name
                        + " already: choose another name");
    }

    private static Future<Outcome<Account>> account(Tables tables, String name) {
        return tables.rows(ACCOUNTS + " WHERE name_key = " + ACCOUNT, Tuple.of(name))
                .map(rows -> rows.isEmpty()
                        ? Outcome.refused(Refusal.Code.UNKNOWN_ACCOUNT, "there is no account of this name")
                        : Outcome.done(account(rows.get(0))));
    }

    private static Future<Outcome<Key>> key(Tables tables, String name) {
        return tables.rows(KEYS + " WHERE name_key = " + KEY, Tuple.of(name))
                .map(rows -> rows.isEmpty()
                        ? Outcome.refused(
                                Refusal.Code.UNKNOWN_KEY,
                                "no key of this name was made: those of the configuration are removed there")
                        : Outcome.done(key(rows.get(0))));
    }

    private static Future<List<Account>> accounts(Tables tables) {
        return tables.rows(ACCOUNTS, Tuple.tuple())
                .map(rows -> rows.stream()
                        .map(AccountStore::account)
                        .sorted(Comparator.comparing(Account::name, String.CASE_INSENSITIVE_ORDER))
                        .toList());
    }

    private static Future<List<Key>> keys(Tables tables) {
        return tables.rows(KEYS, Tuple.tuple())
                .map(rows -> rows.stream()
                        .map(AccountStore::key)
                        .sorted(Comparator.comparing(Key::name, String.CASE_INSENSITIVE_ORDER))
                        .toList());
    }

    private static Account account(Row row) {
        return new Account(
                row.getString(0),
                Arrays.stream(row.getString(1).split(" ")).map(Role::valueOf).toList(),
                Tables.time(row, 2),
                maybe(row, 3),
                maybe(row, 4));
    }

    private static Key key(Row row) {
        return new Key(
                row.getString(0),
                Role.valueOf(row.getString(1)),
                row.getString(2),
                Tables.time(row, 3),
                maybe(row, 4),
                maybe(row, 5));
    }

    private static Session session(Row row) {
        return new Session(row.getString(0), row.getString(1), Tables.time(row, 2), Tables.time(row, 3));
    }

    private static SlowHash hash(Row row) {
        return new SlowHash(
                row.getBuffer(0).getBytes(), row.getInteger(1), row.getBuffer(2).getBytes());
    }

    private static Instant maybe(Row row, int column) {
        return row.getLong(column) == null ? null : Tables.time(row, column);
    }

    private static String text(List<Role> roles) {
        return roles.stream().map(Role::name).collect(Collectors.joining(" "));
    }
}

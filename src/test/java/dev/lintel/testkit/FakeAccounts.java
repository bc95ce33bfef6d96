package dev.lintel.testkit;

import dev.lintel.accounts.Account;
import dev.lintel.accounts.Key;
import dev.lintel.accounts.Password;
import dev.lintel.accounts.Role;
import dev.lintel.accounts.Session;
import dev.lintel.accounts.Tally;
import dev.lintel.bus.Bus;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.messages.AccountMessages;
import dev.lintel.messages.AccountMessages.AddAccount;
import dev.lintel.messages.AccountMessages.AddKey;
import dev.lintel.messages.AccountMessages.ChangeAccount;
import dev.lintel.messages.AccountMessages.Credentials;
import dev.lintel.messages.AccountMessages.NoteUses;
import dev.lintel.messages.AccountMessages.Tallies;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The accounts, keys and sessions of a store, in memory; passes the store's contract. */
final class FakeAccounts {
    private final Map<String, Account> accounts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, Password> passwords = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, Key> keys = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, Session> sessions = new HashMap<>();
    private final Map<String, List<Tally>> guesses = new HashMap<>();

    Future<?> serve(Bus bus) {
        return Future.all(List.of(
                bus.serve(AccountMessages.LOAD, ask -> now(() -> Outcome.done(credentials()))),
                bus.serve(AccountMessages.ADD_ACCOUNT, ask -> now(() -> add(ask))),
                bus.serve(AccountMessages.CHANGE_ACCOUNT, ask -> now(() -> change(ask))),
                bus.serve(
                        AccountMessages.REMOVE_ACCOUNT,
                        ask -> now(() -> remove(accounts, ask.name(), ask.otherAdmin(), Refusal.Code.UNKNOWN_ACCOUNT))),
                bus.serve(
                        AccountMessages.CHECK_PASSWORD,
                        ask -> now(() -> Outcome.done(ask.password().equals(passwords.get(ask.name()))))),
                bus.serve(AccountMessages.ADD_KEY, ask -> now(() -> add(ask))),
                bus.serve(
                        AccountMessages.REMOVE_KEY,
                        ask -> now(() -> remove(keys, ask.name(), ask.otherAdmin(), Refusal.Code.UNKNOWN_KEY))),
                bus.serve(
                        AccountMessages.ADD_SESSION,
                        ask -> now(() -> {
                            if (!accounts.containsKey(ask.account())) {
                                return Outcome.refused(
                                        Refusal.Code.UNKNOWN_ACCOUNT, "there is no account of this name");
                            }
                            Session session = new Session(ask.digest(), ask.account(), Instant.now(), Instant.now());
                            sessions.put(ask.digest(), session);
                            return Outcome.done(session);
                        })),
                bus.serve(
                        AccountMessages.END_SESSION,
                        ask -> now(() -> Outcome.done(sessions.remove(ask.digest()) != null))),
                bus.serve(
                        AccountMessages.LOAD_GUESSES,
                        ask -> now(() -> Outcome.done(new Tallies(guesses.getOrDefault(ask.scope(), List.of()))))),
                bus.serve(
                        AccountMessages.SAVE_GUESSES,
                        ask -> now(() -> {
                            guesses.put(ask.scope(), ask.tallies());
                            return Outcome.done(true);
                        })),
                bus.serve(AccountMessages.NOTE_USES, ask -> now(() -> note(ask)))));
    }

    synchronized void clear() {
        accounts.clear();
        passwords.clear();
        keys.clear();
        sessions.clear();
        guesses.clear();
    }

    private synchronized <T> Future<Outcome<T>> now(Supplier<Outcome<T>> answer) {
        return Future.succeededFuture(answer.get());
    }

    private Credentials credentials() {
        sessions.values().removeIf(session -> !accounts.containsKey(session.account()));
        return new Credentials(
                List.copyOf(accounts.values()), List.copyOf(keys.values()), List.copyOf(sessions.values()));
    }

    private Outcome<Account> add(AddAccount ask) {
        if (accounts.containsKey(ask.name())) {
            return Outcome.refused(Refusal.Code.NAME_TAKEN, "taken");
        }
        Account account = new Account(ask.name(), ask.roles(), Instant.now(), ask.expiresAt(), null);
        accounts.put(ask.name(), account);
        return kept(
                ask.otherAdmin(),
                () -> accounts.remove(ask.name()),
                account,
                () -> passwords.put(ask.name(), ask.password()));
    }

    private Outcome<Account> change(ChangeAccount ask) {
        Account before = accounts.get(ask.name());
        if (before == null) {
            return Outcome.refused(Refusal.Code.UNKNOWN_ACCOUNT, "unknown");
        }
        Account after = new Account(before.name(), ask.roles(), before.createdAt(), ask.expiresAt(), before.lastUsed());
        accounts.put(ask.name(), after);
        return kept(ask.otherAdmin(), () -> accounts.put(ask.name(), before), after, () -> {
            if (ask.password() != null) {
                passwords.put(ask.name(), ask.password());
                sessions.values().removeIf(session -> session.account().equalsIgnoreCase(ask.name()));
            }
        });
    }

    private Outcome<Key> add(AddKey ask) {
        if (keys.containsKey(ask.name())) {
            return Outcome.refused(Refusal.Code.NAME_TAKEN, "taken");
        }
        Key key = new Key(ask.name(), ask.role(), ask.digest(), Instant.now(), ask.expiresAt(), null);
        keys.put(ask.name(), key);
        return kept(ask.otherAdmin(), () -> keys.remove(ask.name()), key, () -> {});
    }

    private <T> Outcome<T> remove(Map<String, T> from, String name, boolean otherAdmin, Refusal.Code unknown) {
        T gone = from.remove(name);
        return gone == null
                ? Outcome.refused(unknown, "unknown")
                : kept(otherAdmin, () -> from.put(name, gone), gone, () -> {});
    }

    private <T> Outcome<T> kept(boolean otherAdmin, Runnable undo, T value, Runnable rest) {
        boolean administrated = otherAdmin
                || accounts.values().stream()
                        .anyMatch(account -> account.roles().contains(Role.ADMIN))
                || keys.values().stream().anyMatch(key -> key.role() == Role.ADMIN);
        if (!administrated) {
            undo.run();
            return Outcome.refused(Refusal.Code.LAST_ADMINISTRATOR, "nobody would be an administrator");
        }
        rest.run();
        return Outcome.done(value);
    }

    private Outcome<Boolean> note(NoteUses ask) {
        ask.accounts()
                .forEach((name, at) -> accounts.computeIfPresent(
                        name,
                        (same, account) -> new Account(
                                account.name(), account.roles(), account.createdAt(), account.expiresAt(), at)));
        ask.keys()
                .forEach((name, at) -> keys.computeIfPresent(
                        name,
                        (same, key) ->
                                new Key(key.name(), key.role(), key.digest(), key.createdAt(), key.expiresAt(), at)));
        ask.sessions()
                .forEach((digest, at) -> sessions.computeIfPresent(
                        digest, (same, session) -> new Session(digest, session.account(), session.createdAt(), at)));
        return Outcome.done(true);
    }
}

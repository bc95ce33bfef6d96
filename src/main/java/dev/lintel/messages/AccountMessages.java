package dev.lintel.messages;

import dev.lintel.accounts.Account;
import dev.lintel.accounts.Key;
import dev.lintel.accounts.Password;
import dev.lintel.accounts.Role;
import dev.lintel.accounts.Session;
import dev.lintel.accounts.Tally;
import dev.lintel.bus.Address;
import dev.lintel.bus.Command;
import dev.lintel.bus.Message;
import dev.lintel.face.Act;
import dev.lintel.face.Deadline;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Who may use the box: answered by the store. Passwords go in, only their hashes are kept, and nothing of them comes out. */
public final class AccountMessages {
    public static final Address<LoadCredentials, Credentials> LOAD = Address.house("store.load-credentials");

    public static final Address<AddAccount, Account> ADD_ACCOUNT = Address.house("store.add-account");

    public static final Address<ChangeAccount, Account> CHANGE_ACCOUNT = Address.house("store.change-account");

    public static final Address<RemoveAccount, Account> REMOVE_ACCOUNT = Address.house("store.remove-account");

    public static final Address<CheckPassword, Boolean> CHECK_PASSWORD = Address.house("store.check-password");

    public static final Address<AddKey, Key> ADD_KEY = Address.house("store.add-key");

    public static final Address<RemoveKey, Key> REMOVE_KEY = Address.house("store.remove-key");

    public static final Address<AddSession, Session> ADD_SESSION = Address.house("store.add-session");

    public static final Address<EndSession, Boolean> END_SESSION = Address.house("store.end-session");

    public static final Address<NoteUses, Boolean> NOTE_USES = Address.house("store.note-uses");

    public static final Address<LoadGuesses, Tallies> LOAD_GUESSES = Address.house("store.load-guesses");

    public static final Address<SaveGuesses, Boolean> SAVE_GUESSES = Address.house("store.save-guesses");

    /** Who may use the box? */
    public record LoadCredentials(Deadline deadline) implements Message {}

    public record Credentials(List<Account> accounts, List<Key> keys, List<Session> sessions) implements Serializable {
        public static final Credentials NONE = new Credentials(List.of(), List.of(), List.of());

        public Credentials {
            accounts = List.copyOf(accounts);
            keys = List.copyOf(keys);
            sessions = List.copyOf(sessions);
        }
    }

    /**
     * Let somebody log in. Refused if the name is taken, or if nobody would be an administrator.
     *
     * @param expiresAt null: never
     * @param otherAdmin whether somebody whom the store does not know is an administrator, such as a key of the configuration
     */
    public record AddAccount(
            String name, Password password, List<Role> roles, Instant expiresAt, boolean otherAdmin, Deadline deadline)
            implements Command {
        @Override
        public Act act() {
            return Act.of("account-made")
                    .with("account", name)
                    .with("roles", texts(roles))
                    .with("expires", expiresAt);
        }

        public AddAccount {
            roles = List.copyOf(roles);
        }
    }

    /**
     * Give an account other roles, another end, another password. Whoever is logged in with it is logged out if the password
     * changes. Refused if unknown, or if nobody would be an administrator.
     *
     * @param password null leaves it as it is
     * @param expiresAt null: never
     * @param otherAdmin as in {@link AddAccount}
     */
    public record ChangeAccount(
            String name, Password password, List<Role> roles, Instant expiresAt, boolean otherAdmin, Deadline deadline)
            implements Command {
        @Override
        public Act act() {
            return Act.of("account-changed")
                    .with("account", name)
                    .with("roles", texts(roles))
                    .with("expires", expiresAt)
                    .with("password", password == null ? null : "set");
        }

        public ChangeAccount {
            roles = List.copyOf(roles);
        }
    }

    /** Refused if unknown, or if nobody would be an administrator. */
    public record RemoveAccount(String name, boolean otherAdmin, Deadline deadline) implements Command {
        @Override
        public Act act() {
            return Act.of("account-removed").with("account", name);
        }
    }

    /** Is this the password of that account? False as well if there is no such account, in the same time. */
    public record CheckPassword(String name, Password password, Deadline deadline) implements Message {}

    /**
     * Let a program in. Refused if the name is taken, or if nobody would be an administrator.
     *
     * @param digest SHA-256 of the secret, hexadecimal
     * @param expiresAt null: never
     * @param otherAdmin as in {@link AddAccount}
     */
    public record AddKey(
            String name, Role role, String digest, Instant expiresAt, boolean otherAdmin, Deadline deadline)
            implements Command {
        @Override
        public Act act() {
            return Act.of("key-made")
                    .with("key", name)
                    .with("role", role.text())
                    .with("expires", expiresAt);
        }
    }

    /** Refused if unknown, or if nobody would be an administrator. */
    public record RemoveKey(String name, boolean otherAdmin, Deadline deadline) implements Command {
        @Override
        public Act act() {
            return Act.of("key-revoked").with("key", name);
        }
    }

    /** Somebody has logged in. Refused if the account is unknown. */
    public record AddSession(String account, String digest, Deadline deadline) implements Command {
        @Override
        public Act act() {
            return Act.of("logged-in").with("account", account);
        }
    }

    /** Somebody has logged out, or stayed away for too long. */
    public record EndSession(String digest, Deadline deadline) implements Command {
        @Override
        public Act act() {
            return Act.of("logged-out");
        }
    }

    /** When they were last used: accounts and keys by their names, sessions by their digests. */
    public record NoteUses(
            Map<String, Instant> accounts, Map<String, Instant> keys, Map<String, Instant> sessions, Deadline deadline)
            implements Command {
        @Override
        public Act act() {
            return Act.NONE;
        }

        public NoteUses {
            accounts = Map.copyOf(accounts);
            keys = Map.copyOf(keys);
            sessions = Map.copyOf(sessions);
        }
    }

    /**
     * What was counted of wrong guesses?
     *
     * @param scope who counts
     */
    public record LoadGuesses(String scope, Deadline deadline) implements Message {}

    public record Tallies(List<Tally> tallies) implements Serializable {
        public Tallies {
            tallies = List.copyOf(tallies);
        }
    }

    /** Keep this over a restart, in place of what this scope kept before. */
    public record SaveGuesses(String scope, List<Tally> tallies, Deadline deadline) implements Command {
        @Override
        public Act act() {
            return Act.NONE;
        }

        public SaveGuesses {
            tallies = List.copyOf(tallies);
        }
    }

    private static String texts(List<Role> roles) {
        return roles.stream().map(Role::text).collect(Collectors.joining(" "));
    }

    private AccountMessages() {}
}

package dev.lintel.store.contract;

import static dev.lintel.store.contract.StoreContract.patient;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.accounts.Account;
import dev.lintel.accounts.Key;
import dev.lintel.accounts.Password;
import dev.lintel.accounts.Role;
import dev.lintel.accounts.Session;
import dev.lintel.accounts.Tally;
import dev.lintel.face.Refusal.Code;
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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Accounts, keys, sessions, and that there is always somebody who may make them. */
public interface AccountsContract extends StoreContract {
    Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

    private AddAccount account(String name, Role... roles) {
        return new AddAccount(name, Password.typed("secret of " + name), List.of(roles), null, false, patient());
    }

    private AddKey key(String name, Role role) {
        return new AddKey(name, role, "digest of " + name, null, false, patient());
    }

    private Credentials known() {
        return done(AccountMessages.LOAD, new LoadCredentials(patient()));
    }

    private boolean fits(String name, String password) {
        return done(AccountMessages.CHECK_PASSWORD, new CheckPassword(name, Password.typed(password), patient()));
    }

    private Session logIn(String account, String digest) {
        return done(AccountMessages.ADD_SESSION, new AddSession(account, digest, patient()));
    }

    @Test
    default void shouldKnowAccountsAndTheirPasswords() {
        done(AccountMessages.ADD_ACCOUNT, account("boss", Role.ADMIN));
        Account anna = done(AccountMessages.ADD_ACCOUNT, account("Anna", Role.RECEPTION, Role.PERSONNEL));

        assertThat(anna.roles()).containsExactly(Role.RECEPTION, Role.PERSONNEL);
        assertThat(known().accounts()).extracting(Account::name).containsExactly("Anna", "boss");
        assertThat(fits("anna", "secret of Anna")).as("whatever its case").isTrue();
        assertThat(fits("Anna", "secret of anna")).isFalse();
        assertThat(fits("nobody", "secret of nobody")).isFalse();
        assertRefused(Code.NAME_TAKEN, AccountMessages.ADD_ACCOUNT, account("ANNA", Role.ADMIN));
        assertThat(fits("anna", "secret of Anna")).as("the first one's").isTrue();
    }

    @Test
    default void shouldLogOutWhoseAccountIsGoneOrHasANewPassword() {
        done(AccountMessages.ADD_ACCOUNT, account("boss", Role.ADMIN));
        done(AccountMessages.ADD_ACCOUNT, account("Anna", Role.RECEPTION));
        logIn("boss", "1");
        logIn("Anna", "2");
        logIn("Anna", "3");

        done(
                AccountMessages.CHANGE_ACCOUNT,
                new ChangeAccount("Anna", null, List.of(Role.PERSONNEL), NOON, false, patient()));
        assertThat(known().sessions()).hasSize(3);
        done(
                AccountMessages.CHANGE_ACCOUNT,
                new ChangeAccount(
                        "Anna", Password.typed("another one"), List.of(Role.PERSONNEL), NOON, false, patient()));
        assertThat(known().sessions()).extracting(Session::digest).containsExactly("1");
        assertThat(fits("Anna", "another one")).isTrue();
        assertThat(fits("Anna", "secret of Anna")).isFalse();

        logIn("Anna", "4");
        assertThat(done(AccountMessages.END_SESSION, new EndSession("1", patient())))
                .isTrue();
        assertThat(done(AccountMessages.END_SESSION, new EndSession("1", patient())))
                .isFalse();
        assertThat(done(AccountMessages.REMOVE_ACCOUNT, new RemoveAccount("Anna", false, patient()))
                        .expiresAt())
                .isEqualTo(NOON);
        assertThat(known().sessions()).isEmpty();
        assertRefused(Code.UNKNOWN_ACCOUNT, AccountMessages.ADD_SESSION, new AddSession("Anna", "5", patient()));
        assertRefused(
                Code.UNKNOWN_ACCOUNT, AccountMessages.REMOVE_ACCOUNT, new RemoveAccount("Anna", false, patient()));
        assertRefused(
                Code.UNKNOWN_ACCOUNT,
                AccountMessages.CHANGE_ACCOUNT,
                new ChangeAccount("Anna", null, List.of(Role.ADMIN), null, false, patient()));
    }

    @Test
    default void shouldKeepKeysByTheirDigests() {
        done(AccountMessages.ADD_KEY, key("boss", Role.ADMIN));
        Key pad = done(AccountMessages.ADD_KEY, key("pad", Role.KEYPAD));

        assertThat(known().keys()).extracting(Key::digest).containsExactly("digest of boss", "digest of pad");
        assertThat(pad.role()).isEqualTo(Role.KEYPAD);
        assertRefused(Code.NAME_TAKEN, AccountMessages.ADD_KEY, key("PAD", Role.KEYPAD));
        done(AccountMessages.REMOVE_KEY, new RemoveKey("pad", false, patient()));
        assertThat(known().keys()).hasSize(1);
        assertRefused(Code.UNKNOWN_KEY, AccountMessages.REMOVE_KEY, new RemoveKey("pad", false, patient()));
    }

    @Test
    default void shouldAlwaysHaveAnAdministrator() {
        assertRefused(Code.LAST_ADMINISTRATOR, AccountMessages.ADD_ACCOUNT, account("Anna", Role.RECEPTION));
        assertRefused(Code.LAST_ADMINISTRATOR, AccountMessages.ADD_KEY, key("pad", Role.KEYPAD));
        assertThat(known()).isEqualTo(Credentials.NONE);

        done(AccountMessages.ADD_ACCOUNT, account("boss", Role.ADMIN));
        assertRefused(
                Code.LAST_ADMINISTRATOR, AccountMessages.REMOVE_ACCOUNT, new RemoveAccount("boss", false, patient()));
        assertRefused(
                Code.LAST_ADMINISTRATOR,
                AccountMessages.CHANGE_ACCOUNT,
                new ChangeAccount("boss", null, List.of(Role.RECEPTION), null, false, patient()));
        assertThat(known().accounts().get(0).roles()).containsExactly(Role.ADMIN);

        done(AccountMessages.ADD_KEY, key("root", Role.ADMIN));
        done(AccountMessages.REMOVE_ACCOUNT, new RemoveAccount("boss", false, patient()));
        assertRefused(Code.LAST_ADMINISTRATOR, AccountMessages.REMOVE_KEY, new RemoveKey("root", false, patient()));
        done(AccountMessages.REMOVE_KEY, new RemoveKey("root", true, patient()));
        assertThat(known()).as("the configuration has one").isEqualTo(Credentials.NONE);
    }

    @Test
    default void shouldKeepWrongGuessesOfEachWhoCounts() {
        Tally one = new Tally("address/10.0.0.7", 1, 2, 3, NOON, NOON, NOON.plusSeconds(60));
        Tally other = new Tally("door/main", 2, 0, 2, NOON, NOON, NOON);
        done(AccountMessages.SAVE_GUESSES, new SaveGuesses("login", List.of(one), patient()));
        done(AccountMessages.SAVE_GUESSES, new SaveGuesses("pin", List.of(other), patient()));

        assertThat(done(AccountMessages.LOAD_GUESSES, new LoadGuesses("login", patient()))
                        .tallies())
                .containsExactly(one);
        done(AccountMessages.SAVE_GUESSES, new SaveGuesses("login", List.of(), patient()));
        assertThat(done(AccountMessages.LOAD_GUESSES, new LoadGuesses("login", patient()))
                        .tallies())
                .isEmpty();
        assertThat(done(AccountMessages.LOAD_GUESSES, new LoadGuesses("pin", patient()))
                        .tallies())
                .containsExactly(other);
    }

    @Test
    default void shouldNoteWhenTheyWereUsed() {
        done(AccountMessages.ADD_ACCOUNT, account("boss", Role.ADMIN));
        done(AccountMessages.ADD_KEY, key("pad", Role.KEYPAD));
        logIn("boss", "1");

        done(
                AccountMessages.NOTE_USES,
                new NoteUses(Map.of("boss", NOON), Map.of("pad", NOON), Map.of("1", NOON), patient()));

        assertThat(known().accounts().get(0).lastUsed()).isEqualTo(NOON);
        assertThat(known().keys().get(0).lastUsed()).isEqualTo(NOON);
        assertThat(known().sessions().get(0).lastUsed()).isEqualTo(NOON);
    }
}

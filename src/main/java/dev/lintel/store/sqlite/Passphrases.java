package dev.lintel.store.sqlite;

import dev.lintel.store.secrets.Vault;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A passphrase as a key, by PBKDF2 with HMAC-SHA-512. It is asked for once in the life of the process: a box that restarts itself does
 * not ask again. Blocks; thread-safe.
 */
public final class Passphrases {
    public static final int ROUNDS = 600_000;
    private static final int SHORTEST = 12;
    private static final String CREDENTIAL = "lintel-passphrase";
    private static final Map<String, byte[]> KNOWN = new ConcurrentHashMap<>();

    private final Function<String, Optional<char[]>> asking;

    /** @param asking asks with a sentence; empty if nobody can be asked */
    public Passphrases(Function<String, Optional<char[]>> asking) {
        this.asking = asking;
    }

    /** From the terminal, from the credential {@value #CREDENTIAL} of the service, or from whoever answers systemd-ask-password. */
    public static Passphrases ofThisProcess() {
        return new Passphrases(Passphrases::ask);
    }

    static byte[] salt() {
        return Arrays.copyOf(Vault.fresh(), 16);
    }

    byte[] key(byte[] salt, int rounds) {
        return KNOWN.computeIfAbsent(
                HexFormat.of().formatHex(salt), known -> derive(asked("Passphrase of the database: "), salt, rounds));
    }

    /** For a database that is locked with it from now on. */
    byte[] chosen(byte[] salt) {
        char[] passphrase = asked("New passphrase of the database: ");
        if (passphrase.length < SHORTEST) {
            throw new StoreException(
                    "the passphrase must have " + SHORTEST + " characters or more: choose a longer one");
        }
        byte[] key = derive(passphrase, salt, ROUNDS);
        KNOWN.put(HexFormat.of().formatHex(salt), key);
        return key;
    }

    /** After a wrong one: it is asked for again. */
    static void forget() {
        KNOWN.clear();
    }

    private char[] asked(String prompt) {
        return asking.apply(prompt)
                .filter(answer -> answer.length > 0)
                .orElseThrow(
                        () -> new StoreException("the database is locked with a passphrase, and nobody can be asked"
                                + " for it: start it at a terminal, give the service the credential " + CREDENTIAL
                                + ", or answer with systemd-tty-ask-password-agent"));
    }

    /** @param passphrase is overwritten */
    public static byte[] derive(char[] passphrase, byte[] salt, int rounds) {
        PBEKeySpec spec = new PBEKeySpec(passphrase, salt, rounds, 256);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has PBKDF2WithHmacSHA512", e);
        } finally {
            spec.clearPassword();
            Arrays.fill(passphrase, '0');
        }
    }

    private static Optional<char[]> ask(String prompt) {
        Optional<char[]> given = credential();
        if (given.isPresent()) {
            return given;
        }
        Console console = System.console();
        return console == null ? askSystemd(prompt) : Optional.ofNullable(console.readPassword(prompt));
    }

    private static Optional<char[]> credential() {
        String folder = System.getenv("CREDENTIALS_DIRECTORY");
        Path file = folder == null ? null : Path.of(folder).resolve(CREDENTIAL);
        try {
            return file == null || Files.notExists(file)
                    ? Optional.empty()
                    : Optional.of(Files.readString(file).strip().toCharArray());
        } catch (IOException e) {
            throw new StoreException("the credential " + CREDENTIAL + " cannot be read: " + e, e);
        }
    }

    private static Optional<char[]> askSystemd(String prompt) {
        if (System.getenv("INVOCATION_ID") == null) {
            return Optional.empty();
        }
        try {
            Process process = new ProcessBuilder("systemd-ask-password", "--no-tty", "--timeout=120", prompt)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor(130, TimeUnit.SECONDS) && process.exitValue() == 0
                    ? Optional.of(answer.strip().toCharArray())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}

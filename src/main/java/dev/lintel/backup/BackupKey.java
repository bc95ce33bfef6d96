package dev.lintel.backup;

import dev.lintel.store.secrets.Vault;
import dev.lintel.store.sqlite.Passphrases;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of one backup, made of a passphrase by the same slow function as that of the database, with a salt of its own. Seals the file
 * in chunks, each with AES-256-GCM: its number and whether it is the last one are its nonce, and the beginning of the file is bound to
 * all of them, so that nothing can be changed, left out, put elsewhere or cut off. A passphrase is the same however its letters with
 * accents are put together: it is taken in Unicode's form NFC. Thread-safe.
 */
final class BackupKey {
    static final int CHUNK = 1 << 16;
    static final int TAG = 16;

    static final int SHORTEST = 12;
    private static final int LEAST_ROUNDS = 100_000;
    private static final int MOST_ROUNDS = 10_000_000;

    private final SecretKeySpec chunks;
    private final String check;

    private BackupKey(byte[] master) {
        chunks = new SecretKeySpec(mac(master, "chunks"), "AES");
        check = HexFormat.of().formatHex(mac(master, "check"), 0, 8);
    }

    /** A salt for a new backup. */
    static byte[] salt() {
        return Arrays.copyOf(Vault.fresh(), 16);
    }

    /**
     * Slow.
     *
     * @param passphrase is overwritten
     * @throws BackupException if it is too short
     */
    static BackupKey chosen(char[] passphrase, byte[] salt) {
        char[] composed = form(passphrase, Normalizer.Form.NFC);
        Arrays.fill(passphrase, '0');
        if (composed.length < SHORTEST) {
            Arrays.fill(composed, '0');
            throw new BackupException(
                    "the passphrase must have " + SHORTEST + " characters or more: choose a longer one");
        }
        return new BackupKey(Passphrases.derive(composed, salt, Passphrases.ROUNDS));
    }

    /**
     * Slow.
     *
     * @param passphrase is overwritten
     * @throws BackupException if it is not this backup's
     */
    static BackupKey of(char[] passphrase, BackupHeader header) {
        if (header.rounds() < LEAST_ROUNDS
                || header.rounds() > MOST_ROUNDS
                || header.salt().length() != 32) {
            Arrays.fill(passphrase, '0');
            throw new BackupException("the backup is damaged at its beginning: take another one");
        }
        byte[] salt = HexFormat.of().parseHex(header.salt());
        BackupKey found = null;
        for (char[] form : forms(passphrase)) {
            if (found == null) {
                BackupKey key = new BackupKey(Passphrases.derive(form, salt, header.rounds()));
                found = key.check.equals(header.check()) ? key : null;
            }
            Arrays.fill(form, '0');
        }
        Arrays.fill(passphrase, '0');
        if (found == null) {
            throw new BackupException("the passphrase is wrong: this is not the one that the backup was made with");
        }
        return found;
    }

    /** As backups are made now; before, they were made as it was typed. One for a passphrase of plain letters. */
    private static List<char[]> forms(char[] passphrase) {
        List<char[]> forms = new ArrayList<>(List.of(form(passphrase, Normalizer.Form.NFC)));
        for (char[] other : List.of(passphrase.clone(), form(passphrase, Normalizer.Form.NFD))) {
            if (forms.stream().noneMatch(form -> Arrays.equals(form, other))) {
                forms.add(other);
            }
        }
        return forms;
    }

    private static char[] form(char[] passphrase, Normalizer.Form form) {
        CharBuffer text = CharBuffer.wrap(passphrase);
        return Normalizer.isNormalized(text, form)
                ? passphrase.clone()
                : Normalizer.normalize(text, form).toCharArray();
    }

    /** The passphrase that a file holds, without what is around it. */
    static char[] passphrase(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8).strip().toCharArray();
        } catch (IOException e) {
            throw new BackupException(
                    "the file with the passphrase, " + file
                            + ", cannot be read: it must be there, and readable by the box",
                    e);
        }
    }

    String check() {
        return check;
    }

    /** @param beginning digest of the beginning of the file */
    byte[] seal(byte[] plain, int length, long number, boolean last, byte[] beginning) {
        try {
            return cipher(Cipher.ENCRYPT_MODE, number, last, beginning).doFinal(plain, 0, length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-GCM", e);
        }
    }

    /** @throws BackupException if this was not sealed so */
    byte[] open(byte[] sealed, int length, long number, boolean last, byte[] beginning) {
        if (length < TAG) {
            throw damaged(last, null);
        }
        try {
            return cipher(Cipher.DECRYPT_MODE, number, last, beginning).doFinal(sealed, 0, length);
        } catch (GeneralSecurityException e) {
            throw damaged(last, e);
        }
    }

    private static BackupException damaged(boolean last, Exception cause) {
        return new BackupException(
                last
                        ? "the backup is damaged, or its end is missing: take another one"
                        : "the backup is damaged: take another one",
                cause);
    }

    private Cipher cipher(int mode, long number, boolean last, byte[] beginning) throws GeneralSecurityException {
        byte[] nonce =
                ByteBuffer.allocate(12).putLong(number).putInt(last ? 1 : 0).array();
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, chunks, new GCMParameterSpec(8 * TAG, nonce));
        cipher.updateAAD(beginning);
        return cipher;
    }

    private static byte[] mac(byte[] key, String what) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(what.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    @Override
    public String toString() {
        return "BackupKey[****]";
    }
}

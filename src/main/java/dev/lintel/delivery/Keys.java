package dev.lintel.delivery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Secrets of delivery: from files, and the HMAC made with them. Reads files: not for an event loop. */
final class Keys {
    private static final int BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private Keys() {}

    /**
     * The secret itself or what its file holds, without white space around it; null if there is neither.
     *
     * @throws IllegalArgumentException if the file cannot be used; says which and what to do, not what is in it
     */
    static String secret(String what, Optional<String> value, Optional<Path> path, int shortest) {
        if (path.isEmpty()) {
            return value.orElse(null);
        }
        Path file = path.get();
        String read;
        try {
            read = Files.readString(file).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    what + ": " + file + " cannot be read (" + e.getClass().getSimpleName() + ")");
        }
        if (read.length() < shortest) {
            throw new IllegalArgumentException(what + ": " + file + " must hold " + shortest + " characters or more");
        }
        return read;
    }

    /** The key in this file, which is made, readable by its owner only, if it is missing. */
    static byte[] pseudonymKey(Path file) {
        try {
            if (Files.notExists(file)) {
                byte[] key = new byte[BYTES];
                new SecureRandom().nextBytes(key);
                Files.createDirectories(file.toAbsolutePath().getParent());
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(file, HexFormat.of().formatHex(key) + "\n", StandardOpenOption.SYNC);
                return key;
            }
            byte[] key = HexFormat.of().parseHex(Files.readString(file).strip());
            if (key.length >= BYTES) {
                return key;
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("pseudonym-key: " + file + " cannot be used ("
                    + e.getClass().getSimpleName() + ")");
        } catch (IllegalArgumentException e) {
            // Said below, without what the file holds.
        }
        throw new IllegalArgumentException("pseudonym-key: " + file + " must hold " + 2 * BYTES
                + " hexadecimal digits: put the former file back, or remove it to give everybody new ids");
    }

    /** Lower case hexadecimal HMAC-SHA256. */
    static String hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

package dev.lintel.release;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A detached signature as {@code minisign} writes it (of the file's BLAKE2b hash, {@code ED}, or in its older form of the file
 * itself, {@code Ed}), or {@code signify} (the older form, without the trusted comment). Immutable.
 */
public final class ReleaseSignature {
    private static final int ENCODED = 2 + 8 + 64;
    private static final String TRUSTED = "trusted comment: ";

    /** For the older form the whole file is held in memory, which a package does not fit into on a small box. */
    private static final long LARGEST_UNHASHED = 16L << 20;

    private final boolean hashed;
    private final String keyId;
    private final byte[] signature;
    private final String comment;
    private final byte[] commentSignature;

    private ReleaseSignature(byte[] bytes, String comment, byte[] commentSignature) {
        this.hashed = bytes[1] == 'D';
        this.keyId = ReleaseKeys.id(Arrays.copyOfRange(bytes, 2, 10));
        this.signature = Arrays.copyOfRange(bytes, 10, ENCODED);
        this.comment = comment;
        this.commentSignature = commentSignature;
    }

    /** @throws ReleaseException if the file cannot be read or is no signature */
    public static ReleaseSignature read(Path file) {
        try {
            List<String> lines = SmallFiles.read(file, "signature").lines().toList();
            byte[] bytes = lines.size() == 2 || lines.size() == 4 ? decode(lines.get(1)) : new byte[0];
            if (bytes.length == ENCODED && bytes[0] == 'E' && (bytes[1] == 'D' || bytes[1] == 'd')) {
                if (lines.size() == 4 && lines.get(2).startsWith(TRUSTED)) {
                    return new ReleaseSignature(bytes, lines.get(2).substring(TRUSTED.length()), decode(lines.get(3)));
                }
                if (lines.size() == 2 && bytes[1] == 'd') {
                    return new ReleaseSignature(bytes, "", null);
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new ReleaseException(file + " cannot be read as a signature: " + e.getMessage());
        }
        throw new ReleaseException(file + " is no signature of minisign or signify");
    }

    /**
     * Returns only if one of the keys signed exactly this file.
     *
     * @return what was signed with it, such as the name and version; empty if nothing was
     * @throws ReleaseException if not: an unknown key, a file or comment that is not the one that was signed
     */
    public String check(Path file, ReleaseKeys keys) {
        PublicKey key = keys.of(keyId)
                .orElseThrow(() -> new ReleaseException(
                        "signed with the key " + keyId + ", which this box does not know; it knows " + keys.names()));
        try {
            if (!valid(key, hashed ? hash(file) : whole(file), signature)) {
                throw new ReleaseException("the signature does not fit " + file.getFileName()
                        + ": the file was changed or is another one. Fetch both again.");
            }
            if (commentSignature != null) {
                byte[] text = comment.getBytes(StandardCharsets.UTF_8);
                byte[] both = Arrays.copyOf(signature, signature.length + text.length);
                System.arraycopy(text, 0, both, signature.length, text.length);
                if (!valid(key, both, commentSignature)) {
                    throw new ReleaseException("the comment of the signature was changed. Fetch the signature again.");
                }
            }
        } catch (IOException e) {
            throw new ReleaseException(file + " cannot be read: " + e.getMessage());
        }
        return comment;
    }

    private static boolean valid(PublicKey key, byte[] message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            // Bytes that are no signature at all.
            return false;
        }
    }

    private static byte[] hash(Path file) throws IOException {
        Blake2b hash = new Blake2b();
        byte[] part = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(part); read >= 0; read = in.read(part)) {
                hash.update(part, 0, read);
            }
        }
        return hash.digest();
    }

    private static byte[] whole(Path file) throws IOException {
        if (Files.size(file) > LARGEST_UNHASHED) {
            throw new ReleaseException(
                    "the signature is of the older form, of the whole file instead of its hash, which is"
                            + " taken for files of up to 16 MiB: sign it with minisign 0.11 or newer, without -l");
        }
        return Files.readAllBytes(file);
    }

    private static byte[] decode(String line) {
        return Base64.getDecoder().decode(line);
    }
}

package dev.lintel.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Public keys that releases may be signed with, as {@code minisign} and {@code signify} write them: a comment, and below it a line
 * of Base64 with {@code Ed}, eight bytes that name the key, and an Ed25519 key of 32 bytes. A file may hold several. Immutable.
 */
public final class ReleaseKeys {
    /** What stands before the 32 bytes of an Ed25519 key in a SubjectPublicKeyInfo (RFC 8410). */
    private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int ENCODED = 2 + 8 + 32;

    private final Map<String, PublicKey> byId;

    private ReleaseKeys(Map<String, PublicKey> byId) {
        this.byId = Map.copyOf(byId);
    }

    /**
     * Reads those of the files that are there.
     *
     * @throws ReleaseException if none is there, one holds no key or something else, or one could be changed by others than root and this
     *     user
     */
    public static ReleaseKeys read(List<Path> files) {
        Map<String, PublicKey> all = new LinkedHashMap<>();
        for (Path file : files) {
            if (!Files.exists(file)) {
                continue;
            }
            try {
                refuseOpen(file.toRealPath());
                all.putAll(parse(file.toString(), SmallFiles.read(file, "public key")));
            } catch (IOException e) {
                throw new ReleaseException("the key " + file + " cannot be read: " + e.getMessage());
            }
        }
        if (all.isEmpty()) {
            throw new ReleaseException(
                    "this box knows nobody who makes releases: put the public key (minisign) of who does into "
                            + files.get(files.size() - 1) + ", or name its file with --key");
        }
        return new ReleaseKeys(all);
    }

    Optional<PublicKey> of(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** How keys are named in sentences, as minisign does. */
    String names() {
        return String.join(", ", byId.keySet().stream().sorted().toList());
    }

    /** Eight bytes as minisign prints them: as a number whose lowest byte comes first. */
    static String id(byte[] bytes) {
        byte[] reversed = new byte[8];
        for (int i = 0; i < 8; i++) {
            reversed[i] = bytes[7 - i];
        }
        return HexFormat.of().withUpperCase().formatHex(reversed);
    }

    private static Map<String, PublicKey> parse(String file, String text) {
        Map<String, PublicKey> keys = new LinkedHashMap<>();
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.isEmpty() || line.startsWith("untrusted comment:") || line.startsWith("#")) {
                continue;
            }
            byte[] bytes;
            try {
                bytes = Base64.getDecoder().decode(line);
            } catch (IllegalArgumentException e) {
                bytes = new byte[0];
            }
            if (bytes.length != ENCODED || bytes[0] != 'E' || bytes[1] != 'd') {
                throw new ReleaseException(file + " is no public key of minisign or signify");
            }
            keys.put(id(Arrays.copyOfRange(bytes, 2, 10)), key(Arrays.copyOfRange(bytes, 10, ENCODED)));
        }
        if (keys.isEmpty()) {
            throw new ReleaseException(
                    file + " holds no key: it must be the .pub file that minisign or signify wrote, which is two"
                            + " lines. Fetch it again");
        }
        return keys;
    }

    private static PublicKey key(byte[] point) {
        byte[] encoded = Arrays.copyOf(PREFIX, PREFIX.length + point.length);
        System.arraycopy(point, 0, encoded, PREFIX.length, point.length);
        try {
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new ReleaseException("a release key is damaged: " + e.getMessage());
        }
    }

    /** The service can write where its data and its configuration lie: no key there is to be believed. */
    private static void refuseOpen(Path file) throws IOException {
        for (Path part : List.of(file, file.getParent())) {
            PosixFileAttributes attributes = Files.readAttributes(part, PosixFileAttributes.class);
            String owner = attributes.owner().getName();
            Set<PosixFilePermission> may = attributes.permissions();
            if (!owner.equals("root") && !owner.equals(System.getProperty("user.name"))
                    || may.contains(PosixFilePermission.GROUP_WRITE)
                    || may.contains(PosixFilePermission.OTHERS_WRITE)) {
                throw new ReleaseException("others than root can change " + part
                        + ", so the key is not believed: sudo chown root: " + part + "; sudo chmod go-w " + part);
            }
        }
    }
}

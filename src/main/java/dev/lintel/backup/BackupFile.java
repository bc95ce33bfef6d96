package dev.lintel.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lintel.store.StoreCopy;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A backup as a file: {@code LNTLBAK1}, the length of the header in 4 bytes, the header as JSON, SHA-256 of all this; then the chunks
 * of {@link BackupKey}, of a zip archive in which the database, the keys and the other files are, and last a list of them with the
 * SHA-256 of each. Blocks. Stateless.
 */
final class BackupFile {
    private static final byte[] MAGIC = "LNTLBAK1".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_HEADER = 1 << 16;
    private static final int LARGEST_FILE = 2 << 20;
    private static final int MOST_FILES = 1000;
    private static final int DIGEST = 32;

    private static final String DATABASE = "database";
    private static final String LOG_KEY = "keys/log";
    private static final String PIN_KEY = "keys/pins";
    private static final String DATA_KEYS = "keys/data";
    private static final String FILES = "files/";
    private static final String MANIFEST = "manifest.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private BackupFile() {}

    /** What it says of itself; checked for damage, but not that nobody wrote it anew. */
    static BackupHeader header(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return beginning(in).header;
        }
    }

    private record Beginning(BackupHeader header, byte[] digest) {}

    private static Beginning beginning(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        try {
            byte[] magic = data.readNBytes(MAGIC.length);
            if (!Arrays.equals(magic, MAGIC)) {
                throw new BackupException("this is no backup of Lintel");
            }
            int length = data.readInt();
            if (length < 0 || length > LONGEST_HEADER) {
                throw new BackupException("the backup is damaged at its beginning: take another one");
            }
            byte[] header = new byte[length];
            data.readFully(header);
            byte[] digest = new byte[DIGEST];
            data.readFully(digest);
            if (!MessageDigest.isEqual(digest, sha256(start(header)))) {
                throw new BackupException("the backup is damaged at its beginning: take another one");
            }
            return new Beginning(BackupHeader.read(header), digest);
        } catch (EOFException e) {
            throw new BackupException("the backup is cut off: take another one", e);
        }
    }

    private static byte[] start(byte[] header) {
        return ByteBuffer.allocate(MAGIC.length + 4 + header.length)
                .put(MAGIC)
                .putInt(header.length)
                .put(header)
                .array();
    }

    /**
     * Writes all of it, on the disk when it returns.
     *
     * @param file is there already, empty
     * @param files by their names in the backup
     */
    static void write(
            Path file, BackupHeader header, BackupKey key, StoreCopy copy, Map<String, Path> files, int people)
            throws IOException {
        byte[] start = start(header.write());
        byte[] digest = sha256(start);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 2 * BackupKey.CHUNK);
            out.write(start);
            out.write(digest);
            SealedOutput sealed = new SealedOutput(out, key, digest);
            ZipOutputStream zip = new ZipOutputStream(sealed);
            // What is sealed does not become smaller; the rest does at once.
            zip.setLevel(Deflater.BEST_SPEED);
            ArrayNode parts = JSON.createArrayNode();
            try (InputStream in = Files.newInputStream(copy.database())) {
                put(zip, DATABASE, in, parts);
            }
            put(zip, LOG_KEY, new ByteArrayInputStream(copy.logKey()), parts);
            put(zip, PIN_KEY, new ByteArrayInputStream(copy.pinKey()), parts);
            put(zip, DATA_KEYS, new ByteArrayInputStream(copy.dataKeys()), parts);
            for (var each : files.entrySet()) {
                put(zip, FILES + each.getKey(), new ByteArrayInputStream(Files.readAllBytes(each.getValue())), parts);
            }
            ObjectNode manifest = JSON.createObjectNode().put("people", people);
            manifest.set("parts", parts);
            zip.putNextEntry(new ZipEntry(MANIFEST));
            zip.write(JSON.writeValueAsBytes(manifest));
            zip.closeEntry();
            zip.finish();
            sealed.close();
            out.flush();
            channel.force(true);
        }
    }

    private static void put(ZipOutputStream zip, String name, InputStream in, ArrayNode parts) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        DigestInputStream digesting = new DigestInputStream(in, digester());
        long size = digesting.transferTo(zip);
        zip.closeEntry();
        parts.addObject()
                .put("name", name)
                .put("size", size)
                .put(
                        "sha256",
                        HexFormat.of().formatHex(digesting.getMessageDigest().digest()));
    }

    /**
     * Reads all of it.
     *
     * @param passphrase is overwritten
     * @param database where the database goes: an empty file that is closed to others
     * @throws BackupException if the passphrase is wrong, or a single bit of it is not as it was written
     */
    static BackupContent read(Path file, char[] passphrase, Path database) throws IOException {
        return read(file, header -> BackupKey.of(passphrase, header), database);
    }

    static BackupContent read(Path file, Function<BackupHeader, BackupKey> keys, Path database) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 2 * BackupKey.CHUNK)) {
            Beginning beginning = beginning(in);
            SealedInput sealed = new SealedInput(in, keys.apply(beginning.header), beginning.digest);
            return unpacked(beginning.header, sealed, database);
        } catch (ZipException e) {
            throw new BackupException("the backup is damaged: take another one", e);
        }
    }

    private static BackupContent unpacked(BackupHeader header, SealedInput sealed, Path database) throws IOException {
        Map<String, byte[]> small = new TreeMap<>();
        Map<String, String> digests = new TreeMap<>();
        ZipInputStream zip = new ZipInputStream(sealed);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            DigestInputStream digesting = new DigestInputStream(zip, digester());
            if (entry.getName().equals(DATABASE)) {
                try (FileChannel channel = FileChannel.open(database, StandardOpenOption.WRITE)) {
                    digesting.transferTo(Channels.newOutputStream(channel));
                    channel.force(true);
                }
            } else {
                byte[] bytes = digesting.readNBytes(LARGEST_FILE);
                if (small.size() == MOST_FILES || digesting.read() >= 0) {
                    throw new BackupException("the backup holds more than a backup can: take another one");
                }
                small.put(entry.getName(), bytes);
            }
            digests.put(
                    entry.getName(),
                    HexFormat.of().formatHex(digesting.getMessageDigest().digest()));
        }
        sealed.finish();
        JsonNode manifest = JSON.readTree(part(small, MANIFEST));
        digests.remove(MANIFEST);
        Map<String, String> promised = new TreeMap<>();
        manifest.path("parts")
                .forEach(part -> promised.put(
                        part.path("name").asText(), part.path("sha256").asText()));
        if (!promised.equals(digests) || !promised.containsKey(DATABASE)) {
            throw new BackupException("the backup does not hold what it says: take another one");
        }
        Map<String, byte[]> files = new TreeMap<>();
        small.forEach((name, bytes) -> {
            if (name.startsWith(FILES)) {
                files.put(name.substring(FILES.length()), bytes);
            }
        });
        StoreCopy copy = new StoreCopy(database, part(small, LOG_KEY), part(small, PIN_KEY), part(small, DATA_KEYS));
        return new BackupContent(header, copy, files, manifest.path("people").asInt());
    }

    private static byte[] part(Map<String, byte[]> parts, String name) {
        byte[] bytes = parts.get(name);
        if (bytes == null) {
            throw new BackupException("the backup lacks a part: take another one");
        }
        return bytes;
    }

    private static byte[] sha256(byte[] bytes) {
        return digester().digest(bytes);
    }

    private static MessageDigest digester() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

package dev.lintel.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * What a backup says of itself to whoever has not its passphrase: which box, when, and what it takes to read it.
 *
 * @param lintel version that made it
 * @param place the box's name
 * @param logKey fingerprint of the key of the log, which tells boxes apart
 * @param schema of the database in it
 * @param salt of the passphrase, in hexadecimal digits
 * @param rounds of PBKDF2
 * @param check tells a wrong passphrase from a damaged file, in hexadecimal digits
 */
public record BackupHeader(
        String lintel, String place, Instant at, String logKey, int schema, String salt, int rounds, String check) {
    private static final ObjectMapper JSON = new ObjectMapper();

    byte[] write() {
        ObjectNode json = JSON.createObjectNode()
                .put("lintel", lintel)
                .put("place", place)
                .put("at", at.toString())
                .put("log_key", logKey)
                .put("schema", schema)
                .put("salt", salt)
                .put("rounds", rounds)
                .put("check", check);
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** @throws BackupException if these are no header's bytes */
    static BackupHeader read(byte[] bytes) {
        try {
            JsonNode json = JSON.readTree(bytes);
            return new BackupHeader(
                    json.path("lintel").asText(),
                    json.path("place").asText(),
                    Instant.parse(json.path("at").asText()),
                    json.path("log_key").asText(),
                    json.path("schema").asInt(),
                    json.path("salt").asText(),
                    json.path("rounds").asInt(),
                    json.path("check").asText());
        } catch (IOException | DateTimeException e) {
            throw new BackupException("the backup is damaged at its beginning: take another one", e);
        }
    }
}

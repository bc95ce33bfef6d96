package dev.lintel.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The last versions of the configuration file, each as it was after a change, with who made it. In a folder that only its
 * owner may read, because they hold what the file holds. Used by one thread at a time.
 */
final class SettingsVersions {
    static final int KEPT = 10;

    private static final String LIST = "versions.json";

    private final Path folder;

    /** @param folder made with the first version */
    SettingsVersions(Path folder) {
        this.folder = folder;
    }

    /** The newest first. */
    List<SettingsVersion> list() throws IOException {
        Path list = folder.resolve(LIST);
        if (!Files.exists(list)) {
            return List.of();
        }
        List<SettingsVersion> versions = new ArrayList<>();
        for (JsonNode node : YamlReader.MAPPER.readTree(Files.readString(list))) {
            List<String> paths = new ArrayList<>();
            node.path("paths").forEach(path -> paths.add(path.asText()));
            versions.add(new SettingsVersion(
                    node.path("id").asInt(),
                    Instant.parse(node.path("at").asText()),
                    node.path("by").asText(),
                    paths));
        }
        return versions;
    }

    /** The text of a version; empty if there is none of this number. */
    Optional<String> text(int id) throws IOException {
        Path file = file(id);
        return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }

    /** Adds one, if it differs from the last, and forgets the oldest beyond {@value #KEPT}. */
    void add(String text, String by, List<String> paths, Instant at) throws IOException {
        List<SettingsVersion> versions = new ArrayList<>(list());
        if (!versions.isEmpty()
                && text(versions.get(0).id()).filter(text::equals).isPresent()) {
            return;
        }
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        int id = versions.isEmpty() ? 1 : versions.get(0).id() + 1;
        versions.add(0, new SettingsVersion(id, at, by, paths));
        write(file(id), text);
        ArrayNode list = YamlReader.MAPPER.createArrayNode();
        for (SettingsVersion version : versions.subList(0, Math.min(KEPT, versions.size()))) {
            ObjectNode node = list.addObject()
                    .put("id", version.id())
                    .put("at", version.at().toString())
                    .put("by", version.by());
            version.paths().forEach(node.putArray("paths")::add);
        }
        write(folder.resolve(LIST), list.toString());
        for (SettingsVersion old : versions.subList(Math.min(KEPT, versions.size()), versions.size())) {
            Files.deleteIfExists(file(old.id()));
        }
    }

    private Path file(int id) {
        return folder.resolve(id + ".yaml");
    }

    private void write(Path file, String text) throws IOException {
        Path made = Files.createTempFile(
                folder,
                ".new",
                "",
                PosixFilePermissions.asFileAttribute(Set.copyOf(PosixFilePermissions.fromString("rw-------"))));
        try {
            Files.writeString(made, text);
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(made);
        }
    }
}

package dev.lintel.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which group each image belongs to, from a CSV with the head {@code path,group}. A path is relative to the
 * evaluated folder and names an image, or a folder for all images in it.
 */
public final class GroupLabels {
    private final Path root;
    private final Map<Path, String> groups;

    private GroupLabels(Path root, Map<Path, String> groups) {
        this.root = root;
        this.groups = groups;
    }

    public static GroupLabels none() {
        return new GroupLabels(Path.of(""), Map.of());
    }

    /** @throws IOException if the file cannot be read or a line is not {@code path,group} */
    public static GroupLabels read(Path file, Path root) throws IOException {
        List<String> lines = Files.readAllLines(file);
        Map<Path, String> groups = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            int comma = line.lastIndexOf(',');
            if (line.isEmpty() || (i == 0 && line.equalsIgnoreCase("path,group"))) {
                continue;
            }
            if (comma < 1 || comma == line.length() - 1) {
                throw new IOException(file + ", line " + (i + 1) + ": needs 'path,group'");
            }
            groups.put(
                    root.resolve(unquoted(line.substring(0, comma))).normalize(), unquoted(line.substring(comma + 1)));
        }
        return new GroupLabels(root, groups);
    }

    private static String unquoted(String cell) {
        String text = cell.strip();
        return text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
    }

    public boolean isEmpty() {
        return groups.isEmpty();
    }

    /** The image's own label, else that of the nearest folder around it. */
    public Optional<String> of(Path image) {
        for (Path p = image.normalize(); p != null && !p.equals(root.normalize()); p = p.getParent()) {
            String group = groups.get(p);
            if (group != null) {
                return Optional.of(group);
            }
        }
        return Optional.empty();
    }
}

package dev.lintel.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Images of people on disk: a folder for each person, or files that carry the name themselves ({@code Anna.jpg},
 * {@code Anna_0002.jpg}), or both. In the order of names, so that a second run enrols the same photos.
 */
public record PeopleFolder(Path root, SortedMap<String, List<Path>> people) {

    /** @throws IOException if the folder cannot be listed */
    public static PeopleFolder read(Path root) throws IOException {
        TreeMap<String, List<Path>> people = new TreeMap<>();
        for (Path entry : listed(root)) {
            if (Files.isDirectory(entry)) {
                List<Path> images = images(entry);
                if (!images.isEmpty()) {
                    people.computeIfAbsent(entry.getFileName().toString(), name -> new ArrayList<>())
                            .addAll(images);
                }
            } else if (isImage(entry)) {
                people.computeIfAbsent(nameOf(entry), name -> new ArrayList<>()).add(entry);
            }
        }
        return new PeopleFolder(root, people);
    }

    public List<Path> files() {
        return people.values().stream().flatMap(List::stream).toList();
    }

    /** The same people with those of their images that are among the given ones. */
    PeopleFolder only(Collection<Path> wanted) {
        Set<Path> kept = new HashSet<>(wanted);
        TreeMap<String, List<Path>> fewer = new TreeMap<>();
        people.forEach((name, files) ->
                fewer.put(name, files.stream().filter(kept::contains).toList()));
        fewer.values().removeIf(List::isEmpty);
        return new PeopleFolder(root, fewer);
    }

    /** Images directly in a folder. */
    static List<Path> images(Path folder) throws IOException {
        return listed(folder).stream().filter(PeopleFolder::isImage).toList();
    }

    /** Images by the name of the folder directly under {@code root} that holds them; "" for those in the root itself. */
    static Map<String, List<Path>> byFolder(Path root) throws IOException {
        Map<String, List<Path>> groups = new TreeMap<>();
        for (Path entry : listed(root)) {
            if (isImage(entry)) {
                groups.computeIfAbsent("", name -> new ArrayList<>()).add(entry);
            } else if (Files.isDirectory(entry)) {
                List<Path> images = images(entry);
                if (!images.isEmpty()) {
                    groups.put(entry.getFileName().toString(), images);
                }
            }
        }
        return groups;
    }

    private static List<Path> listed(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(e -> !e.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isImage(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return Stream.of(".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif", ".tif", ".tiff")
                        .anyMatch(name::endsWith)
                && Files.isRegularFile(file);
    }

    private static String nameOf(Path file) {
        String name = file.getFileName().toString();
        String stem = name.substring(0, name.lastIndexOf('.'));
        String label = stem.replaceFirst("[-_ ]+\\d+$", "");
        return label.isBlank() ? stem : label;
    }
}

package dev.lintel.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files that make a box this box, beside its database: each has a name in a backup, and a place on the machine. Files that the
 * configuration names are among them if they lie below the folders of the configuration, the database or the program; nothing else is
 * read, and nothing else is ever written when a backup is put back.
 *
 * @param database its file
 * @param home directory that relative paths of the configuration start from
 * @param configuration its file; need not be there; empty if the box has none
 * @param named files that the configuration names, by their keys
 */
public record BoxFiles(Path database, Path home, Optional<Path> configuration, Map<String, Path> named) {
    static final String CONFIGURATION = "configuration";
    static final String ENVIRONMENT = "environment";
    static final String NAMED = "named/";

    /** Ids of people in webhooks and MQTT are made with it: of the box, and not only of its configuration. */
    private static final String PSEUDONYMS = NAMED + "delivery.pseudonym-key";

    private static final long LARGEST = 1 << 20;
    private static final List<String> FOLDERS = List.of("tls", "settings");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}");

    /** The database goes into a backup as a copy, its keys as they are and not as they are wrapped; backups hold no backups. */
    private static final Set<String> ELSEWHERE =
            Set.of("store.database", "store.key-file", "backup.folder", "backup.passphrase-file");

    public BoxFiles {
        named = new TreeMap<>(named);
        named.keySet().removeAll(ELSEWHERE);
    }

    /** What is there now, by its name in a backup. */
    Map<String, Path> present() throws IOException {
        Map<String, Path> all = new TreeMap<>();
        configuration.ifPresent(file -> {
            all.put(CONFIGURATION, file);
            all.put(ENVIRONMENT, file.resolveSibling("lintel.env"));
        });
        for (String folder : FOLDERS) {
            Path below = beside(folder);
            if (Files.isDirectory(below)) {
                try (Stream<Path> files = Files.list(below)) {
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> PLAIN.matcher(name).matches())
                            .forEach(name -> all.put(folder + "/" + name, below.resolve(name)));
                }
            }
        }
        named.forEach((key, file) -> {
            if (inside(file)) {
                all.put(NAMED + key, file);
            }
        });
        all.values().removeIf(file -> !small(file));
        return all;
    }

    /** Keys whose files are there and are not taken along. */
    List<String> leftOut() {
        List<String> keys = new ArrayList<>();
        named.forEach((key, file) -> {
            if (Files.isRegularFile(file) && !(inside(file) && small(file))) {
                keys.add(key);
            }
        });
        return keys;
    }

    /** Where something with this name in a backup belongs; empty if nowhere here. */
    Optional<Path> place(String part) {
        if (part.equals(CONFIGURATION)) {
            return configuration;
        }
        if (part.equals(ENVIRONMENT)) {
            return configuration.map(file -> file.resolveSibling("lintel.env"));
        }
        if (part.startsWith(NAMED)) {
            return Optional.ofNullable(named.get(part.substring(NAMED.length())))
                    .filter(this::inside);
        }
        for (String folder : FOLDERS) {
            String name = part.startsWith(folder + "/") ? part.substring(folder.length() + 1) : "";
            if (PLAIN.matcher(name).matches()) {
                return Optional.of(beside(folder).resolve(name));
            }
        }
        return Optional.empty();
    }

    /** Whether it is of the configuration, and stays as it is if that does. */
    static boolean ofTheConfiguration(String part) {
        return !part.startsWith("tls/") && !part.equals(PSEUDONYMS);
    }

    private Path beside(String folder) {
        return database.toAbsolutePath().resolveSibling(folder);
    }

    private boolean inside(Path file) {
        Path there = file.toAbsolutePath().normalize();
        return Stream.concat(
                        Stream.of(home, database.toAbsolutePath().getParent()),
                        configuration.map(own -> own.toAbsolutePath().getParent()).stream())
                .map(folder -> folder.toAbsolutePath().normalize())
                .anyMatch(there::startsWith);
    }

    private static boolean small(Path file) {
        try {
            return Files.isRegularFile(file) && Files.size(file) <= LARGEST;
        } catch (IOException e) {
            return false;
        }
    }
}

package dev.lintel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The table of rooms in ARCHITECTURE.md: which package may use what. */
final class ArchitectureMap {
    static final String ALL = "all";
    static final String ROOT = "root";
    static final String EVERY_CONFIG = "every *Config";

    /**
     * @param name of the package below the root's, such as {@code door.lock}, or {@link #ROOT}
     * @param mayUse rooms, or {@link #ALL}, or {@link #EVERY_CONFIG}
     * @param libraries in the words of the table, or {@link #ALL}
     */
    record Room(String name, Set<String> mayUse, Set<String> libraries) {}

    private final Map<String, Room> rooms = new LinkedHashMap<>();

    private ArchitectureMap() {}

    static ArchitectureMap read(Path file) throws IOException {
        ArchitectureMap map = new ArchitectureMap();
        List<String> lines = Files.readAllLines(file);
        int header = 0;
        while (!lines.get(header).startsWith("| package |")) {
            header++;
        }
        List<String> columns = cells(lines.get(header));
        for (String line : lines.subList(header + 2, lines.size())) {
            if (!line.startsWith("|")) {
                break;
            }
            List<String> cells = cells(line);
            Room room = new Room(
                    cells.get(columns.indexOf("package")),
                    words(cells.get(columns.indexOf("may use"))),
                    words(cells.get(columns.indexOf("third-party"))));
            if (map.rooms.put(room.name(), room) != null) {
                throw new IllegalArgumentException("two rows for " + room.name());
            }
        }
        return map;
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        for (String cell : line.substring(1, line.lastIndexOf('|')).split("\\|")) {
            cells.add(cell.replace("`", "").trim());
        }
        return cells;
    }

    private static Set<String> words(String cell) {
        Set<String> words = new TreeSet<>(Arrays.asList(cell.split(", ")));
        words.removeAll(Set.of("–", "JDK only"));
        return words;
    }

    Set<Room> rooms() {
        return Set.copyOf(rooms.values());
    }

    /** The room of a package, given by its name below the root's: its own, or that of the nearest above. */
    Room of(String below) {
        String name = below.isEmpty() ? ROOT : below;
        while (!rooms.containsKey(name)) {
            int dot = name.lastIndexOf('.');
            if (dot < 0) {
                throw new IllegalArgumentException("ARCHITECTURE.md has no row for the package " + below);
            }
            name = name.substring(0, dot);
        }
        return rooms.get(name);
    }
}

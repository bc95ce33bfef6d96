package dev.lintel.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Photos of people on disk: a folder for each person with any number of photos, or photos that carry the name
 * themselves ({@code Anna.jpg}, {@code Anna-2.jpg}, {@code Anna_3.png}), or both.
 */
final class PhotoFolder {
    static final int LARGEST = 64 << 20;

    /** The last three are sent so that the box can say how to convert them; left out, nobody would miss them. */
    private static final List<String> PICTURES =
            List.of(".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif", ".tif", ".tiff", ".heic", ".heif", ".avif");

    /** @param label as it is on disk; the appliance brings it to its normal form */
    record Photo(String label, Path file, Content content) {
        Photo(String label, Path file) {
            this(label, file, null);
        }

        /** Whether it is no photo, whatever it is called. */
        boolean tooLarge() throws IOException {
            return content == null && Files.size(file) > LARGEST;
        }

        byte[] read() throws IOException {
            return content == null ? Files.readAllBytes(file) : content.read();
        }
    }

    /** Where the picture comes from, if {@code file} is but a name for the report. */
    interface Content {
        byte[] read() throws IOException;
    }

    private PhotoFolder() {}

    /** In the order of names, hidden files left out. */
    static List<Photo> read(Path folder) throws IOException {
        List<Photo> photos = new ArrayList<>();
        for (Path entry : sorted(folder)) {
            if (Files.isDirectory(entry)) {
                for (Path file : sorted(entry)) {
                    if (image(file)) {
                        photos.add(new Photo(entry.getFileName().toString(), file));
                    }
                }
            } else if (image(entry)) {
                photos.add(new Photo(labelOf(entry.getFileName().toString()), entry));
            }
        }
        return photos;
    }

    /** {@code Anna-2.jpg} is a photo of Anna. */
    static String labelOf(String fileName) {
        String stem = fileName.substring(0, fileName.lastIndexOf('.'));
        String label = stem.replaceFirst("[-_ ]+\\d+$|\\s*\\(\\d+\\)$", "");
        return label.isBlank() ? stem : label;
    }

    static boolean image(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return Files.isRegularFile(file) && PICTURES.stream().anyMatch(name::endsWith);
    }

    private static List<Path> sorted(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(e -> !e.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }
}

package dev.lintel.evaluation.report;

import java.util.List;
import java.util.Optional;

/**
 * The errors worth looking at: file names, and pictures only where they were asked for.
 *
 * @param id short and stable, unique in its section
 */
public record Worst(String id, String caption, List<Entry> entries) {

    public Worst {
        entries = List.copyOf(entries);
    }

    /**
     * @param images one for an attack or a missed probe, two for a pair
     * @param score with its name, as text
     */
    public record Entry(List<Image> images, String score) {
        public Entry {
            images = List.copyOf(images);
        }
    }

    /**
     * @param file relative to the evaluated folder
     * @param thumbnail a picture as a data address
     */
    public record Image(String file, Optional<String> thumbnail) {}
}

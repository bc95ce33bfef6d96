package dev.lintel.store.people;

import dev.lintel.access.GalleryDump;
import dev.lintel.face.Label;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** A part of a backup in portions of whole people. Confined to one import. */
final class ImportBatch {
    private final Queue<Map.Entry<Label, List<GalleryDump.Entry>>> people;

    ImportBatch(GalleryDump dump) {
        Map<Label, List<GalleryDump.Entry>> byLabel = new LinkedHashMap<>();
        dump.entries()
                .forEach(entry -> byLabel.computeIfAbsent(entry.label(), label -> new ArrayList<>())
                        .add(entry));
        people = new ArrayDeque<>(byLabel.entrySet());
    }

    boolean hasNext() {
        return !people.isEmpty();
    }

    /** @param size templates from which on a portion is full */
    Map<Label, List<GalleryDump.Entry>> next(int size) {
        Map<Label, List<GalleryDump.Entry>> portion = new LinkedHashMap<>();
        for (int count = 0; count < size && !people.isEmpty(); ) {
            Map.Entry<Label, List<GalleryDump.Entry>> person = people.remove();
            portion.put(person.getKey(), person.getValue());
            count += person.getValue().size();
        }
        return portion;
    }
}

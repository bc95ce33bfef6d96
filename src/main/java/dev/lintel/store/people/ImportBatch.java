package dev.lintel.store.people;

import dev.lintel.access.AccessRights;
import dev.lintel.access.GalleryDump;
import dev.lintel.face.Label;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A backup in portions of whole people. Confined to one import. */
final class ImportBatch implements Iterator<ImportBatch.Portion> {
    private final int size;
    private final int templates;
    private final int people;
    private final Iterator<Map.Entry<Label, List<GalleryDump.Entry>>> rest;
    private final Map<Label, AccessRights> rights = new HashMap<>();

    /** @param size templates from which on a portion is full */
    ImportBatch(GalleryDump dump, int size) {
        this.size = size;
        Map<Label, List<GalleryDump.Entry>> byLabel = new LinkedHashMap<>();
        dump.entries()
                .forEach(entry -> byLabel.computeIfAbsent(entry.label(), label -> new ArrayList<>())
                        .add(entry));
        dump.rights().forEach(one -> rights.put(one.label(), one.rights()));
        this.templates = dump.entries().size();
        this.people = byLabel.size();
        this.rest = byLabel.entrySet().iterator();
    }

    /** @param rights of these people, as far as the backup has some */
    record Portion(Map<Label, List<GalleryDump.Entry>> templates, Map<Label, AccessRights> rights) {
        List<String> labels() {
            return templates.keySet().stream().map(Label::text).toList();
        }
    }

    /** Of the whole backup. */
    int templates() {
        return templates;
    }

    /** Of the whole backup. */
    int people() {
        return people;
    }

    @Override
    public boolean hasNext() {
        return rest.hasNext();
    }

    @Override
    public Portion next() {
        Map<Label, List<GalleryDump.Entry>> portion = new LinkedHashMap<>();
        Map<Label, AccessRights> theirs = new HashMap<>();
        for (int count = 0; count < size && rest.hasNext(); ) {
            Map.Entry<Label, List<GalleryDump.Entry>> person = rest.next();
            portion.put(person.getKey(), person.getValue());
            if (rights.containsKey(person.getKey())) {
                theirs.put(person.getKey(), rights.get(person.getKey()));
            }
            count += person.getValue().size();
        }
        return new Portion(portion, theirs);
    }
}

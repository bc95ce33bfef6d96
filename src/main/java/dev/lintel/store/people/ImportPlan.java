package dev.lintel.store.people;

import dev.lintel.access.AccessRights;
import dev.lintel.access.GalleryDump;
import dev.lintel.face.Label;
import dev.lintel.messages.BackupMessages.ImportResult;
import dev.lintel.store.people.ImportTables.Range;
import dev.lintel.store.people.PeopleTables.PersonRow;
import dev.lintel.store.people.PeopleTables.TemplateRow;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/** Which rows an import writes, and what it has written so far. Confined to one import. */
final class ImportPlan {
    private final Range range;
    private final Map<Label, Long> fresh = new HashMap<>();
    private final Queue<Touched> touched = new ArrayDeque<>();
    private final List<GalleryDump.Rights> rightsLeft = new ArrayList<>();
    private final Queue<GalleryDump.Described> describedLeft = new ArrayDeque<>();
    private final List<Label> silent = new ArrayList<>();
    private final Set<Label> keptOut = new HashSet<>();
    private long nextPerson;
    private long nextTemplate;
    private int skipped;

    ImportPlan(Range range) {
        this.range = range;
        this.nextPerson = range.firstPerson();
        this.nextTemplate = range.firstTemplate();
    }

    /** Rows to be written. */
    record Rows(List<PersonRow> people, List<TemplateRow> templates) {}

    /** Who is there already, enrolled or from an earlier portion, with the templates of each. */
    record Known(Map<Label, PersonRow> people, Map<Long, List<TemplateRow>> templates) {}

    private record Touched(long person, Instant oldest) {}

    Range range() {
        return range;
    }

    /** Whether so many more find room in the ids that were set aside. */
    boolean hasRoom(int more) {
        return nextTemplate + more - 1 <= range.lastTemplate();
    }

    /** @param people in the store by now */
    ImportResult result(int people) {
        return new ImportResult((int) (nextTemplate - range.firstTemplate()), skipped, people, keptOut.size());
    }

    /** @param out people of the portion who may not come in, nor what is said of them */
    Map<Label, List<GalleryDump.Entry>> letIn(Map<Label, List<GalleryDump.Entry>> portion, Set<Label> out) {
        keptOut.addAll(out);
        Map<Label, List<GalleryDump.Entry>> let = new LinkedHashMap<>(portion);
        let.keySet().removeAll(out);
        return let;
    }

    /** The rows of a portion: people who are not there, templates that they have not. */
    Rows place(Map<Label, List<GalleryDump.Entry>> portion, Known known) {
        List<PersonRow> people = new ArrayList<>();
        List<TemplateRow> templates = new ArrayList<>();
        portion.forEach((label, entries) -> {
            PersonRow person = known.people.get(label);
            long id = person == null ? nextPerson++ : person.id();
            List<TemplateRow> theirs = new ArrayList<>(known.templates.getOrDefault(id, List.of()));
            int before = theirs.size();
            entries.forEach(entry -> add(theirs, id, entry));
            List<TemplateRow> added = theirs.subList(before, theirs.size());
            templates.addAll(added);
            skipped += entries.size() - added.size();
            if (person == null) {
                fresh.put(label, id);
                people.add(new PersonRow(id, label, oldest(added), Instant.now()));
            } else if (!added.isEmpty()) {
                touched.add(new Touched(id, oldest(added)));
            }
        });
        return new Rows(people, templates);
    }

    private void add(List<TemplateRow> theirs, long person, GalleryDump.Entry entry) {
        String model = entry.embedding().modelId();
        float[] vector = entry.embedding().vector();
        if (theirs.stream().noneMatch(row -> row.modelId().equals(model) && StoredVectors.same(row.vector(), vector))) {
            theirs.add(new TemplateRow(
                    nextTemplate++, person, model, vector, entry.quality(), entry.createdAt(), entry.setAside()));
        }
    }

    private static Instant oldest(List<TemplateRow> templates) {
        return templates.stream()
                .map(TemplateRow::createdAt)
                .min(Instant::compareTo)
                .orElseThrow();
    }

    /**
     * Rights that can be written at once, by the ids of people whom this import brought. The others are kept for the end.
     *
     * @param givenAway labels of this import that somebody else has got meanwhile
     */
    Map<Long, AccessRights> rights(List<GalleryDump.Rights> portion, Collection<Label> givenAway) {
        Map<Long, AccessRights> now = new LinkedHashMap<>();
        for (GalleryDump.Rights one : portion) {
            if (keptOut.contains(one.label())) {
                continue;
            }
            Long id = fresh.get(one.label());
            if (id == null || givenAway.contains(one.label())) {
                rightsLeft.add(one);
            } else {
                now.putIfAbsent(id, one.rights());
            }
        }
        return now;
    }

    /** Likewise for what is said of people. */
    Map<Long, DetailTables.Said> described(List<GalleryDump.Described> portion, Collection<Label> givenAway) {
        Map<Long, DetailTables.Said> now = new LinkedHashMap<>();
        for (GalleryDump.Described one : portion) {
            if (keptOut.contains(one.label())) {
                continue;
            }
            Long id = fresh.get(one.label());
            if (id == null || givenAway.contains(one.label())) {
                describedLeft.add(one);
            } else if (now.putIfAbsent(id, new DetailTables.Said(one.details(), one.inactiveSince())) == null
                    && one.inactiveSince() != null) {
                silent.add(one.label());
            }
        }
        return now;
    }

    /** People whom this import brought who are not recognised. */
    List<Label> silent() {
        return silent;
    }

    /** What is said of people who were there before, who have no template or got their label meanwhile. */
    Queue<GalleryDump.Described> describedLeft() {
        return describedLeft;
    }

    /** Rights of people who were enrolled before, or got their label meanwhile. */
    List<GalleryDump.Rights> rightsLeft() {
        return rightsLeft;
    }

    /** The next people who were there before and got templates: their time of creation, now, and id. */
    List<Tuple> nextTouched(int most, Instant now) {
        List<Tuple> portion = new ArrayList<>();
        while (portion.size() < most && !touched.isEmpty()) {
            Touched person = touched.remove();
            portion.add(Tuple.of(person.oldest.toEpochMilli(), now.toEpochMilli(), person.person));
        }
        return portion;
    }
}

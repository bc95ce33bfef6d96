package dev.lintel.testkit;

import dev.lintel.access.GalleryDump;
import dev.lintel.bus.Bus;
import dev.lintel.face.Candidate;
import dev.lintel.face.Embedding;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.face.Person;
import dev.lintel.face.Refusal;
import dev.lintel.messages.BackupMessages;
import dev.lintel.messages.BackupMessages.ImportResult;
import dev.lintel.messages.PeopleMessages;
import dev.lintel.messages.PeopleMessages.Deletion;
import dev.lintel.messages.PeopleMessages.EnrolTemplates;
import dev.lintel.messages.PeopleMessages.Enrolment;
import dev.lintel.messages.PeopleMessages.ListPeople;
import dev.lintel.messages.PeopleMessages.Matches;
import dev.lintel.messages.PeopleMessages.PeoplePage;
import dev.lintel.messages.PeopleMessages.RenamePerson;
import dev.lintel.messages.StoreMessages;
import dev.lintel.messages.StoreMessages.StoreHealth;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** A store that forgets at the end of the test, with the answers of the real one. */
final class FakeStore {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private record Stored(long id, Embedding embedding, double quality) {}

    private final Map<Label, List<Stored>> people = new ConcurrentSkipListMap<>();
    private long lastId;

    Future<?> serve(Bus bus) {
        return Future.all(List.of(
                bus.serve(
                        PeopleMessages.MATCH,
                        q -> done(new Matches(
                                q.probes().stream()
                                        .map(probe -> nearest(probe).stream()
                                                .limit(q.top())
                                                .toList())
                                        .toList(),
                                templates()))),
                bus.serve(
                        PeopleMessages.MATCH_PERSON,
                        q -> of(
                                q.label(),
                                mine -> nearest(q.probe()).stream()
                                        .filter(c -> c.label().equals(q.label()))
                                        .findFirst()
                                        .orElseThrow())),
                bus.serve(PeopleMessages.ENROL, q -> done(enrol(q))),
                bus.serve(PeopleMessages.LIST, q -> done(list(q))),
                bus.serve(PeopleMessages.GET, q -> of(q.label(), mine -> person(q.label()))),
                bus.serve(PeopleMessages.RENAME, this::rename),
                bus.serve(
                        PeopleMessages.DELETE,
                        q -> of(
                                q.label(),
                                mine -> new Deletion(
                                        q.label(), people.remove(q.label()).size(), 0))),
                bus.serve(
                        PeopleMessages.DELETE_TEMPLATE,
                        q -> of(q.label(), mine -> {
                            mine.removeIf(stored -> stored.id() == q.id());
                            int left = mine.size();
                            people.values().removeIf(List::isEmpty);
                            return new Deletion(q.label(), 1, left);
                        })),
                bus.serve(BackupMessages.EXPORT, q -> done(export())),
                bus.serve(BackupMessages.IMPORT, q -> {
                    q.dump().entries().forEach(e -> add(e.label(), e.embedding(), e.quality()));
                    return done(new ImportResult(q.dump().entries().size(), 0, people.size()));
                }),
                bus.serve(
                        StoreMessages.STATUS,
                        q -> done(new StoreHealth(true, people.size(), templates(), templates(), 4096, 1L << 30)))));
    }

    boolean knows(Label label) {
        return people.containsKey(label);
    }

    void clear() {
        people.clear();
    }

    private <R> Future<Outcome<R>> of(Label label, java.util.function.Function<List<Stored>, R> answer) {
        List<Stored> mine = people.get(label);
        return mine == null
                ? Future.succeededFuture(
                        Outcome.refused(Refusal.Code.UNKNOWN_PERSON, label.text() + " is not enrolled: see the list"))
                : done(answer.apply(mine));
    }

    Enrolment enrol(EnrolTemplates q) {
        List<Enrolment.Result> results = new ArrayList<>();
        for (EnrolTemplates.NewTemplate template : q.templates()) {
            Candidate other = nearest(template.embedding()).stream()
                    .filter(c -> !c.label().equals(q.label()) && c.similarity() >= q.duplicateSimilarity())
                    .findFirst()
                    .orElse(null);
            boolean refused = other != null && !q.allowDuplicate();
            results.add(new Enrolment.Result(
                    refused ? 0 : add(q.label(), template.embedding(), template.quality()), other));
        }
        return new Enrolment(
                q.label(), people.getOrDefault(q.label(), List.of()).size(), results);
    }

    private Future<Outcome<Person>> rename(RenamePerson q) {
        if (people.containsKey(q.to()) && !q.merge()) {
            return Future.succeededFuture(Outcome.refused(Refusal.Code.LABEL_TAKEN, "taken: add merge=true"));
        }
        return of(q.from(), mine -> {
            people.remove(q.from());
            people.computeIfAbsent(q.to(), label -> new ArrayList<>()).addAll(mine);
            return person(q.to());
        });
    }

    private PeoplePage list(ListPeople q) {
        List<Person.Summary> after = people.entrySet().stream()
                .filter(e -> e.getKey().text().compareTo(q.after()) > 0)
                .map(e -> new Person.Summary(e.getKey(), e.getValue().size(), NOW, NOW))
                .toList();
        return new PeoplePage(
                after.subList(0, Math.min(q.limit(), after.size())), people.size(), after.size() > q.limit());
    }

    private GalleryDump export() {
        List<GalleryDump.Entry> entries = new ArrayList<>();
        people.forEach((label, mine) ->
                mine.forEach(s -> entries.add(new GalleryDump.Entry(label, NOW, s.quality(), s.embedding()))));
        return new GalleryDump(entries);
    }

    private Person person(Label label) {
        List<Person.Template> templates = people.get(label).stream()
                .map(s -> new Person.Template(s.id(), s.embedding().modelId(), NOW, s.quality()))
                .toList();
        return new Person(label, NOW, NOW, templates);
    }

    private List<Candidate> nearest(Embedding probe) {
        return people.entrySet().stream()
                .map(e -> new Candidate(
                        e.getKey(),
                        e.getValue().stream()
                                .mapToDouble(s -> s.embedding().similarity(probe))
                                .max()
                                .orElseThrow()))
                .sorted(Comparator.comparingDouble(Candidate::similarity).reversed())
                .toList();
    }

    private long add(Label label, Embedding embedding, double quality) {
        people.computeIfAbsent(label, l -> new ArrayList<>()).add(new Stored(++lastId, embedding, quality));
        return lastId;
    }

    private int templates() {
        return people.values().stream().mapToInt(List::size).sum();
    }

    private static <R> Future<Outcome<R>> done(R answer) {
        return Future.succeededFuture(Outcome.done(answer));
    }
}

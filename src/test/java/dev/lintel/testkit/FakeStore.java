package dev.lintel.testkit;

import dev.lintel.access.Enrolled;
import dev.lintel.access.GalleryDump;
import dev.lintel.access.PutResult;
import dev.lintel.bus.Bus;
import dev.lintel.face.Candidate;
import dev.lintel.face.Details;
import dev.lintel.face.Embedding;
import dev.lintel.face.FusedLooks;
import dev.lintel.face.GallerySize;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.face.Person;
import dev.lintel.face.Refusal;
import dev.lintel.messages.BackupMessages;
import dev.lintel.messages.BackupMessages.ImportGallery;
import dev.lintel.messages.BackupMessages.ImportResult;
import dev.lintel.messages.PeopleMessages;
import dev.lintel.messages.PeopleMessages.Alike;
import dev.lintel.messages.PeopleMessages.ChangeTemplate;
import dev.lintel.messages.PeopleMessages.CollectPersonData;
import dev.lintel.messages.PeopleMessages.DeleteTemplate;
import dev.lintel.messages.PeopleMessages.Deletion;
import dev.lintel.messages.PeopleMessages.DescribePerson;
import dev.lintel.messages.PeopleMessages.EnrolTemplates;
import dev.lintel.messages.PeopleMessages.Enrolment;
import dev.lintel.messages.PeopleMessages.FindPeople;
import dev.lintel.messages.PeopleMessages.KnownDetails;
import dev.lintel.messages.PeopleMessages.ListPeople;
import dev.lintel.messages.PeopleMessages.MatchFaces;
import dev.lintel.messages.PeopleMessages.MatchPerson;
import dev.lintel.messages.PeopleMessages.Matches;
import dev.lintel.messages.PeopleMessages.PeopleCheck;
import dev.lintel.messages.PeopleMessages.PeoplePage;
import dev.lintel.messages.PeopleMessages.PersonForgotten;
import dev.lintel.messages.PeopleMessages.PersonMatch;
import dev.lintel.messages.PeopleMessages.PutAnswer;
import dev.lintel.messages.PeopleMessages.PutPerson;
import dev.lintel.messages.PeopleMessages.RenamePerson;
import dev.lintel.messages.RenewalMessages;
import dev.lintel.messages.RenewalMessages.NextViews;
import dev.lintel.messages.RenewalMessages.Views;
import dev.lintel.messages.StoreMessages;
import dev.lintel.messages.StoreMessages.StoreHealth;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The people of a store that forgets at the end of the test; passes the store's contract. */
final class FakeStore {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final double SAME = 0.99999;

    private record Stored(long id, Embedding embedding, double quality) {}

    private final Map<Label, List<Stored>> people = new ConcurrentSkipListMap<>();
    private final Map<UUID, List<GalleryDump>> parts = new ConcurrentHashMap<>();
    private final Set<Long> aside = ConcurrentHashMap.newKeySet();
    private final FakeRights rights;
    private final FakeDetails details = new FakeDetails();
    private Bus bus;
    private long lastId;

    FakeStore(FakeRights rights) {
        this.rights = rights;
    }

    Future<?> serve(Bus bus) {
        this.bus = bus;
        return Future.all(List.of(
                bus.serve(PeopleMessages.MATCH, q -> answer(match(q))),
                bus.serve(PeopleMessages.MATCH_PERSON, q -> answer(matchPerson(q))),
                bus.serve(PeopleMessages.ENROL, q -> answer(enrol(q))),
                bus.serve(PeopleMessages.LIST, q -> answer(list(q))),
                bus.serve(PeopleMessages.GET, q -> answer(of(q.label(), mine -> Outcome.done(person(q.label()))))),
                bus.serve(
                        PeopleMessages.CHECK,
                        q -> answer(
                                q.label() == null
                                        ? Outcome.done(check())
                                        : of(q.label(), mine -> Outcome.done(check(q.label(), mine))))),
                bus.serve(PeopleMessages.CHANGE_TEMPLATE, q -> answer(of(q.label(), mine -> change(q, mine)))),
                bus.serve(
                        PeopleMessages.FIND_ALIKE,
                        q -> answer(Outcome.done(new Alike(people.keySet().stream()
                                .filter(label -> !label.equals(q.label())
                                        && label.folded().equals(q.label().folded()))
                                .sorted()
                                .toList())))),
                bus.serve(
                        PeopleMessages.PICTURE,
                        q -> answer(of(
                                q.label(),
                                mine -> Outcome.refused(
                                        Refusal.Code.UNKNOWN_TEMPLATE, "no picture is kept: list the templates")))),
                bus.serve(PeopleMessages.FIND, q -> answer(find(q))),
                bus.serve(
                        PeopleMessages.DETAILS,
                        q -> answer(Outcome.done(new KnownDetails(q.labels().stream()
                                .filter(label -> !details.of(label).isEmpty())
                                .collect(Collectors.toMap(label -> label, details::of)))))),
                bus.serve(PeopleMessages.DESCRIBE, q -> answer(of(q.label(), mine -> describe(q)))),
                bus.serve(
                        PeopleMessages.SET_ACTIVE,
                        q -> answer(of(q.label(), mine -> {
                            details.activate(q.label(), q.active(), NOW);
                            return Outcome.done(person(q.label()));
                        }))),
                bus.serve(PeopleMessages.PUT, q -> answer(put(q))),
                bus.serve(RenewalMessages.NEXT, q -> answer(next(q))),
                bus.serve(RenewalMessages.RENEW, q -> answer(Outcome.done(0))),
                bus.serve(RenewalMessages.LEARN, q -> answer(Outcome.done(false))),
                bus.serve(PeopleMessages.FIND_OWNER, q -> answer(owner(q.template()))),
                bus.serve(PeopleMessages.RENAME, q -> answer(rename(q))),
                bus.serve(PeopleMessages.DELETE, q -> answer(of(q.label(), mine -> Outcome.done(forget(q.label()))))),
                bus.serve(PeopleMessages.DELETE_TEMPLATE, q -> answer(of(q.label(), mine -> delete(q, mine)))),
                bus.serve(BackupMessages.EXPORT, q -> answer(Outcome.done(export()))),
                bus.serve(BackupMessages.IMPORT, q -> answer(load(q))),
                bus.serve(BackupMessages.ABORT_IMPORT, q -> answer(Outcome.done(parts.remove(q.id()) != null))),
                bus.serve(
                        StoreMessages.STATUS,
                        q -> answer(Outcome.done(new StoreHealth(
                                true, people.size(), templates(), templates(), 0, 0, 4096, 1L << 30))))));
    }

    /** Since when people are enrolled, in which groups. */
    Map<Label, Enrolled> enrolled() {
        Map<Label, Enrolled> all = new HashMap<>();
        people.keySet()
                .forEach(label ->
                        all.put(label, new Enrolled(NOW, null, rights.of(label).groups())));
        return all;
    }

    /** Refused if nobody is enrolled under the label. */
    Outcome<Person> person(CollectPersonData q) {
        return of(q.label(), mine -> Outcome.done(person(q.label())));
    }

    List<GalleryDump.Entry> entries(Label label) {
        return people.get(label).stream()
                .map(s -> new GalleryDump.Entry(label, NOW, s.quality(), s.embedding()))
                .toList();
    }

    boolean knows(Label label) {
        return people.containsKey(label);
    }

    void clear() {
        people.clear();
        details.clear();
    }

    private <R> Outcome<R> of(Label label, Function<List<Stored>, Outcome<R>> answer) {
        List<Stored> mine = people.get(label);
        return mine == null
                ? Outcome.refused(Refusal.Code.UNKNOWN_PERSON, label.text() + " is not enrolled: see the list")
                : answer.apply(mine);
    }

    /** Whether the person is recognised. */
    boolean active(Label label) {
        return details.active(label);
    }

    private Outcome<Person> describe(DescribePerson q) {
        String number = q.change().externalId();
        if (number != null
                && !number.isEmpty()
                && details.owner(number)
                        .filter(owner -> !owner.equals(q.label()))
                        .isPresent()) {
            return Outcome.refused(Refusal.Code.EXTERNAL_ID_TAKEN, "somebody else has it: find them");
        }
        details.say(q.label(), q.change());
        return Outcome.done(person(q.label()));
    }

    private Outcome<PutAnswer> put(PutPerson q) {
        Optional<Label> owner = details.owner(q.externalId());
        boolean there = people.containsKey(q.label());
        boolean renamed = owner.isPresent() && !owner.get().equals(q.label());
        if (there
                && (renamed
                        || owner.isEmpty()
                                && !details.of(q.label()).externalId().isEmpty())) {
            return Outcome.refused(Refusal.Code.LABEL_TAKEN, "taken: choose another label");
        }
        if (renamed) {
            rename(new RenamePerson(owner.get(), q.label(), false, q.deadline()));
        }
        people.computeIfAbsent(q.label(), label -> new ArrayList<>());
        Person before = person(q.label());
        details.say(
                q.label(),
                new Details.Change(q.externalId(), q.change().note(), q.change().fields()));
        if (q.active() != null) {
            details.activate(q.label(), q.active(), NOW);
        }
        Person after = person(q.label());
        return Outcome.done(new PutAnswer(
                after,
                owner.isEmpty()
                        ? there ? PutResult.LINKED : PutResult.CREATED
                        : renamed || !after.equals(before) ? PutResult.UPDATED : PutResult.UNCHANGED,
                renamed ? owner.get() : null));
    }

    private Outcome<PeoplePage> find(FindPeople q) {
        List<Person.Summary> found = people.entrySet().stream()
                .map(e -> summary(e.getKey(), e.getValue()))
                .filter(person -> q.externalId().isEmpty()
                        || q.externalId().equals(person.details().externalId()))
                .filter(q::fits)
                .sorted(Comparator.comparing(Person.Summary::label))
                .toList();
        List<Person.Summary> rest = found.stream()
                .filter(person -> person.label().text().compareTo(q.after()) > 0)
                .toList();
        return Outcome.done(new PeoplePage(
                rest.subList(0, Math.min(q.limit(), rest.size())), found.size(), rest.size() > q.limit()));
    }

    private Person.Summary summary(Label label, List<Stored> mine) {
        return new Person.Summary(label, mine.size(), NOW, NOW, details.of(label), details.inactiveSince(label));
    }

    private Outcome<Matches> match(MatchFaces q) {
        if (q.top() < 1) {
            return Outcome.refused(Refusal.Code.INVALID_REQUEST, "top must be at least 1");
        }
        return comparable(
                q.probes().stream(),
                () -> Outcome.done(new Matches(
                        q.probes().stream()
                                .map(probe -> nearest(probe).stream()
                                        .filter(candidate -> details.active(candidate.label()))
                                        .limit(q.top())
                                        .toList())
                                .toList(),
                        size())));
    }

    private Outcome<PersonMatch> matchPerson(MatchPerson q) {
        return comparable(
                Stream.of(q.probe()),
                () -> of(
                        q.label(),
                        mine -> !details.active(q.label())
                                ? Outcome.refused(Refusal.Code.PERSON_INACTIVE, "deactivated: activate first")
                                : Outcome.done(nearest(q.probe()).stream()
                                        .filter(c -> c.label().equals(q.label()))
                                        .map(c -> new PersonMatch(c.similarity(), mine.size()))
                                        .findFirst()
                                        .orElseThrow())));
    }

    private static <R> Outcome<R> comparable(Stream<Embedding> faces, java.util.function.Supplier<Outcome<R>> answer) {
        return faces.allMatch(face -> face.modelId().equals(FakeFaces.MODEL))
                ? answer.get()
                : Outcome.refused(Refusal.Code.MODEL_MISMATCH, "another model: enrol from photos");
    }

    Outcome<Enrolment> enrol(EnrolTemplates q) {
        if (q.templates().isEmpty()) {
            return Outcome.refused(Refusal.Code.INVALID_REQUEST, "there is no template to enrol");
        }
        if (!q.overRights() && rights.given(q.label())) {
            return Outcome.refused(Refusal.Code.RIGHTS_PROTECTED, "an administrator's decision");
        }
        return comparable(q.templates().stream().map(EnrolTemplates.NewTemplate::embedding), () -> {
            List<Enrolment.Result> results = new ArrayList<>();
            for (EnrolTemplates.NewTemplate template : q.templates()) {
                Candidate other = nearest(template.embedding()).stream()
                        .filter(c -> !c.label().equals(q.label()) && c.similarity() >= q.duplicateSimilarity())
                        .findFirst()
                        .orElse(null);
                if (q.allowDuplicate() && other != null && !details.active(other.label())) {
                    return Outcome.refused(Refusal.Code.PERSON_INACTIVE, "activate that person first");
                }
                Double unlike = unlike(q, template.embedding());
                boolean refused = other != null && !q.allowDuplicate() || unlike != null;
                results.add(new Enrolment.Result(
                        refused ? 0 : add(q.label(), template.embedding(), template.quality()), other, unlike));
            }
            return Outcome.done(new Enrolment(
                    q.label(), people.getOrDefault(q.label(), List.of()).size(), results));
        });
    }

    private PeopleCheck check() {
        return new PeopleCheck(
                people.size(),
                null,
                people.entrySet().stream()
                        .flatMap(e -> check(e.getKey(), e.getValue()).fits().stream())
                        .toList());
    }

    private PeopleCheck check(Label label, List<Stored> mine) {
        return new PeopleCheck(
                1,
                null,
                mine.stream()
                        .filter(stored -> !aside.contains(stored.id()))
                        .map(stored -> new PeopleCheck.Fit(
                                label,
                                stored.id(),
                                embeddings(mine).size() == 1
                                        ? null
                                        : score(
                                                mine.stream()
                                                        .filter(other -> other != stored && !aside.contains(other.id()))
                                                        .map(Stored::embedding)
                                                        .toList(),
                                                stored.embedding()),
                                nearest(stored.embedding()).stream()
                                        .filter(candidate -> !candidate.label().equals(label))
                                        .findFirst()
                                        .orElse(null)))
                        .toList());
    }

    private Double unlike(EnrolTemplates q, Embedding face) {
        List<Stored> mine = people.get(q.label());
        double score = mine == null || embeddings(mine).isEmpty() ? 1 : score(embeddings(mine), face);
        return score < q.unlikeSimilarity() ? score : null;
    }

    /** Of those that are compared. */
    private List<Embedding> embeddings(List<Stored> mine) {
        return mine.stream()
                .filter(stored -> !aside.contains(stored.id()))
                .map(Stored::embedding)
                .toList();
    }

    private Outcome<Person> change(ChangeTemplate q, List<Stored> mine) {
        Optional<Stored> found =
                mine.stream().filter(stored -> stored.id() == q.id()).findFirst();
        if (found.isEmpty()) {
            return Outcome.refused(Refusal.Code.UNKNOWN_TEMPLATE, "no such template: list the person's templates");
        }
        if (q.moveTo() != null && !people.containsKey(q.moveTo())) {
            return Outcome.refused(Refusal.Code.UNKNOWN_PERSON, "nobody is called so: see the list");
        }
        if (q.moveTo() != null && !q.moveTo().equals(q.label()) && mine.size() == 1) {
            return Outcome.refused(Refusal.Code.INVALID_REQUEST, "the only template: rename the person");
        }
        if (Boolean.TRUE.equals(q.setAside())) {
            aside.add(q.id());
        } else if (q.setAside() != null) {
            aside.remove(q.id());
        }
        Label owner = q.moveTo() == null ? q.label() : q.moveTo();
        mine.remove(found.get());
        people.get(owner).add(found.get());
        return Outcome.done(person(owner));
    }

    private Outcome<Label> owner(long template) {
        return people.entrySet().stream()
                .filter(one -> one.getValue().stream().anyMatch(stored -> stored.id() == template))
                .findFirst()
                .map(one -> Outcome.done(one.getKey()))
                .orElseGet(() -> Outcome.refused(Refusal.Code.UNKNOWN_TEMPLATE, "no such template: list them"));
    }

    private Outcome<Person> rename(RenamePerson q) {
        return of(q.from(), mine -> {
            if (q.from().equals(q.to())) {
                return Outcome.done(person(q.to()));
            }
            if (people.containsKey(q.to()) && !q.merge()) {
                return Outcome.refused(Refusal.Code.LABEL_TAKEN, "taken: add merge=true");
            }
            if (people.containsKey(q.to())
                    && score(embeddings(people.get(q.to())), mean(embeddings(mine))) < q.unlikeSimilarity()) {
                return Outcome.refused(Refusal.Code.UNLIKE_OTHERS, "different people: add mixed=allow");
            }
            if (people.containsKey(q.to()) && !q.overRights() && (rights.given(q.from()) || rights.given(q.to()))) {
                return Outcome.refused(Refusal.Code.RIGHTS_PROTECTED, "an administrator's decision");
            }
            people.remove(q.from());
            people.computeIfAbsent(q.to(), label -> new ArrayList<>()).addAll(mine);
            rights.move(q.from(), q.to());
            details.move(q.from(), q.to());
            bus.publish(PeopleMessages.FORGOTTEN, new PersonForgotten(q.from()));
            return Outcome.done(person(q.to()));
        });
    }

    private Deletion forget(Label label) {
        int templates = people.remove(label).size();
        rights.forget(label);
        details.forget(label);
        bus.publish(PeopleMessages.FORGOTTEN, new PersonForgotten(label));
        return new Deletion(label, templates, 0);
    }

    private Outcome<Deletion> delete(DeleteTemplate q, List<Stored> mine) {
        if (mine.stream().noneMatch(stored -> stored.id() == q.id())) {
            return Outcome.refused(Refusal.Code.UNKNOWN_TEMPLATE, "no such template: list the person's templates");
        }
        if (mine.size() == 1) {
            return Outcome.done(forget(q.label()));
        }
        mine.removeIf(stored -> stored.id() == q.id());
        return Outcome.done(new Deletion(q.label(), 1, mine.size()));
    }

    /** It keeps no pictures. */
    private static Outcome<Views> next(NextViews q) {
        return q.limit() < 1
                ? Outcome.refused(Refusal.Code.INVALID_REQUEST, "limit must be at least 1")
                : Outcome.done(new Views(List.of(), 0, 0));
    }

    private static boolean wanted(List<Stored> theirs, ListPeople q) {
        return q.withoutModel() == null
                || !theirs.isEmpty()
                        && theirs.stream()
                                .noneMatch(one -> one.embedding().modelId().equals(q.withoutModel()));
    }

    private Outcome<PeoplePage> list(ListPeople q) {
        if (q.limit() < 1) {
            return Outcome.refused(Refusal.Code.INVALID_REQUEST, "limit must be at least 1");
        }
        List<Person.Summary> after = people.entrySet().stream()
                .filter(e -> e.getKey().text().compareTo(q.after()) > 0 && wanted(e.getValue(), q))
                .map(e -> summary(e.getKey(), e.getValue()))
                .toList();
        return Outcome.done(new PeoplePage(
                after.subList(0, Math.min(q.limit(), after.size())),
                (int) people.values().stream()
                        .filter(theirs -> wanted(theirs, q))
                        .count(),
                after.size() > q.limit()));
    }

    private GalleryDump export() {
        List<GalleryDump.Entry> entries = new ArrayList<>();
        people.keySet().forEach(label -> entries.addAll(entries(label)));
        return new GalleryDump(entries, rights.all(), details.all());
    }

    private Outcome<ImportResult> load(ImportGallery part) {
        List<GalleryDump> before = part.number() == 0 ? new ArrayList<>() : parts.remove(part.id());
        if (before == null || before.size() != part.number() || part.number() == 0 && !parts.isEmpty()) {
            return Outcome.refused(Refusal.Code.INVALID_REQUEST, "begin again, once no other is being imported");
        }
        before.add(part.dump());
        if (!part.last()) {
            parts.put(part.id(), before);
            return Outcome.done(new ImportResult(0, 0, 0));
        }
        return load(new GalleryDump(
                before.stream().flatMap(one -> one.entries().stream()).toList(),
                before.stream().flatMap(one -> one.rights().stream()).toList(),
                before.stream().flatMap(one -> one.people().stream()).toList()));
    }

    private Outcome<ImportResult> load(GalleryDump dump) {
        if (!dump.entries().isEmpty()
                && dump.entries().stream()
                        .noneMatch(entry -> entry.embedding().modelId().equals(FakeFaces.MODEL))) {
            return Outcome.refused(Refusal.Code.MODEL_MISMATCH, "another model: enrol from photos");
        }
        int before = templates();
        dump.entries().forEach(entry -> add(entry.label(), entry.embedding(), entry.quality()));
        dump.rights().stream().filter(one -> knows(one.label())).forEach(rights::keepIfNone);
        dump.people().forEach(one -> {
            people.computeIfAbsent(one.label(), label -> new ArrayList<>());
            if (details.of(one.label()).isEmpty()) {
                details.say(
                        one.label(),
                        new Details.Change(
                                one.details().externalId(),
                                one.details().note(),
                                one.details().fields()));
                details.activate(one.label(), one.inactiveSince() == null, NOW);
            }
        });
        int imported = templates() - before;
        return Outcome.done(new ImportResult(imported, dump.entries().size() - imported, people.size()));
    }

    private Person person(Label label) {
        List<Person.Template> templates = people.get(label).stream()
                .map(s -> new Person.Template(
                        s.id(), s.embedding().modelId(), NOW, s.quality(), aside.contains(s.id()), false, false))
                .toList();
        return new Person(label, NOW, NOW, templates, details.of(label), details.inactiveSince(label));
    }

    private List<Candidate> nearest(Embedding probe) {
        return people.entrySet().stream()
                .filter(e -> !embeddings(e.getValue()).isEmpty())
                .map(e -> new Candidate(e.getKey(), score(embeddings(e.getValue()), probe)))
                .sorted(Comparator.comparingDouble(Candidate::similarity).reversed())
                .toList();
    }

    private static double score(List<Embedding> templates, Embedding probe) {
        double nearest = templates.stream()
                .mapToDouble(template -> template.similarity(probe))
                .max()
                .orElseThrow();
        return (nearest + mean(templates).similarity(probe)) / 2;
    }

    private static Embedding mean(List<Embedding> templates) {
        return FusedLooks.of(templates.stream()
                        .map(template -> new FusedLooks.Look(template, 1))
                        .toList())
                .mean();
    }

    private GallerySize size() {
        return new GallerySize(templates(), (int)
                people.values().stream().filter(mine -> !mine.isEmpty()).count());
    }

    /** The id of the stored template, which may be there already. */
    private long add(Label label, Embedding embedding, double quality) {
        List<Stored> mine = people.computeIfAbsent(label, l -> new ArrayList<>());
        for (Stored stored : mine) {
            if (stored.embedding().similarity(embedding) >= SAME) {
                return stored.id();
            }
        }
        mine.add(new Stored(++lastId, embedding, quality));
        return lastId;
    }

    private int templates() {
        return people.values().stream().mapToInt(List::size).sum();
    }

    private static <R> Future<Outcome<R>> answer(Outcome<R> outcome) {
        return Future.succeededFuture(outcome);
    }
}

package dev.lintel.store.visitors;

import dev.lintel.access.DoorEvent;
import dev.lintel.access.LiveProof;
import dev.lintel.access.PersonData;
import dev.lintel.access.Sighting;
import dev.lintel.bus.Command;
import dev.lintel.face.Embedding;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.messages.PeopleMessages.EnrolTemplates;
import dev.lintel.messages.PeopleMessages.Enrolment;
import dev.lintel.messages.VisitorMessages.AssignVisitors;
import dev.lintel.messages.VisitorMessages.ForgetVisitors;
import dev.lintel.messages.VisitorMessages.IgnoreVisitors;
import dev.lintel.messages.VisitorMessages.ListVisitors;
import dev.lintel.messages.VisitorMessages.VisitorGroup;
import dev.lintel.messages.VisitorMessages.Visitors;
import dev.lintel.messages.VisitorMessages.VisitorsForgotten;
import dev.lintel.store.people.PeopleStore;
import dev.lintel.store.sqlite.Tables;
import dev.lintel.store.sqlite.Transactions;
import dev.lintel.store.sqlite.Transactions.Change;
import dev.lintel.store.visitors.VisitorTables.Visit;
import dev.lintel.visitors.FaceGroup;
import dev.lintel.visitors.Grouping;
import dev.lintel.visitors.VisitorsConfig;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Unknown people who were seen lately, in the database of the people who are known: one vector for each visit, grouped
 * by likeness, until they are given a name, ignored or forgotten. Thread-safe.
 */
public final class VisitorStore {
    private static final Logger LOG = LoggerFactory.getLogger(VisitorStore.class);

    /** Enough to know somebody again; more would make the gallery slower and hardly better. */
    private static final int TEMPLATES = 5;

    /** Enrolled people who are named as somebody whom a visitor may be. */
    private static final int SUGGESTED = 3;

    private final PeopleStore people;
    private final Transactions transactions;
    private final VisitorUpkeep upkeep;
    private final VisitorsConfig config;
    private final Grouping grouping;
    private final double similarity;
    private final String modelId;
    private final InstantSource clock;

    /** @param similarity mean cosine similarity from which on two visits are one person's */
    public VisitorStore(
            PeopleStore people,
            Transactions transactions,
            VisitorsConfig config,
            double similarity,
            String modelId,
            InstantSource clock) {
        this.people = people;
        this.transactions = transactions;
        this.config = config;
        this.grouping = new Grouping(similarity);
        this.similarity = similarity;
        this.modelId = modelId;
        this.clock = clock;
        this.upkeep = new VisitorUpkeep(transactions, config, grouping, modelId, clock);
    }

    /**
     * Remembers whom an event is about, inside the transaction that records it. That this fails must not keep the event
     * from being recorded, and so the door from working.
     */
    public Future<Void> note(Change change, DoorEvent event) {
        Sighting sighting = event.decision() == null ? null : event.decision().sighting();
        return sighting == null
                ? Future.succeededFuture()
                : note(change, sighting).recover(failure -> {
                    LOG.warn("an unknown visitor could not be remembered", failure);
                    return Future.succeededFuture();
                });
    }

    /**
     * Remembers a sighting inside the transaction that records it, if it is of somebody unknown who was not caught
     * holding a photo. The same sighting counts once.
     */
    public Future<Void> note(Change change, Sighting sighting) {
        Embedding face = sighting.embedding();
        if (!config.on()
                || sighting.identity() != Sighting.Identity.UNKNOWN
                || sighting.liveness().state() == LiveProof.State.ATTACK
                || face == null
                || !face.modelId().equals(modelId)) {
            return Future.succeededFuture();
        }
        VisitorTables tables = new VisitorTables(change.tables());
        Visit visit = new Visit(
                sighting.id().toString(),
                sighting.camera(),
                sighting.decided(),
                sighting.liveness().state() == LiveProof.State.LIVE,
                face.vector());
        return tables.known(visit.sighting())
                .compose(known -> known
                        ? Future.succeededFuture()
                        : tables.groups(modelId).compose(groups -> place(change, tables, visit, groups)));
    }

    private Future<Void> place(Change change, VisitorTables tables, Visit visit, List<FaceGroup> groups) {
        FaceGroup home = grouping.home(visit.vector(), groups).orElse(null);
        if (home != null && home.ignored()) {
            return Future.succeededFuture();
        }
        if (home == null) {
            return tables.insertGroup(modelId, visit.vector())
                    .compose(id -> tables.insertVisit(id, visit))
                    .compose(stored -> upkeep.trim(change, tables));
        }
        FaceGroup grown = home.with(visit.vector());
        return tables.insertVisit(grown.id(), visit)
                .compose(stored -> tables.updateGroup(grown))
                .compose(updated -> join(tables, grown, groups))
                .compose(joined -> upkeep.trim(change, tables));
    }

    /** What a group has become may be what another one is. */
    private Future<Void> join(VisitorTables tables, FaceGroup group, List<FaceGroup> groups) {
        FaceGroup partner = grouping.partner(group, groups).orElse(null);
        if (partner == null) {
            return Future.succeededFuture();
        }
        FaceGroup kept = Grouping.older(group, partner);
        FaceGroup gone = kept == group ? partner : group;
        FaceGroup both = kept.with(gone);
        List<FaceGroup> left = groups.stream()
                .filter(other -> other.id() != gone.id() && other.id() != kept.id())
                .toList();
        return tables.moveVisits(gone.id(), kept.id())
                .compose(moved -> tables.deleteGroup(gone.id()))
                .compose(deleted -> tables.updateGroup(both))
                .compose(updated -> join(tables, both, left));
    }

    public Future<Outcome<Visitors>> list(ListVisitors question) {
        return transactions.read(question.deadline(), tables -> {
            VisitorTables visitors = new VisitorTables(tables);
            return question.ignored()
                    ? visitors.ignored(modelId, config.ignoreFor())
                            .map(groups -> Outcome.done(new Visitors(config.keep(), groups)))
                    : visitors.listed(modelId, config.keep())
                            .compose(groups -> visitors.groups(modelId)
                                    .compose(faces ->
                                            people.compute(() -> resembling(groups, faces, question.resembling()))))
                            .map(groups -> Outcome.done(new Visitors(config.keep(), groups)));
        });
    }

    /** With the enrolled people whom each looks like: not enough to be recognised, but worth a question. */
    private List<VisitorGroup> resembling(List<VisitorGroup> groups, List<FaceGroup> faces, double similarity) {
        Map<Long, FaceGroup> byId = faces.stream().collect(Collectors.toMap(FaceGroup::id, face -> face));
        return groups.stream()
                .map(group -> {
                    FaceGroup face = byId.get(group.id());
                    return face == null
                            ? group
                            : group.resembling(people.resembling(face.mean(), SUGGESTED, similarity));
                })
                .toList();
    }

    /**
     * Enrols those faces of the group that are most like the others of it. The quality of such a template is its mean
     * likeness to the group: no picture is left to judge. If each is another person's already, nothing changes.
     */
    public Future<Outcome<Enrolment>> assign(AssignVisitors question) {
        return listed(
                question.group(),
                question,
                (change, group) -> new VisitorTables(change.tables())
                        .visits(group.id())
                        .compose(visits -> {
                            List<EnrolTemplates.NewTemplate> best = best(group, visits, question.allowUnproven());
                            if (best.isEmpty()) {
                                return Future.succeededFuture(
                                        Outcome.refused(
                                                Refusal.Code.SPOOF_SUSPECTED,
                                                "failed liveness checks: no face"
                                                        + " of this group was proven to be live; if you know that this person stood there, add liveness=any"));
                            }
                            return people.enrol(
                                            change,
                                            new EnrolTemplates(
                                                    question.label(),
                                                    best,
                                                    question.duplicateSimilarity(),
                                                    question.allowDuplicate(),
                                                    question.unlikeSimilarity(),
                                                    question.overRights(),
                                                    question.deadline()))
                                    .compose(outcome -> outcome.fold(
                                            enrolment -> enrolment.results().stream()
                                                            .anyMatch(Enrolment.Result::stored)
                                                    ? forget(change, group).map(gone -> outcome)
                                                    : Future.succeededFuture(outcome),
                                            refusal -> Future.succeededFuture(outcome)));
                        }));
    }

    private List<EnrolTemplates.NewTemplate> best(FaceGroup group, List<Visit> visits, boolean allowUnproven) {
        record Rated(float[] face, double likeness) {}
        return visits.stream()
                .filter(visit -> visit.live() || allowUnproven)
                .map(visit -> new Rated(visit.vector(), group.similarity(visit.vector())))
                .sorted(Comparator.comparingDouble(Rated::likeness).reversed())
                .limit(TEMPLATES)
                .map(rated -> new EnrolTemplates.NewTemplate(
                        new Embedding(modelId, rated.face), Math.max(0, Math.min(1, rated.likeness))))
                .toList();
    }

    public Future<Outcome<VisitorGroup>> ignore(IgnoreVisitors question) {
        return listed(question.group(), question, (change, group) -> {
            change.erases();
            Instant now = clock.instant();
            VisitorTables tables = new VisitorTables(change.tables());
            return tables.ignore(group.id(), now)
                    .compose(done -> tables.deleteIgnoredBeyond(config.most()))
                    .map(done -> Outcome.done(VisitorTables.ignored(group.id(), now, config.ignoreFor())));
        });
    }

    public Future<Outcome<VisitorsForgotten>> forget(ForgetVisitors question) {
        return found(
                question.group(),
                question,
                (change, group) -> new VisitorTables(change.tables())
                        .visits(group.id())
                        .compose(visits -> forget(change, group)
                                .map(gone -> Outcome.done(new VisitorsForgotten(group.id(), visits.size())))));
    }

    /**
     * Forgets the groups that look like one of these faces, also those that are to be ignored; answers how many visits that were.
     * As a part of a larger change.
     */
    public Future<Integer> forgetLike(Change change, List<float[]> faces) {
        return like(change.tables(), faces).compose(groups -> {
            Future<Integer> visits = Future.succeededFuture(0);
            for (FaceGroup group : groups) {
                visits = visits.compose(before -> forget(change, group).map(before + group.faces()));
            }
            return visits;
        });
    }

    /** When and where an unknown person was seen who looks like one of these faces. */
    public Future<List<PersonData.Visit>> visitsLike(Tables tables, List<float[]> faces) {
        return like(tables, faces).compose(groups -> {
            Future<List<PersonData.Visit>> all = Future.succeededFuture(new ArrayList<>());
            for (FaceGroup group : groups) {
                all = all.compose(found -> new VisitorTables(tables)
                        .visits(group.id())
                        .map(visits -> {
                            visits.forEach(visit ->
                                    found.add(new PersonData.Visit(visit.seenAt(), visit.camera(), visit.live())));
                            return found;
                        }));
            }
            return all;
        });
    }

    private Future<List<FaceGroup>> like(Tables tables, List<float[]> faces) {
        return new VisitorTables(tables)
                .groups(modelId)
                .map(groups -> groups.stream()
                        .filter(group -> faces.stream().anyMatch(face -> group.similarity(face) >= similarity))
                        .toList());
    }

    private static Future<Void> forget(Change change, FaceGroup group) {
        change.erases();
        return new VisitorTables(change.tables()).deleteGroup(group.id());
    }

    /** Forgets what is due and looks over the groups; to be called now and then. */
    public Future<?> purge() {
        return upkeep.purge();
    }

    private interface Work<T> {
        Future<Outcome<T>> on(Change change, FaceGroup group);
    }

    private <T> Future<Outcome<T>> found(long id, Command command, Work<T> work) {
        return transactions.write(
                command,
                change -> new VisitorTables(change.tables())
                        .group(id, modelId)
                        .compose(group -> group.map(known -> work.on(change, known))
                                .orElseGet(() -> Future.succeededFuture(unknown()))));
    }

    private <T> Future<Outcome<T>> listed(long id, Command command, Work<T> work) {
        return found(
                id,
                command,
                (change, group) -> group.ignored() ? Future.succeededFuture(unknown()) : work.on(change, group));
    }

    private static <T> Outcome<T> unknown() {
        return Outcome.refused(
                Refusal.Code.UNKNOWN_VISITOR,
                "there are no such visitors, or they have been forgotten: list the visitors again");
    }
}

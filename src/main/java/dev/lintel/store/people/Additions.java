package dev.lintel.store.people;

import dev.lintel.face.Candidate;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.messages.PeopleMessages.EnrolTemplates;
import dev.lintel.messages.PeopleMessages.Enrolment;
import dev.lintel.store.people.PeopleTables.TemplateRow;
import dev.lintel.store.sqlite.Tables;
import dev.lintel.store.sqlite.Transactions.Change;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Adds templates of one person inside a transaction. A template that the person has already ({@link StoredVectors#same}) is not
 * stored again: a repeated request or import changes nothing and gets the ids of the first time. Thread-safe.
 */
public final class Additions {
    private final String modelId;
    private final Gallery gallery;
    private final Imports imports;

    /** @param imports who may hold a label that is to be given to somebody */
    public Additions(String modelId, Gallery gallery, Imports imports) {
        this.modelId = modelId;
        this.gallery = gallery;
        this.imports = imports;
    }

    /**
     * @param others for each template, the other person whose face it is, or null
     * @param unlike for each template, its score against the person's own ones, where it is not to be stored for that; else null
     */
    public Future<Outcome<Enrolment>> enrol(
            Change change, EnrolTemplates question, List<Candidate> others, List<Double> unlike) {
        List<Addition> wanted = new ArrayList<>();
        for (int i = 0; i < others.size(); i++) {
            var template = question.templates().get(i);
            boolean refused = others.get(i) != null && !question.allowDuplicate() || unlike.get(i) != null;
            wanted.add(
                    new Addition(modelId, template.embedding().vector(), template.quality(), Instant.now(), !refused));
        }
        return protectedFrom(change.tables(), question)
                .compose(no -> no
                        ? Future.succeededFuture(People.rightsProtected())
                        : ofTheInactive(change.tables(), question, others)
                                .compose(face -> face
                                        ? Future.succeededFuture(People.inactiveFace())
                                        : enrol(change, question, others, unlike, wanted)));
    }

    /** Whether somebody who is deactivated would come back under another name. */
    private static Future<Boolean> ofTheInactive(Tables tables, EnrolTemplates question, List<Candidate> others) {
        return question.allowDuplicate() && others.stream().anyMatch(Objects::nonNull)
                ? new DetailTables(tables)
                        .inactive()
                        .map(inactive -> others.stream()
                                .filter(Objects::nonNull)
                                .map(Candidate::label)
                                .anyMatch(inactive::contains))
                : Future.succeededFuture(false);
    }

    private static Future<Boolean> protectedFrom(Tables tables, EnrolTemplates question) {
        return question.overRights()
                ? Future.succeededFuture(false)
                : new PeopleTables(tables)
                        .person(question.label())
                        .compose(person -> person.isEmpty()
                                ? Future.succeededFuture(false)
                                : AccessStore.given(tables, person.get().id()));
    }

    private Future<Outcome<Enrolment>> enrol(
            Change change,
            EnrolTemplates question,
            List<Candidate> others,
            List<Double> unlike,
            List<Addition> wanted) {
        return add(change, question.label(), wanted).map(added -> {
            List<Enrolment.Result> results = new ArrayList<>();
            for (int i = 0; i < others.size(); i++) {
                results.add(new Enrolment.Result(
                        added.ids.get(i), others.get(i), added.ids.get(i) == 0 ? unlike.get(i) : null));
            }
            return Outcome.done(new Enrolment(question.label(), added.total, results));
        });
    }

    /** @param wanted false: only look whether the person has it */
    private record Addition(String modelId, float[] vector, double quality, Instant createdAt, boolean wanted) {}

    /** @param ids for each template, 0 where it is neither stored nor was */
    private record Added(List<Long> ids, int stored, int total) {}

    private Future<Added> add(Change change, Label label, List<Addition> templates) {
        Tables tables = change.tables();
        return new PeopleTables(tables).person(label).compose(person -> {
            Future<List<TemplateRow>> present = person.map(row -> new PeopleTables(tables).vectors(row.id()))
                    .orElse(Future.succeededFuture(List.of()));
            return present.compose(before -> new PeopleTables(tables)
                    .nextTemplateId()
                    .compose(next -> {
                        Plan plan = plan(before, next, templates);
                        return store(change, label, person, plan)
                                .map(new Added(plan.ids, plan.fresh.size(), before.size() + plan.fresh.size()));
                    }));
        });
    }

    /** @param fresh rows to be inserted, their person not yet set */
    private record Plan(List<Long> ids, List<TemplateRow> fresh) {}

    private static Plan plan(List<TemplateRow> before, long nextId, List<Addition> templates) {
        List<TemplateRow> known = new ArrayList<>(before);
        List<Long> ids = new ArrayList<>();
        for (Addition template : templates) {
            Optional<TemplateRow> same = known.stream()
                    .filter(row ->
                            row.modelId().equals(template.modelId) && StoredVectors.same(row.vector(), template.vector))
                    .findFirst();
            if (same.isEmpty() && template.wanted) {
                same = Optional.of(new TemplateRow(
                        nextId++, 0, template.modelId, template.vector, template.quality, template.createdAt, false));
                known.add(same.get());
            }
            ids.add(same.map(TemplateRow::id).orElse(0L));
        }
        return new Plan(ids, known.subList(before.size(), known.size()));
    }

    private Future<?> store(Change change, Label label, Optional<PeopleTables.PersonRow> person, Plan plan) {
        if (plan.fresh.isEmpty()) {
            return Future.succeededFuture();
        }
        Tables tables = change.tables();
        Instant now = Instant.now();
        Instant first = plan.fresh.stream()
                .map(TemplateRow::createdAt)
                .min(Instant::compareTo)
                .orElse(now);
        Future<Long> owner = person.map(row -> new PeopleTables(tables)
                        .updatePerson(row.id(), label, first.isBefore(row.createdAt()) ? first : row.createdAt(), now)
                        .map(row.id()))
                .orElseGet(() ->
                        imports.giveWay(tables, label, () -> new PeopleTables(tables).insertPerson(label, first, now)));
        return owner.compose(id -> new PeopleTables(tables)
                        .insertTemplates(
                                plan.fresh.stream().map(row -> row.of(id)).toList()))
                .onSuccess(inserted -> plan.fresh.stream()
                        .filter(row -> row.modelId().equals(modelId))
                        .forEach(row -> change.afterCommit(() -> gallery.add(label, row.id(), row.vector()))));
    }
}

package dev.lintel.store;

import dev.lintel.access.OnDeletion;
import dev.lintel.access.Receipt;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.face.Person;
import dev.lintel.face.Refusal;
import dev.lintel.messages.ConsentMessages.CheckReceipt;
import dev.lintel.messages.ConsentMessages.ReceiptCheck;
import dev.lintel.messages.PeopleMessages.DeletePerson;
import dev.lintel.messages.PeopleMessages.DeleteTemplate;
import dev.lintel.messages.PeopleMessages.Deletion;
import dev.lintel.messages.PeopleMessages.RenamePerson;
import dev.lintel.store.attendance.FormerPeople;
import dev.lintel.store.chain.Seals;
import dev.lintel.store.log.ErasureTally;
import dev.lintel.store.log.EventLog;
import dev.lintel.store.people.AccessStore;
import dev.lintel.store.people.ConsentTables;
import dev.lintel.store.people.DetailTables;
import dev.lintel.store.people.Gallery;
import dev.lintel.store.people.Imports;
import dev.lintel.store.people.People;
import dev.lintel.store.people.PeopleTables;
import dev.lintel.store.people.PeopleTables.PersonRow;
import dev.lintel.store.people.PeopleTables.TemplateRow;
import dev.lintel.store.people.Pictures;
import dev.lintel.store.sqlite.Tables;
import dev.lintel.store.sqlite.Transactions;
import dev.lintel.store.sqlite.Transactions.Change;
import dev.lintel.store.visitors.VisitorStore;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Renames, merges and forgets somebody everywhere: templates, gallery, log, attendance. Thread-safe. */
public final class PersonChanges {
    private final Transactions transactions;
    private final Gallery gallery;
    private final Imports imports;
    private final EventLog events;
    private final VisitorStore visitors;
    private final Seals seals;
    private final EventRules rules;
    private final String modelId;
    private final Pictures pictures;

    PersonChanges(
            Transactions transactions,
            Gallery gallery,
            Imports imports,
            EventLog events,
            VisitorStore visitors,
            Seals seals,
            EventRules rules,
            String modelId,
            Pictures pictures) {
        this.transactions = transactions;
        this.gallery = gallery;
        this.imports = imports;
        this.events = events;
        this.visitors = visitors;
        this.seals = seals;
        this.rules = rules;
        this.modelId = modelId;
        this.pictures = pictures;
    }

    /** Renaming to the same label changes nothing. A merged person is as old as the older one. */
    public Future<Outcome<Person>> rename(RenamePerson question) {
        return transactions.write(question, change -> rename(change, question));
    }

    public Future<Outcome<Deletion>> delete(DeletePerson question) {
        return transactions.write(question, change -> delete(change, question));
    }

    /** With the last template goes the person. */
    public Future<Outcome<Deletion>> deleteTemplate(DeleteTemplate question) {
        return transactions.write(question, change -> deleteTemplate(change, question));
    }

    Future<Outcome<Person>> rename(Change change, RenamePerson question) {
        Label from = question.from();
        Label to = question.to();
        return People.known(
                change.tables(),
                from,
                person -> from.equals(to)
                        ? People.person(change.tables(), to)
                        : new PeopleTables(change.tables()).person(to).compose(taken -> {
                            if (taken.isPresent() && !question.merge()) {
                                return Future.succeededFuture(Outcome.refused(
                                        Refusal.Code.LABEL_TAKEN,
                                        "this label is taken by someone else: choose another one, or merge the two"));
                            }
                            OptionalDouble alike =
                                    taken.isPresent() ? gallery.similarity(from, to) : OptionalDouble.empty();
                            if (alike.isPresent() && alike.getAsDouble() < question.unlikeSimilarity()) {
                                return Future.succeededFuture(Outcome.refused(
                                        Refusal.Code.UNLIKE_OTHERS,
                                        String.format(
                                                Locale.ROOT,
                                                "these two look like different people (similarity %.2f, one person has at least %.2f):"
                                                        + " merge them all the same with mixed=allow",
                                                alike.getAsDouble(),
                                                question.unlikeSimilarity())));
                            }
                            if (taken.isPresent()) {
                                return bothOrNoneActive(change.tables(), person, taken.get())
                                        .compose(
                                                same -> same
                                                        ? allowed(change, person, taken, question)
                                                        : Future.succeededFuture(
                                                                Outcome.refused(
                                                                        Refusal.Code.PERSON_INACTIVE,
                                                                        "one of the two is deactivated: activate or deactivate both, then merge them")));
                            }
                            return allowed(change, person, taken, question);
                        }));
    }

    /** Else a merge would say silently who of them is recognised. */
    private static Future<Boolean> bothOrNoneActive(Tables tables, PersonRow one, PersonRow other) {
        DetailTables details = new DetailTables(tables);
        return details.inactive(one.id())
                .compose(first -> details.inactive(other.id()).map(first::equals));
    }

    private Future<Outcome<Person>> allowed(
            Change change, PersonRow person, Optional<PersonRow> taken, RenamePerson question) {
        Label to = question.to();
        return (taken.isEmpty() || question.overRights()
                        ? Future.succeededFuture(false)
                        : AccessStore.given(
                                change.tables(), person.id(), taken.get().id()))
                .compose(no -> no
                        ? Future.succeededFuture(People.rightsProtected())
                        : relabel(change, person, taken.orElse(null), to)
                                .compose(done -> People.person(change.tables(), to)));
    }

    /** Whether this box made the receipt, and nothing in it was changed. */
    Outcome<ReceiptCheck> check(CheckReceipt question) {
        Receipt receipt = question.receipt();
        byte[] seal;
        try {
            seal = HexFormat.of().parseHex(receipt.seal());
        } catch (IllegalArgumentException e) {
            seal = new byte[0];
        }
        return Outcome.done(new ReceiptCheck(
                seals.fits(seal, receipt.content().toArray()), receipt.key().equals(seals.fingerprint())));
    }

    private Future<Outcome<Deletion>> delete(Change change, DeletePerson question) {
        Tables tables = change.tables();
        Label label = question.label();
        return FormerPeople.find(tables, label)
                .compose(former -> new PeopleTables(tables)
                        .person(label)
                        .compose(person -> former.isEmpty() && person.isEmpty()
                                ? People.known(tables, label, nobody -> Future.succeededFuture(null))
                                : delete(change, label, former, person, question.attendance())
                                        .map(Outcome::done)));
    }

    /** As a part of a larger change: of whom nothing is kept, nothing is deleted. */
    Future<Deletion> deleteIfKnown(Change change, Label label, OnDeletion attendance) {
        return FormerPeople.find(change.tables(), label)
                .compose(former -> new PeopleTables(change.tables())
                        .person(label)
                        .compose(person -> delete(change, label, former, person, attendance)));
    }

    /** @param former those who had the label before */
    private Future<Deletion> delete(
            Change change, Label label, List<PersonRow> former, Optional<PersonRow> person, OnDeletion attendance) {
        Tables tables = change.tables();
        ErasureTally tally = new ErasureTally(rules.attendance(), attendance);
        Future<?> counted = Future.succeededFuture();
        for (PersonRow one : former) {
            counted = counted.compose(before -> tally.count(tables, one.id()));
        }
        return counted.compose(before ->
                        former.isEmpty() ? Future.succeededFuture() : forgetFormer(change, former, attendance))
                .compose(gone ->
                        person.isEmpty() ? Future.succeededFuture(0) : delete(change, person.get(), attendance, tally))
                .compose(templates -> new ConsentTables(tables).delete(label).map(consent -> {
                    change.erases();
                    tally.consent(consent);
                    return new Deletion(
                            label,
                            templates,
                            0,
                            tally.receipt(
                                    label, Instant.ofEpochMilli(rules.clock().millis()), seals));
                }));
    }

    private Future<Integer> delete(Change change, PersonRow person, OnDeletion attendance, ErasureTally tally) {
        return new PeopleTables(change.tables()).vectors(person.id()).compose(templates -> {
            tally.templates(templates.size());
            List<float[]> faces = templates.stream()
                    .filter(template -> template.modelId().equals(modelId) && !template.damaged())
                    .map(TemplateRow::vector)
                    .toList();
            return tally.count(change.tables(), person.id())
                    .compose(counted -> visitors.forgetLike(change, faces))
                    .onSuccess(tally::visits)
                    .compose(gone -> forget(change, person, attendance))
                    .map(templates.size());
        });
    }

    /** Those who had the label before: what is kept of them is shown under it. */
    private Future<?> forgetFormer(Change change, List<PersonRow> people, OnDeletion attendance) {
        change.erases();
        Future<?> done = Future.succeededFuture();
        for (PersonRow person : people) {
            done = done.compose(before -> events.forget(change, person.id(), attendance));
        }
        return done.compose(gone -> FormerPeople.forgetWithoutAttendance(change.tables()));
    }

    private Future<Outcome<Deletion>> deleteTemplate(Change change, DeleteTemplate question) {
        return People.known(
                change.tables(),
                question.label(),
                person -> new PeopleTables(change.tables())
                        .templates(person.id())
                        .compose(templates -> {
                            if (templates.stream().noneMatch(template -> template.id() == question.id())) {
                                return Future.succeededFuture(Outcome.refused(
                                        Refusal.Code.UNKNOWN_TEMPLATE,
                                        "this person has no template " + question.id()
                                                + ": list the person's templates"));
                            }
                            int remaining = templates.size() - 1;
                            return remaining == 0
                                    ? delete(
                                                    change,
                                                    question.label(),
                                                    List.of(),
                                                    Optional.of(person),
                                                    question.attendance())
                                            .map(Outcome::done)
                                    : forget(change, question.id())
                                            .map(gone -> Outcome.done(new Deletion(question.label(), 1, remaining)));
                        }));
    }

    /** @param taken who has the new label, or null; the two become one, as old as the older */
    private Future<?> relabel(Change change, PersonRow person, PersonRow taken, Label to) {
        return new ConsentTables(change.tables())
                .rename(person.label(), to)
                .compose(renamed -> relabelled(change, person, taken, to))
                .compose(done -> pictures.check(change, to));
    }

    private Future<?> relabelled(Change change, PersonRow person, PersonRow taken, Label to) {
        Tables tables = change.tables();
        change.erases();
        change.afterCommit(() -> gallery.move(person.label(), to));
        if (taken == null) {
            return imports.giveWay(
                    tables,
                    to,
                    () -> new PeopleTables(tables)
                            .updatePerson(person.id(), to, person.createdAt(), Instant.now())
                            .map(person.id()));
        }
        Instant first = person.createdAt().isBefore(taken.createdAt()) ? person.createdAt() : taken.createdAt();
        return new PeopleTables(tables)
                .moveTemplates(person.id(), taken.id())
                .compose(moved -> AccessStore.merge(tables, person.id(), taken.id()))
                .compose(moved -> new DetailTables(tables).merge(person.id(), taken.id()))
                .compose(moved -> events.merged(tables, person.id(), taken.id()))
                .compose(moved -> new PeopleTables(tables).deletePerson(person.id()))
                .compose(gone -> new PeopleTables(tables).updatePerson(taken.id(), to, first, Instant.now()));
    }

    private Future<?> forget(Change change, PersonRow person, OnDeletion attendance) {
        change.erases();
        change.afterCommit(() -> gallery.removeAll(person.label()));
        return events.forget(change, person.id(), attendance)
                .compose(forgotten -> FormerPeople.retire(change.tables(), person, Instant.now()));
    }

    private Future<?> forget(Change change, long template) {
        change.erases();
        change.afterCommit(() -> gallery.remove(template));
        return new PeopleTables(change.tables()).deleteTemplate(template);
    }
}

package dev.lintel.store;

import dev.lintel.access.PutResult;
import dev.lintel.face.Details;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.face.Person;
import dev.lintel.face.Refusal;
import dev.lintel.messages.PeopleMessages.DescribePerson;
import dev.lintel.messages.PeopleMessages.PutAnswer;
import dev.lintel.messages.PeopleMessages.PutPerson;
import dev.lintel.messages.PeopleMessages.RenamePerson;
import dev.lintel.messages.PeopleMessages.SetActive;
import dev.lintel.store.people.DetailTables;
import dev.lintel.store.people.DetailTables.Said;
import dev.lintel.store.people.Gallery;
import dev.lintel.store.people.Imports;
import dev.lintel.store.people.People;
import dev.lintel.store.people.PeopleTables;
import dev.lintel.store.people.PeopleTables.PersonRow;
import dev.lintel.store.sqlite.Transactions;
import dev.lintel.store.sqlite.Transactions.Change;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** What the operator's own system says of people, and who is not recognised for the time being. Thread-safe. */
public final class DetailChanges {
    private final Transactions transactions;
    private final Gallery gallery;
    private final Imports imports;
    private final PersonChanges people;
    private final InstantSource clock;

    /** @param imports who may hold a label that is to be given to somebody */
    DetailChanges(
            Transactions transactions, Gallery gallery, Imports imports, PersonChanges people, InstantSource clock) {
        this.transactions = transactions;
        this.gallery = gallery;
        this.imports = imports;
        this.people = people;
        this.clock = clock;
    }

    public Future<Outcome<Person>> describe(DescribePerson question) {
        return transactions.write(
                question,
                change -> People.known(
                        change.tables(),
                        question.label(),
                        person -> new DetailTables(change.tables())
                                .of(person.id())
                                .compose(said -> free(change, question.change().externalId(), question.label())
                                        .compose(free -> free
                                                ? say(
                                                                change,
                                                                person.label(),
                                                                person.id(),
                                                                said,
                                                                question.change(),
                                                                said.inactiveSince())
                                                        .compose(done -> People.person(change.tables(), person.label()))
                                                : taken()))));
    }

    /** What is asked for already changes nothing. */
    public Future<Outcome<Person>> setActive(SetActive question) {
        return transactions.write(
                question,
                change -> People.known(
                        change.tables(),
                        question.label(),
                        person -> new DetailTables(change.tables())
                                .of(person.id())
                                .compose(said -> say(
                                        change,
                                        person.label(),
                                        person.id(),
                                        said,
                                        Details.Change.NONE,
                                        since(said, question.active())))
                                .compose(done -> People.person(change.tables(), person.label()))));
    }

    public Future<Outcome<PutAnswer>> put(PutPerson question) {
        Details.Change wanted = new Details.Change(
                question.externalId(),
                question.change().note(),
                question.change().fields());
        return transactions.write(
                question,
                change -> new DetailTables(change.tables())
                        .byExternalId(question.externalId())
                        .compose(owner -> owner.isPresent()
                                ? update(change, question, wanted, owner.get())
                                : adopt(change, question, wanted)));
    }

    private Future<Outcome<PutAnswer>> update(Change change, PutPerson question, Details.Change wanted, Label owner) {
        boolean renamed = !owner.equals(question.label());
        Future<Outcome<Person>> person = renamed
                ? people.rename(change, new RenamePerson(owner, question.label(), false, question.deadline()))
                : People.person(change.tables(), owner);
        return person.compose(found -> found.fold(
                known -> put(change, known.label(), wanted, question.active())
                        .compose(changed -> answer(
                                change,
                                known.label(),
                                changed || renamed ? PutResult.UPDATED : PutResult.UNCHANGED,
                                renamed ? owner : null)),
                refusal -> Future.succeededFuture(Outcome.refused(refusal))));
    }

    /** Somebody of this label who has no number yet, or somebody new. */
    private Future<Outcome<PutAnswer>> adopt(Change change, PutPerson question, Details.Change wanted) {
        PeopleTables tables = new PeopleTables(change.tables());
        Label label = question.label();
        return tables.person(label)
                .compose(
                        person -> person.isEmpty()
                                ? imports.giveWay(
                                                change.tables(),
                                                label,
                                                () -> tables.insertPerson(label, clock.instant(), clock.instant()))
                                        .compose(id -> put(change, label, wanted, question.active()))
                                        .compose(made -> answer(change, label, PutResult.CREATED, null))
                                : new DetailTables(change.tables())
                                        .of(person.get().id())
                                        .compose(
                                                said -> said.details()
                                                                .externalId()
                                                                .isEmpty()
                                                        ? put(change, label, wanted, question.active())
                                                                .compose(linked ->
                                                                        answer(change, label, PutResult.LINKED, null))
                                                        : Future.succeededFuture(
                                                                Outcome.refused(
                                                                        Refusal.Code.LABEL_TAKEN,
                                                                        "this label is taken by somebody with another external_id: choose another label"))));
    }

    private static Future<Outcome<PutAnswer>> answer(Change change, Label label, PutResult what, Label former) {
        return People.person(change.tables(), label)
                .map(person -> person.map(known -> new PutAnswer(known, what, former)));
    }

    /** Answers whether that changed anything. */
    private Future<Boolean> put(Change change, Label label, Details.Change wanted, Boolean active) {
        return new PeopleTables(change.tables())
                .person(label)
                .map(Optional::orElseThrow)
                .compose(person -> new DetailTables(change.tables())
                        .of(person.id())
                        .compose(said -> {
                            Instant since = active == null ? said.inactiveSince() : since(said, active);
                            return say(change, label, person.id(), said, wanted, since);
                        }));
    }

    private Instant since(Said said, boolean active) {
        return active ? null : said.inactiveSince() == null ? clock.instant() : said.inactiveSince();
    }

    private Future<Boolean> free(Change change, String externalId, Label label) {
        return externalId == null || Details.externalId(externalId).isEmpty()
                ? Future.succeededFuture(true)
                : new DetailTables(change.tables())
                        .byExternalId(Details.externalId(externalId))
                        .map(owner -> owner.isEmpty() || owner.get().equals(label));
    }

    private static <T> Future<Outcome<T>> taken() {
        return Future.succeededFuture(Outcome.refused(
                Refusal.Code.EXTERNAL_ID_TAKEN,
                "somebody else has this external_id: find them with /people?external_id="));
    }

    /** On disk and in memory; answers whether that changed anything. What was said before is in no file afterwards. */
    private Future<Boolean> say(
            Change change, Label label, long person, Said before, Details.Change wanted, Instant inactiveSince) {
        Said now = new Said(before.details().with(wanted), inactiveSince);
        if (now.equals(before)) {
            // Whoever is in a list of another system stays in it, even with nothing but a name.
            return before.details().isEmpty()
                    ? new DetailTables(change.tables()).put(person, now).map(false)
                    : Future.succeededFuture(false);
        }
        if (!before.details().isEmpty() && !now.details().equals(before.details())) {
            change.erases();
        }
        change.afterCommit(() -> {
            if (inactiveSince == null) {
                gallery.hear(label);
            } else {
                gallery.silence(label);
            }
        });
        return new DetailTables(change.tables())
                .put(person, now)
                .compose(done -> touch(change, person, label))
                .map(true);
    }

    private Future<?> touch(Change change, long person, Label label) {
        PeopleTables tables = new PeopleTables(change.tables());
        return tables.person(label)
                .map(Optional::orElseThrow)
                .compose((PersonRow row) -> tables.updatePerson(person, label, row.createdAt(), clock.instant()));
    }
}

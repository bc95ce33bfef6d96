package dev.lintel.store;

import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.face.Person;
import dev.lintel.face.Refusal;
import dev.lintel.messages.PeopleMessages.ChangeTemplate;
import dev.lintel.store.people.ConsentGate;
import dev.lintel.store.people.Gallery;
import dev.lintel.store.people.People;
import dev.lintel.store.people.PeopleTables;
import dev.lintel.store.people.PeopleTables.PersonRow;
import dev.lintel.store.people.PeopleTables.TemplateRow;
import dev.lintel.store.people.Pictures;
import dev.lintel.store.sqlite.Transactions;
import dev.lintel.store.sqlite.Transactions.Change;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sets templates aside, takes them up again, and gives them to whom they fit. Thread-safe. */
public final class TemplateChanges {
    private final Transactions transactions;
    private final Gallery gallery;
    private final String modelId;
    private final ConsentGate consent;
    private final Pictures pictures;

    TemplateChanges(
            Transactions transactions, Gallery gallery, String modelId, ConsentGate consent, Pictures pictures) {
        this.transactions = transactions;
        this.gallery = gallery;
        this.modelId = modelId;
        this.consent = consent;
        this.pictures = pictures;
    }

    /** What is asked for already changes nothing. */
    public Future<Outcome<Person>> change(ChangeTemplate question) {
        return transactions.write(
                question,
                change -> People.known(
                        change.tables(),
                        question.label(),
                        person -> new PeopleTables(change.tables())
                                .vectors(person.id())
                                .compose(templates -> change(change, person, templates, question))));
    }

    private Future<Outcome<Person>> change(
            Change change, PersonRow person, List<TemplateRow> templates, ChangeTemplate question) {
        Optional<TemplateRow> found = templates.stream()
                .filter(template -> template.id() == question.id())
                .findFirst();
        if (found.isEmpty()) {
            return Future.succeededFuture(Outcome.refused(
                    Refusal.Code.UNKNOWN_TEMPLATE,
                    "this person has no template " + question.id() + ": list the person's templates"));
        }
        if (question.moveTo() == null || question.moveTo().equals(person.label())) {
            return Boolean.FALSE.equals(question.setAside())
                    ? consent.let(change.tables(), person.label(), () -> changed(change, person, found.get(), false))
                    : changed(change, person, found.get(), question.setAside());
        }
        if (templates.size() == 1) {
            return Future.succeededFuture(Outcome.refused(
                    Refusal.Code.INVALID_REQUEST,
                    "this is the person's only template: rename the person, or merge the two"));
        }
        return People.known(
                change.tables(),
                question.moveTo(),
                to -> consent.let(
                        change.tables(),
                        to.label(),
                        () -> new PeopleTables(change.tables())
                                .moveTemplate(question.id(), to.id())
                                .compose(moved -> pictures.check(change, to.label()))
                                .compose(checked -> touch(change, person))
                                .compose(touched -> changed(change, to, found.get(), question.setAside()))));
    }

    /** @param setAside null: as it is */
    private Future<Outcome<Person>> changed(Change change, PersonRow person, TemplateRow template, Boolean setAside) {
        PeopleTables tables = new PeopleTables(change.tables());
        boolean aside = setAside == null ? template.setAside() : setAside;
        change.afterCommit(() -> inMemory(person.label(), template, aside));
        Future<?> written = aside ? tables.setAside(List.of(template.id())) : tables.takeUp(template.id());
        return written.compose(done -> touch(change, person))
                .compose(touched -> People.person(change.tables(), person.label()));
    }

    private void inMemory(Label label, TemplateRow template, boolean aside) {
        gallery.remove(template.id());
        if (!aside && template.modelId().equals(modelId) && !template.damaged()) {
            gallery.add(label, template.id(), template.vector());
        }
    }

    private static Future<?> touch(Change change, PersonRow person) {
        return new PeopleTables(change.tables())
                .updatePerson(person.id(), person.label(), person.createdAt(), Instant.now());
    }
}

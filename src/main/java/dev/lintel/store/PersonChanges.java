package dev.lintel.store;

import dev.lintel.face.Label;
import dev.lintel.store.Tables.PersonRow;
import dev.lintel.store.Transactions.Change;
import io.vertx.core.Future;
import java.time.Instant;

/** Renames, merges and forgets somebody everywhere: templates, gallery, log, attendance. In the caller's transaction. */
final class PersonChanges {
  private final EventLog events;

  PersonChanges(EventLog events) {
    this.events = events;
  }

  /** @param taken who has the new label, or null; the two become one, as old as the older */
  Future<?> relabel(Change change, PersonRow person, PersonRow taken, Label to) {
    Tables tables = change.tables();
    change.erases();
    change.afterCommit(gallery -> gallery.move(person.label(), to));
    if (taken == null) {
      return tables.updatePerson(person.id(), to, person.createdAt(), Instant.now());
    }
    Instant first = person.createdAt().isBefore(taken.createdAt()) ? person.createdAt() : taken.createdAt();
    return tables.moveTemplates(person.id(), taken.id())
        .compose(moved -> AccessStore.merge(tables, person.id(), taken.id()))
        .compose(moved -> events.merged(tables, person.id(), taken.id()))
        .compose(moved -> tables.deletePerson(person.id()))
        .compose(gone -> tables.updatePerson(taken.id(), to, first, Instant.now()));
  }

  Future<?> forget(Change change, PersonRow person) {
    change.erases();
    change.afterCommit(gallery -> gallery.removeAll(person.label()));
    return events.forget(change, person.id()).compose(forgotten -> change.tables().deletePerson(person.id()));
  }

  Future<?> forget(Change change, long template) {
    change.erases();
    change.afterCommit(gallery -> gallery.remove(template));
    return change.tables().deleteTemplate(template);
  }
}

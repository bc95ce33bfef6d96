package dev.lintel.store;

import dev.lintel.access.AccessRights;
import dev.lintel.access.GalleryDump;
import dev.lintel.access.PersonData;
import dev.lintel.face.EncodedImage;
import dev.lintel.face.Outcome;
import dev.lintel.face.Person;
import dev.lintel.messages.PeopleMessages.CollectPersonData;
import dev.lintel.store.attendance.FormerPeople;
import dev.lintel.store.log.EventLog;
import dev.lintel.store.people.AccessStore;
import dev.lintel.store.people.ConsentTables;
import dev.lintel.store.people.People;
import dev.lintel.store.people.PeopleTables;
import dev.lintel.store.people.PeopleTables.PersonRow;
import dev.lintel.store.people.PeopleTables.TemplateRow;
import dev.lintel.store.people.PictureTables;
import dev.lintel.store.sqlite.Tables;
import dev.lintel.store.sqlite.Transactions;
import dev.lintel.store.visitors.VisitorStore;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Everything about one person from all tables. Thread-safe. */
public final class PersonCollection {
    private final Transactions transactions;
    private final EventLog events;
    private final VisitorStore visitors;
    private final String modelId;

    PersonCollection(Transactions transactions, EventLog events, VisitorStore visitors, String modelId) {
        this.transactions = transactions;
        this.events = events;
        this.visitors = visitors;
        this.modelId = modelId;
    }

    /** All in one look, so that nothing changes in between. */
    public Future<Outcome<PersonData>> collect(CollectPersonData question) {
        return transactions.readInBulk(
                question.deadline(),
                tables -> FormerPeople.find(tables, question.label())
                        .compose(former -> new PeopleTables(tables)
                                .person(question.label())
                                .compose(now -> now.isEmpty() && !former.isEmpty()
                                        ? former(tables, former.get(0))
                                        : enrolled(tables, question))));
    }

    /** Of somebody who was deleted while the attendance was kept. */
    private Future<Outcome<PersonData>> former(Tables tables, PersonRow row) {
        Person person = new Person(row.label(), row.createdAt(), row.updatedAt(), List.of());
        return events.attendance()
                .of(tables, row.label())
                .map(book -> Outcome.done(new PersonData(
                        person, List.of(), Map.of(), AccessRights.NONE_SET, null, List.of(), List.of(), book)));
    }

    private Future<Outcome<PersonData>> enrolled(Tables tables, CollectPersonData question) {
        return People.known(
                tables,
                question.label(),
                row -> People.person(tables, row.label())
                        .compose(person -> person.fold(
                                who -> AccessStore.rights(tables, row)
                                        .compose(access -> access.fold(
                                                rights -> collect(tables, row, who, rights),
                                                refusal -> Future.succeededFuture(Outcome.refused(refusal)))),
                                refusal -> Future.succeededFuture(Outcome.refused(refusal)))));
    }

    private List<float[]> faces(List<TemplateRow> templates) {
        return templates.stream()
                .filter(template -> template.modelId().equals(modelId))
                .map(TemplateRow::vector)
                .toList();
    }

    private Future<Outcome<PersonData>> collect(Tables tables, PersonRow row, Person person, AccessRights rights) {
        return new PictureTables(tables)
                .of(row.id())
                .compose(pictures -> collect(tables, row, person, rights, pictures));
    }

    private Future<Outcome<PersonData>> collect(
            Tables tables, PersonRow row, Person person, AccessRights rights, Map<Long, byte[]> kept) {
        return new PeopleTables(tables).vectors(row.id()).compose(all -> {
            List<TemplateRow> vectors =
                    all.stream().filter(template -> !template.damaged()).toList();
            Map<Integer, EncodedImage> pictures = new HashMap<>();
            for (int i = 0; i < vectors.size(); i++) {
                byte[] png = kept.get(vectors.get(i).id());
                if (png != null) {
                    pictures.put(i, new EncodedImage(png));
                }
            }
            List<GalleryDump.Entry> templates = vectors.stream()
                    .map(template -> template.entry(row.label()))
                    .toList();
            return events.of(tables, row.label())
                    .compose(seen -> events.attendance()
                            .of(tables, row.label())
                            .compose(book -> new ConsentTables(tables)
                                    .find(row.label())
                                    .compose(consent -> visitors.visitsLike(tables, faces(vectors))
                                            .map(visits -> Outcome.done(new PersonData(
                                                    person,
                                                    templates,
                                                    pictures,
                                                    rights,
                                                    consent.orElse(null),
                                                    visits,
                                                    seen,
                                                    book))))));
        });
    }
}

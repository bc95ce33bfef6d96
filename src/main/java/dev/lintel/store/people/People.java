package dev.lintel.store.people;

import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.face.Person;
import dev.lintel.face.Refusal;
import dev.lintel.store.people.PeopleTables.PersonRow;
import dev.lintel.store.sqlite.Tables;
import io.vertx.core.Future;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Finds people, or refuses. Stateless. */
public final class People {
    private static final int MOST_TWINS = 3;

    private People() {}

    public static <T> Future<Outcome<T>> known(
            Tables tables, Label label, Function<PersonRow, Future<Outcome<T>>> work) {
        return new PeopleTables(tables)
                .person(label)
                .compose(person -> person.map(work).orElseGet(() -> nobody(tables, label)));
    }

    /** Says of whom the name is nearly. */
    private static <T> Future<Outcome<T>> nobody(Tables tables, Label label) {
        return new PeopleTables(tables)
                .twins(label)
                .map(twins -> Outcome.refused(
                        Refusal.Code.UNKNOWN_PERSON,
                        "nobody is enrolled under this label: "
                                + (twins.isEmpty()
                                        ? "list the people who are"
                                        : "did you mean "
                                                + twins.stream()
                                                        .limit(MOST_TWINS)
                                                        .map(twin -> "'" + twin.text() + "'")
                                                        .collect(Collectors.joining(" or "))
                                                + "?")));
    }

    /** Of somebody who is no administrator. */
    public static <T> Outcome<T> rightsProtected() {
        return Outcome.refused(
                Refusal.Code.RIGHTS_PROTECTED,
                "rights at a door were given to this person: only an administrator may add a face");
    }

    /** Of somebody who is deactivated. */
    public static <T> Outcome<T> inactive() {
        return Outcome.refused(
                Refusal.Code.PERSON_INACTIVE,
                "this person is deactivated: activate the person first, or ask of another one");
    }

    /** Of a face that is enrolled under the name of somebody who is deactivated. */
    public static <T> Outcome<T> inactiveFace() {
        return Outcome.refused(
                Refusal.Code.PERSON_INACTIVE,
                "this is the face of a person who is deactivated: activate or delete that person first");
    }

    /** @param label null: everybody, which is never refused */
    public static <T> Future<Outcome<T>> ifKnown(Tables tables, Label label, Supplier<Future<Outcome<T>>> work) {
        return label == null ? work.get() : known(tables, label, row -> work.get());
    }

    public static Future<Outcome<Person>> person(Tables tables, Label label) {
        return known(
                tables,
                label,
                row -> new PeopleTables(tables)
                        .templates(row.id())
                        .compose(templates -> new DetailTables(tables)
                                .of(row.id())
                                .map(said -> Outcome.done(new Person(
                                        label,
                                        row.createdAt(),
                                        row.updatedAt(),
                                        templates,
                                        said.details(),
                                        said.inactiveSince())))));
    }
}

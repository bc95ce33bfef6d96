package dev.lintel.compat;

import dev.lintel.bus.Bus;
import dev.lintel.face.Deadline;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.face.Person;
import dev.lintel.face.Refusal;
import dev.lintel.gateway.GuestCall;
import dev.lintel.messages.PeopleMessages;
import dev.lintel.messages.PeopleMessages.DeletePerson;
import dev.lintel.messages.PeopleMessages.DeleteTemplate;
import dev.lintel.messages.PeopleMessages.FindAlike;
import dev.lintel.messages.PeopleMessages.FindOwner;
import dev.lintel.messages.PeopleMessages.GetPerson;
import dev.lintel.messages.PeopleMessages.ListPeople;
import dev.lintel.messages.PeopleMessages.RenamePerson;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * People as CompreFace and DeepStack know them: names that differ in case only are one, the spelling of the first wins, and a
 * name may be there without a face. Such names are remembered until the box restarts. Thread-safe.
 */
final class Subjects {
    private static final int PAGE = 1000;

    private final Bus bus;
    private final Set<Label> faceless = new ConcurrentSkipListSet<>();

    Subjects(Bus bus) {
        this.bus = bus;
    }

    /** Every name, in order. */
    Future<List<String>> names(Deadline deadline) {
        return people(deadline).map(people -> {
            TreeSet<String> names = new TreeSet<>();
            faceless.forEach(label -> names.add(label.text()));
            people.forEach(person -> names.add(person.label().text()));
            return List.copyOf(names);
        });
    }

    /** Everybody who is enrolled, in the order of the names. */
    Future<List<Person.Summary>> people(Deadline deadline) {
        return people("", new ArrayList<>(), deadline);
    }

    private Future<List<Person.Summary>> people(String after, List<Person.Summary> sofar, Deadline deadline) {
        return bus.ask(PeopleMessages.LIST, new ListPeople(after, PAGE, deadline))
                .compose(GuestCall::valueOf)
                .compose(page -> {
                    sofar.addAll(page.people());
                    return page.more() && !page.people().isEmpty()
                            ? people(sofar.get(sofar.size() - 1).label().text(), sofar, deadline)
                            : Future.succeededFuture(sofar);
                });
    }

    /** The name as it is spelled already; empty if nobody has it in any spelling. */
    Future<Optional<Label>> find(Label asked, Deadline deadline) {
        return bus.ask(PeopleMessages.GET, new GetPerson(asked, deadline))
                .compose(found -> found instanceof Outcome.Done
                        ? Future.succeededFuture(Optional.of(asked))
                        : bus.ask(PeopleMessages.FIND_ALIKE, new FindAlike(asked, deadline))
                                .compose(GuestCall::valueOf)
                                .map(alike -> alike.labels().stream()
                                        .filter(label -> same(label, asked))
                                        .findFirst()
                                        .or(() -> faceless.stream()
                                                .filter(label -> same(label, asked))
                                                .findFirst())));
    }

    /** Remembers a name; false if it is there already. */
    Future<Boolean> remember(Label label, Deadline deadline) {
        return find(label, deadline).map(found -> found.isEmpty() && faceless.add(label));
    }

    /** A face was stored under this name. */
    void enrolled(Label label) {
        faceless.remove(label);
    }

    /** The templates of a person; none if nobody is enrolled under the name. */
    Future<List<Person.Template>> templates(Label label, Deadline deadline) {
        return bus.ask(PeopleMessages.GET, new GetPerson(label, deadline))
                .map(found -> found.fold(Person::templates, refusal -> List.<Person.Template>of()));
    }

    /** Gives a name to a person, who may have one already: both are then one person. */
    Future<Void> rename(Label from, Label to, Deadline deadline) {
        return find(to, deadline).compose(taken -> {
            Label target = taken.filter(label -> !same(label, from)).orElse(to);
            boolean remembered = faceless.remove(from);
            return bus.ask(PeopleMessages.RENAME, new RenamePerson(from, target, true, deadline))
                    .compose(renamed -> {
                        if (remembered && !(renamed instanceof Outcome.Done)) {
                            if (taken.isEmpty()) {
                                faceless.add(target);
                            }
                            return Future.<Void>succeededFuture();
                        }
                        enrolled(target);
                        return GuestCall.valueOf(renamed).mapEmpty();
                    });
        });
    }

    /** Forgets a person and answers how many faces went. */
    Future<Integer> delete(Label label, Deadline deadline) {
        faceless.remove(label);
        return bus.ask(PeopleMessages.DELETE, new DeletePerson(label, deadline))
                .compose(outcome -> outcome.fold(
                        deletion -> Future.succeededFuture(deletion.templates()),
                        refusal -> refusal.code() == Refusal.Code.UNKNOWN_PERSON
                                ? Future.succeededFuture(0)
                                : GuestCall.<Integer>valueOf(Outcome.refused(refusal))));
    }

    /** Forgets everybody and answers how many people and faces went. */
    Future<int[]> deleteAll(Deadline deadline) {
        return people(deadline).compose(people -> {
            int[] gone = {people.size() + faceless.size(), 0};
            faceless.clear();
            Future<Void> done = Future.succeededFuture();
            for (Person.Summary person : people) {
                done = done.compose(v -> delete(person.label(), deadline)).map(faces -> {
                    gone[1] += faces;
                    return null;
                });
            }
            return done.map(gone);
        });
    }

    /** Whose template this is; empty if nobody's. */
    Future<Optional<Label>> owner(long template, Deadline deadline) {
        return bus.ask(PeopleMessages.FIND_OWNER, new FindOwner(template, deadline))
                .map(found -> found.fold(Optional::of, refusal -> Optional.<Label>empty()));
    }

    /** Forgets one template, not the name, and answers whose it was; empty if nobody's. */
    Future<Optional<Label>> deleteTemplate(long template, Deadline deadline) {
        return owner(template, deadline)
                .compose(owner -> owner.isEmpty()
                        ? Future.succeededFuture(owner)
                        : bus.ask(PeopleMessages.DELETE_TEMPLATE, new DeleteTemplate(owner.get(), template, deadline))
                                .map(outcome -> outcome.fold(
                                        deletion -> {
                                            if (deletion.remaining() == 0) {
                                                faceless.add(owner.get());
                                            }
                                            return owner;
                                        },
                                        refusal -> Optional.<Label>empty())));
    }

    private static boolean same(Label one, Label other) {
        return one.text().equalsIgnoreCase(other.text());
    }
}

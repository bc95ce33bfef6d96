package dev.lintel.store.log;

import dev.lintel.access.ActReasons;
import dev.lintel.access.Direction;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.Recorded;
import dev.lintel.face.Act;
import dev.lintel.face.Asker;
import dev.lintel.face.Label;
import dev.lintel.face.Told;
import dev.lintel.store.people.PeopleTables;
import dev.lintel.store.people.PeopleTables.PersonRow;
import dev.lintel.store.sqlite.Tables;
import dev.lintel.store.sqlite.Transactions;
import dev.lintel.store.sqlite.Transactions.Change;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Writes down what people and programs do to the box, in the chain of the event log and in the transaction of the change itself: who,
 * from where, what. Thread-safe.
 */
public final class ActLog implements Transactions.Diary {
    private final EventLog events;
    private final InstantSource clock;
    private volatile Consumer<Recorded> announce = recorded -> {};

    public ActLog(EventLog events, InstantSource clock) {
        this.events = events;
        this.clock = clock;
    }

    /** @param listener is told of each act once it is on disk */
    public void announce(Consumer<Recorded> listener) {
        announce = listener;
    }

    /** The number of the person that it is about, as long as there is one; 0 if there is none. */
    @Override
    public Future<Long> begin(Tables tables, Act act) {
        return number(tables, act.about());
    }

    private static Future<Long> number(Tables tables, Label label) {
        return label == null
                ? Future.succeededFuture(0L)
                : new PeopleTables(tables)
                        .person(label)
                        .map(person -> person.map(PersonRow::id).orElse(0L));
    }

    @Override
    public Future<?> write(Change change, Asker asker, Act act, long before, Object outcome) {
        return number(change.tables(), act.about()).compose(now -> {
            Map<String, String> details = new LinkedHashMap<>();
            long person = now == 0 ? before : now;
            if (person != 0) {
                details.put("person", Long.toString(person));
            }
            details.putAll(act.details());
            if (outcome instanceof Told told) {
                details.putAll(told.told());
            }
            DoorEvent event = new DoorEvent(
                    UUID.randomUUID(),
                    DoorEvent.Kind.ACT,
                    clock.instant(),
                    null,
                    null,
                    act.details().get("door"),
                    Direction.BOTH,
                    now == 0 ? null : act.about(),
                    null,
                    ActReasons.of(asker, act, details));
            return events.add(change.tables(), event)
                    .onSuccess(recorded -> change.announce(() -> announce.accept(recorded)));
        });
    }
}

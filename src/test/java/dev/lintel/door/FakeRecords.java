package dev.lintel.door;

import dev.lintel.access.AccessRights;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.DoorEvent.Kind;
import dev.lintel.access.ModeSetting;
import dev.lintel.access.Pin;
import dev.lintel.access.Recorded;
import dev.lintel.accounts.Tally;
import dev.lintel.bus.Bus;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.messages.AccessMessages;
import dev.lintel.messages.AccessMessages.DoorModes;
import dev.lintel.messages.AccountMessages;
import dev.lintel.messages.AccountMessages.Tallies;
import dev.lintel.messages.EventMessages;
import dev.lintel.messages.EventMessages.RecordEvent;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The parts of the store that doors ask, in memory and on the event loop; each can be broken. */
final class FakeRecords {
    final List<DoorEvent> events = new ArrayList<>();
    final Map<Label, AccessRights> rights = new HashMap<>();
    final Map<Label, Pin> pins = new HashMap<>();
    final Map<String, ModeSetting> modes = new HashMap<>();
    List<Tally> guesses = List.of();
    boolean recordsNothing;
    boolean knowsNothing;

    /** Wrong ones since the last lock-out, of whom most are counted. */
    int wrongPins() {
        return guesses.stream().mapToInt(Tally::wrong).max().orElse(0);
    }

    Future<?> serve(Bus bus) {
        return Future.all(List.of(
                bus.serve(EventMessages.RECORD, this::record),
                bus.serve(
                        AccessMessages.GET,
                        ask -> knowsNothing
                                ? Future.failedFuture("disk on fire")
                                : Future.succeededFuture(
                                        rights.containsKey(ask.person())
                                                ? Outcome.done(rights.get(ask.person()))
                                                : Outcome.refused(Refusal.Code.UNKNOWN_PERSON, "nobody"))),
                bus.serve(AccessMessages.CHECK_PIN, ask -> done(ask.pin().equals(pins.get(ask.person())))),
                bus.serve(AccessMessages.SAVE_DOOR_MODE, ask -> {
                    if (knowsNothing) {
                        return Future.failedFuture("disk on fire");
                    }
                    modes.put(ask.door(), ask.mode());
                    return done(true);
                }),
                bus.serve(AccountMessages.LOAD_GUESSES, ask -> done(new Tallies(guesses))),
                bus.serve(AccountMessages.SAVE_GUESSES, ask -> {
                    guesses = ask.tallies();
                    return done(true);
                }),
                bus.serve(AccessMessages.LOAD_DOOR_MODES, ask -> done(new DoorModes(modes)))));
    }

    private Future<Outcome<Recorded>> record(RecordEvent ask) {
        if (recordsNothing) {
            return Future.failedFuture("disk full");
        }
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i).id().equals(ask.event().id())) {
                return done(new Recorded(i + 1, false, events.get(i)));
            }
        }
        events.add(ask.event());
        return done(new Recorded(events.size(), true, ask.event()));
    }

    List<Kind> kinds() {
        return events.stream().map(DoorEvent::kind).toList();
    }

    private static <T> Future<Outcome<T>> done(T value) {
        return Future.succeededFuture(Outcome.done(value));
    }
}

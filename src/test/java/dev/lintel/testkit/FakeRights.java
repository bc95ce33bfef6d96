package dev.lintel.testkit;

import dev.lintel.access.AccessRights;
import dev.lintel.access.GalleryDump;
import dev.lintel.access.ModeSetting;
import dev.lintel.access.Pin;
import dev.lintel.bus.Bus;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.messages.AccessMessages;
import dev.lintel.messages.AccessMessages.DoorModes;
import dev.lintel.messages.AccessMessages.SetAccess;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The rights, PINs and modes of a store, in memory; passes the store's contract. */
final class FakeRights {
    private final Map<Label, AccessRights> rights = new ConcurrentSkipListMap<>();
    private final Map<Label, Pin> pins = new ConcurrentHashMap<>();
    private final Map<String, ModeSetting> modes = new ConcurrentHashMap<>();

    /** @param known whether somebody is enrolled */
    Future<?> serve(Bus bus, Predicate<Label> known, Predicate<Label> active) {
        return Future.all(List.of(
                bus.serve(
                        AccessMessages.GET,
                        ask -> ask.toPass() && !active.test(ask.person())
                                ? Future.succeededFuture(
                                        Outcome.refused(Refusal.Code.PERSON_INACTIVE, "deactivated: activate first"))
                                : of(known, ask.person(), () -> rights(ask.person()))),
                bus.serve(AccessMessages.SET, ask -> of(known, ask.person(), () -> set(ask))),
                bus.serve(
                        AccessMessages.CLEAR_PIN,
                        ask -> of(known, ask.person(), () -> {
                            pins.remove(ask.person());
                            return rights(ask.person());
                        })),
                bus.serve(AccessMessages.CHECK_PIN, ask -> done(ask.pin().equals(pins.get(ask.person())))),
                bus.serve(AccessMessages.SAVE_DOOR_MODE, ask -> {
                    modes.put(ask.door(), ask.mode());
                    return done(true);
                }),
                bus.serve(AccessMessages.LOAD_DOOR_MODES, ask -> done(new DoorModes(modes)))));
    }

    void clear() {
        rights.clear();
        pins.clear();
    }

    boolean given(Label person) {
        return rights.containsKey(person);
    }

    void forget(Label person) {
        rights.remove(person);
        pins.remove(person);
    }

    /** Whoever has some keeps them. */
    void move(Label from, Label to) {
        if (!rights.containsKey(to) && rights.containsKey(from)) {
            rights.put(to, rights.get(from));
            if (pins.containsKey(from)) {
                pins.put(to, pins.get(from));
            }
        }
        forget(from);
    }

    List<GalleryDump.Rights> all() {
        return rights.entrySet().stream()
                .map(one -> new GalleryDump.Rights(one.getKey(), one.getValue()))
                .toList();
    }

    /** Without a PIN, as the store gives them. */
    AccessRights of(Label person) {
        return rights(person);
    }

    void keepIfNone(GalleryDump.Rights one) {
        rights.putIfAbsent(one.label(), one.rights());
    }

    private AccessRights set(SetAccess ask) {
        rights.put(ask.person(), ask.rights());
        if (ask.pin() != null) {
            pins.put(ask.person(), ask.pin());
        }
        return rights(ask.person());
    }

    private AccessRights rights(Label person) {
        AccessRights set = rights.getOrDefault(person, AccessRights.NONE_SET);
        return new AccessRights(set.groups(), set.from(), set.until(), pins.containsKey(person));
    }

    private static <T> Future<Outcome<T>> of(Predicate<Label> known, Label person, Supplier<T> answer) {
        return known.test(person)
                ? done(answer.get())
                : Future.succeededFuture(
                        Outcome.refused(Refusal.Code.UNKNOWN_PERSON, "nobody is enrolled under this label"));
    }

    private static <T> Future<Outcome<T>> done(T value) {
        return Future.succeededFuture(Outcome.done(value));
    }
}

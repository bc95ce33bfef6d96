package dev.lintel.testkit;

import dev.lintel.access.AccessRights;
import dev.lintel.access.Pin;
import dev.lintel.access.Recorded;
import dev.lintel.bus.Bus;
import dev.lintel.door.DoorConfig;
import dev.lintel.door.DoorVerticle;
import dev.lintel.door.FakeChips;
import dev.lintel.door.PinConfig;
import dev.lintel.door.SensorConfig;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.messages.AccessMessages;
import dev.lintel.messages.AccessMessages.DoorModes;
import dev.lintel.messages.AccessMessages.SetAccess;
import dev.lintel.messages.EventMessages;
import dev.lintel.metrics.ApplianceMetrics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The real doors (one, {@code main}, without a lock) in front of rights that are kept in memory. */
final class FakeDoors {
    private final Map<Label, AccessRights> rights = new ConcurrentHashMap<>();
    private final Map<Label, Pin> pins = new ConcurrentHashMap<>();
    private final Predicate<Label> known;

    private FakeDoors(Predicate<Label> known) {
        this.known = known;
    }

    static Future<?> serve(Vertx vertx, Bus bus, Predicate<Label> known) {
        FakeDoors fake = new FakeDoors(known);
        DoorConfig main = new DoorConfig(
                "main",
                null,
                null,
                null,
                null,
                null,
                new PinConfig(null, null, null, true),
                null,
                null,
                null,
                null,
                new SensorConfig(SensorConfig.Type.HTTP, null, null, null, null, null));
        return fake.serve(bus)
                .compose(served -> vertx.deployVerticle(new DoorVerticle(
                        bus,
                        List.of(main),
                        Map.of(),
                        new FakeChips(),
                        InstantSource.system(),
                        ApplianceMetrics.unpublished())));
    }

    private Future<?> serve(Bus bus) {
        return Future.all(List.of(
                bus.serve(AccessMessages.GET, ask -> of(ask.person(), () -> rights(ask.person()))),
                bus.serve(AccessMessages.SET, ask -> of(ask.person(), () -> set(ask))),
                bus.serve(
                        AccessMessages.CLEAR_PIN,
                        ask -> of(ask.person(), () -> {
                            pins.remove(ask.person());
                            return rights(ask.person());
                        })),
                bus.serve(AccessMessages.CHECK_PIN, ask -> done(ask.pin().equals(pins.get(ask.person())))),
                bus.serve(AccessMessages.SAVE_DOOR_MODE, ask -> done(true)),
                bus.serve(AccessMessages.LOAD_DOOR_MODES, ask -> done(new DoorModes(Map.of()))),
                bus.serve(EventMessages.RECORD, ask -> done(new Recorded(1, true, ask.event())))));
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

    private <T> Future<Outcome<T>> of(Label person, Supplier<T> answer) {
        return known.test(person)
                ? done(answer.get())
                : Future.succeededFuture(
                        Outcome.refused(Refusal.Code.UNKNOWN_PERSON, "nobody is enrolled under this label"));
    }

    private static <T> Future<Outcome<T>> done(T value) {
        return Future.succeededFuture(Outcome.done(value));
    }
}

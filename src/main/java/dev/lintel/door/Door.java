package dev.lintel.door;

import dev.lintel.access.Decision;
import dev.lintel.access.Decision.Verdict;
import dev.lintel.access.DoorMode;
import dev.lintel.access.DoorStatus;
import dev.lintel.access.ModeSetting;
import dev.lintel.access.Pin;
import dev.lintel.access.Reason;
import dev.lintel.access.Sighting;
import dev.lintel.bus.Bus;
import dev.lintel.bus.Timers;
import dev.lintel.clock.Clocks;
import dev.lintel.door.DecisionFlow.Acted;
import dev.lintel.door.lock.Chips;
import dev.lintel.door.lock.Lock;
import dev.lintel.door.policy.Ruling;
import dev.lintel.face.Deadline;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.messages.AccessMessages;
import dev.lintel.messages.AccessMessages.SaveDoorMode;
import dev.lintel.metrics.ApplianceMetrics;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** One door with everything that belongs to it. Used from one event loop. */
final class Door {
    private final DoorConfig config;
    private final Bus bus;
    private final PhysicalDoor physicalDoor;
    private final DecisionFlow keeper;
    private final PinEntry pins;
    private final PassageLog passages;
    private final Contact contact;

    /**
     * @param id null for cameras that belong to no door
     * @param contact the sensor's line; null if there is none
     */
    Door(
            String id,
            DoorConfig config,
            Bus bus,
            Lock lock,
            Chips.Line contact,
            DoorMemory.Zone zone,
            PinGuard guard,
            Timers timers,
            Clocks clocks,
            ApplianceMetrics metrics) {
        this.config = config;
        this.bus = bus;
        DoorMemory memory = new DoorMemory(zone, config.coolDown(), clocks);
        Records records = new Records(bus, id);
        this.passages = new PassageLog(records, clocks);
        this.physicalDoor = new PhysicalDoor(config, lock, records, timers, clocks, metrics);
        this.keeper = new DecisionFlow(id, config, bus, records, memory, physicalDoor, passages, clocks, metrics);
        this.pins = new PinEntry(config, bus, guard, keeper, clocks.steady());
        if (id != null) {
            physicalDoor.measured();
        }
        this.contact = contact == null ? null : new Contact(contact, config.sensor());
    }

    Future<Outcome<Decision>> decide(Sighting seen, boolean renewed) {
        return (renewed ? keeper.again(seen) : keeper.decide(seen))
                .onSuccess(decision -> {
                    if (decision.id().equals(seen.id()) || decision.verdict() == Verdict.PIN_NEEDED) {
                        pins.after(decision);
                    }
                })
                .map(Outcome::done);
    }

    Future<Outcome<Decision>> enter(Label person, Pin pin) {
        return pins.enter(person, pin);
    }

    /** An operator opens, whatever the rules say; recorded like any other decision. Refused if the lock did not open. */
    Future<Outcome<Decision>> unlock(String by) {
        List<Reason> why = new ArrayList<>(List.of(new Reason("operator")));
        if (!by.isEmpty()) {
            why.add(Reason.said("key", "key", by));
        }
        Ruling ruling = new Ruling(Verdict.GRANTED, "operator", why, true);
        return keeper.act(UUID.randomUUID(), ruling, null, null, false).map(Acted::outcome);
    }

    /** On disk before it holds; a lock-down holds at once. */
    Future<Outcome<DoorStatus>> mode(ModeSetting setting, String by) {
        boolean urgent = setting.mode() == DoorMode.LOCK_DOWN;
        Future<Void> first = urgent ? physicalDoor.change(setting, by) : Future.succeededFuture();
        return first.compose(done -> bus.ask(
                        AccessMessages.SAVE_DOOR_MODE,
                        new SaveDoorMode(config.id(), setting, Deadline.after(Records.TIMEOUT))))
                .compose(Records::value)
                .compose(saved -> urgent ? Future.succeededFuture() : physicalDoor.change(setting, by))
                .map(done -> Outcome.done(status()));
    }

    Future<Outcome<DoorStatus>> sensor(boolean open) {
        if (config.sensor().type() != SensorConfig.Type.HTTP) {
            return Future.succeededFuture(Outcome.refused(
                    Refusal.Code.INVALID_REQUEST,
                    "this door has no sensor that speaks HTTP: set its sensor to {type: http}"));
        }
        physicalDoor.sensor(open);
        return Future.succeededFuture(Outcome.done(status()));
    }

    Future<Void> resume(ModeSetting kept) {
        return physicalDoor.resume(kept);
    }

    void tick() {
        if (contact != null) {
            contact.read().ifPresent(physicalDoor::sensor);
        }
        physicalDoor.tick();
        passages.tick();
    }

    void forget(Label person) {
        keeper.forget(person);
        pins.forget(person);
    }

    DoorStatus status() {
        return physicalDoor.status(keeper.last());
    }

    Future<Void> close() {
        passages.close();
        return physicalDoor.close();
    }
}

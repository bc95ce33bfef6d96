package dev.lintel.door;

import dev.lintel.access.ModeSetting;
import dev.lintel.access.Reason;
import dev.lintel.accounts.Tally;
import dev.lintel.bus.Bus;
import dev.lintel.bus.Timers;
import dev.lintel.clock.Clocks;
import dev.lintel.door.lock.Chips;
import dev.lintel.door.lock.Lock;
import dev.lintel.door.lock.LockException;
import dev.lintel.door.lock.LockSite;
import dev.lintel.door.policy.PassbackConfig;
import dev.lintel.face.Deadline;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.messages.AccessMessages;
import dev.lintel.messages.AccessMessages.GetAccess;
import dev.lintel.messages.AccessMessages.LoadDoorModes;
import dev.lintel.messages.AccountMessages;
import dev.lintel.messages.AccountMessages.LoadGuesses;
import dev.lintel.messages.AccountMessages.SaveGuesses;
import dev.lintel.messages.DoorMessages.DoorList;
import dev.lintel.metrics.ApplianceMetrics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All doors of the box. Used from one event loop. */
final class Doors {
    /** How often contacts are read. */
    static final Duration TICK = Duration.ofMillis(100);

    private static final Logger LOG = LoggerFactory.getLogger(Doors.class);
    private static final String PINS = "pin";
    private static final Duration START = Duration.ofSeconds(20);

    private final Map<String, Door> doors = new LinkedHashMap<>();
    private final Map<String, String> doorOfCamera;
    private final Door none;
    private final Bus bus;
    private final Chips chips;
    private final Clocks clocks;
    private final PinGuard guard;
    private final Map<String, DoorMemory.Zone> zones = new HashMap<>();

    private Doors(Bus bus, Map<String, String> doorOfCamera, Door none, Chips chips, Clocks clocks, PinGuard guard) {
        this.bus = bus;
        this.doorOfCamera = Map.copyOf(doorOfCamera);
        this.none = none;
        this.chips = chips;
        this.clocks = clocks;
        this.guard = guard;
    }

    /**
     * @param watching what goes for cameras that belong to no door
     * @throws LockException if a lock or sensor cannot be used; it names the door
     */
    static Doors open(
            Vertx vertx,
            Bus bus,
            List<DoorConfig> configs,
            DoorConfig watching,
            Map<String, String> doorOfCamera,
            Chips chips,
            Clocks clocks,
            ApplianceMetrics metrics) {
        Timers timers = Timers.of(vertx);
        PinGuard guard = new PinGuard(steadilyFrom(clocks), tallies -> save(bus, tallies));
        LockSite site = new LockSite(vertx, bus, chips);
        Door none = new Door(
                null,
                watching,
                bus,
                watching.lock().open(site),
                null,
                new DoorMemory.Zone(watching.antiPassback().reset()),
                guard,
                timers,
                clocks,
                metrics);
        Doors all = new Doors(bus, doorOfCamera, none, chips, clocks, guard);
        for (DoorConfig config : configs) {
            PassbackConfig passback = config.antiPassback();
            String zone = passback.zone().map(name -> "zone/" + name).orElse("door/" + config.id());
            try {
                Lock lock = config.lock().open(site);
                Chips.Line contact = config.sensor().type() == SensorConfig.Type.GPIO
                        ? chips.input(
                                config.sensor().chip().orElseThrow(),
                                config.sensor().line().orElseThrow())
                        : null;
                all.doors.put(
                        config.id(),
                        new Door(
                                config.id(),
                                config,
                                bus,
                                lock,
                                contact,
                                all.zones.computeIfAbsent(zone, z -> new DoorMemory.Zone(passback.reset())),
                                guard,
                                timers,
                                clocks,
                                metrics));
            } catch (LockException e) {
                all.close();
                throw new LockException("door " + config.id() + ": " + e.getMessage(), e);
            }
        }
        return all;
    }

    /** The time by the wall when the doors were opened, and from then on steadily: lock-outs are kept over a restart. */
    private static InstantSource steadilyFrom(Clocks clocks) {
        Instant wall = clocks.now();
        Instant steady = clocks.steady().instant();
        return () -> wall.plus(Duration.between(steady, clocks.steady().instant()));
    }

    /** Takes up the modes from before the start; without them a lock-down would end with a power cut. */
    Future<?> resume() {
        if (doors.isEmpty()) {
            return Future.succeededFuture();
        }
        return bus.ask(AccountMessages.LOAD_GUESSES, new LoadGuesses(PINS, Deadline.after(START)))
                .compose(Records::value)
                .compose(kept -> {
                    guard.resume(kept.tallies());
                    return bus.ask(AccessMessages.LOAD_DOOR_MODES, new LoadDoorModes(Deadline.after(START)));
                })
                .compose(Records::value)
                .compose(kept -> Future.all(doors.entrySet().stream()
                        .map(e -> e.getValue().resume(kept.modes().getOrDefault(e.getKey(), ModeSetting.NORMAL)))
                        .toList()));
    }

    /** The door that a camera looks at; one without a lock if it looks at none. */
    Door ofCamera(String camera) {
        return doors.getOrDefault(doorOfCamera.get(camera), none);
    }

    <T> Future<Outcome<T>> with(String id, Function<Door, Future<Outcome<T>>> work) {
        Door door = doors.get(id);
        return door == null
                ? Future.succeededFuture(
                        Outcome.refused(Refusal.Code.UNKNOWN_DOOR, "there is no such door: see /doors"))
                : work.apply(door);
    }

    Future<Outcome<DoorList>> list() {
        return Future.succeededFuture(Outcome.done(
                new DoorList(doors.values().stream().map(Door::status).toList())));
    }

    /** Refused if nobody is enrolled under the label. */
    Future<Outcome<Boolean>> forgive(Label person, String by) {
        return bus.ask(AccessMessages.GET, new GetAccess(person, Deadline.after(Records.TIMEOUT)))
                .map(answer -> answer.map(rights -> {
                    boolean was = zones.values().stream()
                            .map(zone -> zone.forget(person))
                            .reduce(false, Boolean::logicalOr);
                    if (was) {
                        List<Reason> why = new ArrayList<>(List.of(new Reason("forgiven")));
                        if (!by.isEmpty()) {
                            why.add(Reason.said("key", "key", by));
                        }
                        new Records(bus, null).forgiven(person, clocks.now(), why);
                    }
                    return was;
                }));
    }

    void tick() {
        doors.values().forEach(Door::tick);
        none.tick();
        guard.keep();
    }

    private static Future<?> save(Bus bus, List<Tally> tallies) {
        return bus.ask(AccountMessages.SAVE_GUESSES, new SaveGuesses(PINS, tallies, Deadline.after(START)))
                .onFailure(failure -> LOG.warn("wrong PINs would be forgiven by a restart", failure));
    }

    void forget(Label person) {
        doors.values().forEach(door -> door.forget(person));
        none.forget(person);
    }

    /** Locks every door, then lets go of the GPIO lines. */
    Future<?> close() {
        List<Future<?>> all = new ArrayList<>(List.of(guard.keep()));
        doors.values().forEach(door -> all.add(door.close()));
        return Future.join(all).transform(closed -> {
            chips.close();
            return closed.succeeded() ? Future.succeededFuture() : Future.failedFuture(closed.cause());
        });
    }
}

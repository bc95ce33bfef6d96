package dev.lintel.door;

import dev.lintel.bus.Bus;
import dev.lintel.clock.Clocks;
import dev.lintel.door.lock.Chips;
import dev.lintel.messages.DoorMessages;
import dev.lintel.messages.PeopleMessages;
import dev.lintel.metrics.ApplianceMetrics;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.Map;

/** Decides who passes, and opens. Stopping it locks every door. Deploy one, after the store. */
public final class DoorVerticle extends VerticleBase {
    private final Bus bus;
    private final List<DoorConfig> configs;
    private final DoorConfig watching;
    private final Map<String, String> doorOfCamera;
    private final Chips chips;
    private final Clocks clocks;
    private final ApplianceMetrics metrics;
    private Doors doors;

    /**
     * @param watching what goes for cameras that belong to no door
     * @param doorOfCamera the door's id by the camera's; cameras without a door are not in it
     * @param chips the GPIO of this machine; closed with the verticle
     */
    public DoorVerticle(
            Bus bus,
            List<DoorConfig> configs,
            DoorConfig watching,
            Map<String, String> doorOfCamera,
            Chips chips,
            Clocks clocks,
            ApplianceMetrics metrics) {
        this.bus = bus;
        this.configs = configs;
        this.watching = watching;
        this.doorOfCamera = doorOfCamera;
        this.chips = chips;
        this.clocks = clocks;
        this.metrics = metrics;
    }

    @Override
    public Future<?> start() {
        doors = Doors.open(vertx, bus, configs, watching, doorOfCamera, chips, clocks, metrics);
        vertx.setPeriodic(Doors.TICK.toMillis(), tick -> doors.tick());
        bus.listen(PeopleMessages.FORGOTTEN, gone -> doors.forget(gone.label()));
        return doors.resume()
                .compose(resumed -> Future.all(List.of(
                        bus.serve(
                                DoorMessages.DECIDE,
                                ask -> doors.ofCamera(ask.sighting().camera()).decide(ask.sighting(), ask.renewed())),
                        bus.serve(
                                DoorMessages.ENTER_PIN,
                                ask -> doors.with(ask.door(), door -> door.enter(ask.person(), ask.pin()))),
                        bus.serve(DoorMessages.UNLOCK, ask -> doors.with(ask.door(), door -> door.unlock(ask.by()))),
                        bus.serve(
                                DoorMessages.SET_MODE,
                                ask -> doors.with(ask.door(), door -> door.mode(ask.mode(), ask.by()))),
                        bus.serve(
                                DoorMessages.REPORT_SENSOR,
                                ask -> doors.with(ask.door(), door -> door.sensor(ask.open()))),
                        bus.serve(DoorMessages.FORGIVE, ask -> doors.forgive(ask.person(), ask.by())),
                        bus.serve(DoorMessages.LIST, ask -> doors.list()))))
                .recover(failure -> doors.close().transform(closed -> Future.failedFuture(failure)));
    }

    @Override
    public Future<?> stop() {
        return doors == null ? Future.succeededFuture() : doors.close();
    }
}

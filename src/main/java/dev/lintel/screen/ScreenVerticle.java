package dev.lintel.screen;

import dev.lintel.bus.Bus;
import dev.lintel.messages.EventMessages;
import dev.lintel.messages.ScreenMessages;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Knows what the screen of each door shows. Deploy one, before the cameras. */
public final class ScreenVerticle extends VerticleBase {
    /** How late an answer may go. */
    private static final Duration TICK = Duration.ofMillis(250);

    private final Bus bus;
    private final List<ScreenedDoor> doors;
    private final Map<String, String> doorOfCamera;

    /** @param doorOfCamera the door's id by the camera's, of the cameras that see people come */
    public ScreenVerticle(Bus bus, List<ScreenedDoor> doors, Map<String, String> doorOfCamera) {
        this.bus = bus;
        this.doors = doors;
        this.doorOfCamera = doorOfCamera;
    }

    @Override
    public Future<?> start() {
        Screens screens = new Screens(bus, doors, doorOfCamera, System::nanoTime);
        bus.listen(ScreenMessages.CUE, screens::cue);
        bus.listen(EventMessages.RECORDED, recorded -> screens.happened(recorded.event()));
        if (!doors.isEmpty()) {
            vertx.setPeriodic(TICK.toMillis(), tick -> screens.tick());
        }
        return Future.all(
                        bus.serve(ScreenMessages.GET, ask -> Future.succeededFuture(screens.get(ask))),
                        bus.serve(ScreenMessages.WAKE, ask -> Future.succeededFuture(screens.wake(ask))))
                .onSuccess(served -> screens.begin());
    }
}

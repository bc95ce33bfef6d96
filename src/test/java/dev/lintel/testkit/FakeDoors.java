package dev.lintel.testkit;

import dev.lintel.bus.Bus;
import dev.lintel.door.DoorConfig;
import dev.lintel.door.DoorVerticle;
import dev.lintel.door.FakeChips;
import dev.lintel.metrics.ApplianceMetrics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** The real doors: one, {@code main}, without a lock. */
final class FakeDoors {
    private FakeDoors() {}

    static Future<?> start(Vertx vertx, Bus bus) {
        DoorConfig main = Configs.of(DoorConfig.class, "id: main", "pin: {alone: true}", "sensor: {type: http}");
        return vertx.deployVerticle(new DoorVerticle(
                bus,
                List.of(main),
                main,
                Map.of(),
                new FakeChips(),
                InstantSource.system(),
                ApplianceMetrics.unpublished()));
    }
}

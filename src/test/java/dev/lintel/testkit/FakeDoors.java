package dev.lintel.testkit;

import dev.lintel.bus.Bus;
import dev.lintel.clock.Clocks;
import dev.lintel.door.DoorConfig;
import dev.lintel.door.DoorVerticle;
import dev.lintel.door.FakeChips;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.screen.ScreenConfig;
import dev.lintel.screen.ScreenVerticle;
import dev.lintel.screen.ScreenedDoor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The real doors: one, {@code main}, without a lock but with a screen. */
final class FakeDoors {
    private FakeDoors() {}

    static Future<?> start(Vertx vertx, Bus bus) {
        DoorConfig main = Configs.of(DoorConfig.class, "id: main", "pin: {alone: true}", "sensor: {type: http}");
        ScreenedDoor screened = new ScreenedDoor(
                "main",
                Configs.of(ScreenConfig.class, "key: " + FakeBox.SCREEN_KEY, "name: true"),
                Optional.of(Duration.ofSeconds(15)));
        return vertx.deployVerticle(new ScreenVerticle(bus, List.of(screened), Map.of("front", "main")))
                .compose(deployed -> doors(vertx, bus, main));
    }

    private static Future<?> doors(Vertx vertx, Bus bus, DoorConfig main) {
        return vertx.deployVerticle(new DoorVerticle(
                bus,
                List.of(main),
                main,
                Map.of(),
                new FakeChips(),
                Clocks.system(() -> true),
                ApplianceMetrics.unpublished()));
    }
}

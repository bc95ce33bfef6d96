package dev.lintel.testkit;

import dev.lintel.bus.Bus;
import dev.lintel.config.LintelConfig;
import dev.lintel.config.SettingsFile;
import dev.lintel.messages.SetupMessages.Found;
import dev.lintel.setup.CameraDesk;
import dev.lintel.setup.Effect;
import dev.lintel.setup.ModelShelf;
import dev.lintel.setup.SettingsDesk;
import dev.lintel.setup.SetupVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The configuration of a box that is not there: a real file, and nothing that takes it up. */
final class FakeSettings {
    private FakeSettings() {}

    static Future<?> start(Vertx vertx, Bus bus) {
        try {
            Path home = Files.createTempDirectory("settings");
            Path file = Files.writeString(home.resolve("lintel.yaml"), "# The back door.\ncameras: []\n");
            var settings =
                    new SettingsFile(home, file, Map.of(), home.resolve("versions"), Set.of(), InstantSource.system());
            LintelConfig before = settings.config();
            return vertx.deployVerticle(new SetupVerticle(
                    bus,
                    new SettingsDesk(
                            settings,
                            new ModelShelf(home),
                            next -> before.different(next).stream()
                                    .map(part -> new Effect(part, true))
                                    .toList(),
                            next -> {}),
                    new CameraDesk(
                            (frame, size) -> List.of(), () -> List.of(new Found("device", "/dev/video0", "A webcam"))),
                    () -> {}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

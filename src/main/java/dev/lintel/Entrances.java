package dev.lintel;

import dev.lintel.access.Direction;
import dev.lintel.bus.Bus;
import dev.lintel.camera.CameraConfig;
import dev.lintel.challenge.Challenges;
import dev.lintel.challenge.Intent;
import dev.lintel.challenge.IntentConfig;
import dev.lintel.challenge.Prompts;
import dev.lintel.config.LintelConfig;
import dev.lintel.door.DoorConfig;
import dev.lintel.screen.ScreenVerticle;
import dev.lintel.screen.ScreenedDoor;
import dev.lintel.tracking.VisitTracker.Asking;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What doors want of their cameras and screens, from the configuration. Plain functions. */
final class Entrances {
    private Entrances() {}

    /** The door that a camera looks at. */
    static Optional<DoorConfig> door(LintelConfig config, CameraConfig camera) {
        return config.doors().stream()
                .filter(door -> camera.door().filter(door.id()::equals).isPresent())
                .findFirst();
    }

    /**
     * What a camera asks of whoever comes to its door.
     *
     * @param prompts what people were asked for before, at all doors
     */
    static Asking asking(LintelConfig config, CameraConfig camera, Prompts prompts) {
        return door(config, camera)
                .map(door -> new Asking(
                        new Intent(door.intent()),
                        Optional.of(door)
                                .filter(it -> asksForMovements(config, camera))
                                .map(it ->
                                        new Challenges(it.challenge(), camera.mirror(), prompts, new SecureRandom()))))
                .orElseGet(Asking::nothing);
    }

    /** Whether a camera's door asks for movements that prove a face live. */
    static boolean asksForMovements(LintelConfig config, CameraConfig camera) {
        return door(config, camera)
                .filter(door -> door.liveness() == DoorConfig.Proof.CHALLENGE)
                .isPresent();
    }

    /** The same as values, to see whether a camera has to begin anew. */
    static List<Object> asked(LintelConfig config, CameraConfig camera) {
        return door(config, camera)
                .map(door -> List.<Object>of(door.liveness(), door.challenge(), door.intent()))
                .orElse(List.of());
    }

    /** The screens of all doors. A camera that sees people leave has nothing to say to those who come. */
    static ScreenVerticle screens(Bus bus, LintelConfig config) {
        Map<String, String> entrances = config.cameras().stream()
                .filter(camera -> camera.door().isPresent() && camera.direction() != Direction.OUT)
                .collect(Collectors.toMap(
                        CameraConfig::id, camera -> camera.door().orElseThrow()));
        return new ScreenVerticle(
                bus,
                config.doors().stream()
                        .map(door -> new ScreenedDoor(
                                door.id(),
                                door.screen(),
                                Optional.of(door.intent())
                                        .filter(intent -> intent.ask() == IntentConfig.Ask.BUTTON)
                                        .map(IntentConfig::stays)))
                        .toList(),
                entrances);
    }
}

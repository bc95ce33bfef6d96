package dev.lintel;

import dev.lintel.camera.CameraConfig;
import dev.lintel.config.LintelConfig;
import dev.lintel.delivery.MqttConfig;
import dev.lintel.delivery.WebhookConfig;
import dev.lintel.door.DoorConfig;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.setup.Effect;
import io.vertx.core.Deployable;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up a changed configuration while the box runs: cameras, doors, delivery and backups are taken down and put up
 * again, the name of the place is told, what else was changed waits for a restart. Doors keep their modes, and are shut while they are down. Thread-safe.
 */
final class Rework {
    private static final Logger LOG = LoggerFactory.getLogger(Rework.class);
    private static final Set<String> AT_ONCE = Set.of("cameras", "doors", "delivery", "backup", "gateway.place");

    private final Part delivery;
    private final Part doors;
    private final Part screens;
    private final Part cameras;
    private final Part backups;
    private final Makers makers;
    private final ApplianceMetrics metrics;
    private LintelConfig running;
    private volatile String place;

    /** How the parts are made. */
    record Makers(
            Function<LintelConfig, Deployable> delivery,
            Function<LintelConfig, Deployable> doors,
            Function<LintelConfig, Deployable> screens,
            Function<LintelConfig, Deployable> cameras,
            Function<LintelConfig, Deployable> backups) {}

    Rework(
            LintelConfig running,
            Part delivery,
            Part doors,
            Part screens,
            Part cameras,
            Part backups,
            Makers makers,
            ApplianceMetrics metrics) {
        this.running = running;
        this.place = running.gateway().place();
        this.delivery = delivery;
        this.doors = doors;
        this.screens = screens;
        this.cameras = cameras;
        this.backups = backups;
        this.makers = makers;
        this.metrics = metrics;
    }

    /** Puts the parts up for the first time, in the order of need. */
    synchronized void start() {
        delivery.up(makers.delivery().apply(running));
        doors.up(makers.doors().apply(running));
        screens.up(makers.screens().apply(running));
        cameras.up(makers.cameras().apply(running));
        backups.up(makers.backups().apply(running));
    }

    /** The name of the place, as it is now; for any thread. */
    String place() {
        return place;
    }

    /** What of another configuration would be taken up at once, and what would wait. */
    synchronized List<Effect> plan(LintelConfig next) {
        Stream<Effect> now = running.different(running.withParts(next)).stream().map(part -> new Effect(part, false));
        Stream<Effect> later = running.different(next).stream()
                .filter(part -> !AT_ONCE.contains(part))
                .map(part -> new Effect(part, true));
        return Stream.concat(now, later).toList();
    }

    /**
     * Takes up what can be.
     *
     * @throws ApplianceException if it does not work on this machine; then the box runs as before
     */
    synchronized void take(LintelConfig next) {
        LintelConfig before = running;
        LintelConfig after = running.withParts(next);
        List<String> different = before.different(after);
        boolean looks = different.contains("cameras") || !asked(before).equals(asked(after));
        boolean locks = different.contains("doors") || !before.doorsOfCameras().equals(after.doorsOfCameras());
        boolean tells = different.contains("delivery");
        boolean named = different.contains("gateway.place");
        boolean keeps = named || different.contains("backup");
        try {
            put(after, looks, locks, tells, named, keeps);
        } catch (RuntimeException e) {
            LOG.warn("taking up the configuration failed, the former one is taken up again: {}", e.getMessage());
            put(before, looks, locks, tells, named, keeps);
            throw e;
        }
        running = after;
        metrics.retain(after.doors().stream().map(DoorConfig::id).collect(Collectors.toSet()), targets(after));
    }

    /** What is named stands on the screens and in each backup. */
    private void put(LintelConfig config, boolean looks, boolean locks, boolean tells, boolean named, boolean keeps) {
        place = config.gateway().place();
        boolean shows = looks || locks || named;
        if (looks) {
            cameras.down();
        }
        if (shows) {
            screens.down();
        }
        if (locks) {
            doors.down();
        }
        if (tells) {
            delivery.down();
            delivery.up(makers.delivery().apply(config));
        }
        if (locks) {
            doors.up(makers.doors().apply(config));
        }
        if (shows) {
            screens.up(makers.screens().apply(config));
        }
        if (looks) {
            cameras.up(makers.cameras().apply(config));
        }
        if (keeps) {
            backups.down();
            backups.up(makers.backups().apply(config));
        }
    }

    /** What each camera's door asks of people, and how long it leaves them alone, which the cameras go by. */
    private static List<Object> asked(LintelConfig config) {
        return config.cameras().stream()
                .<Object>map(camera -> List.of(pause(config, camera), Entrances.asked(config, camera)))
                .toList();
    }

    /** A little after the door's cool-down, so that it is over by then; never where no door decides. */
    static Duration pause(LintelConfig config, CameraConfig camera) {
        return Entrances.door(config, camera)
                .map(door -> door.coolDown().plusSeconds(1))
                .orElse(Duration.ZERO);
    }

    private static Set<String> targets(LintelConfig config) {
        Set<String> names = new HashSet<>(
                config.delivery().webhooks().stream().map(WebhookConfig::name).toList());
        if (config.delivery().mqtt().enabled()) {
            names.add(MqttConfig.TARGET);
        }
        return names;
    }
}

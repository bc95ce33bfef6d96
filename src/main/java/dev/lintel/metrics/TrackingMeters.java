package dev.lintel.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/** What the faces before one camera came to. Thread-safe. No label ever carries a name. */
public final class TrackingMeters {
    private static final Duration[] LIMITS = LongStream.of(
                    50, 100, 200, 300, 400, 500, 750, 1000, 1500, 2000, 3000, 5000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final String camera;
    private volatile int followed;

    public TrackingMeters(ApplianceMetrics metrics, String camera) {
        this.registry = metrics.registry();
        this.camera = camera;
        Gauge.builder("lintel.tracks", () -> followed)
                .description("Faces followed at the moment")
                .tag("camera", camera)
                .strongReference(true)
                .register(registry);
        // All at 0 before anything happened: what begins at 1 has not increased.
        for (String identity : List.of("known", "uncertain", "unknown")) {
            List.of("live", "not_proven", "attack").forEach(live -> sightings(identity, live));
            sightingDelay(identity);
            decisionDelay(identity);
        }
    }

    /** So many faces are followed at the moment. */
    public void followed(int faces) {
        followed = faces;
    }

    /**
     * Somebody was reported.
     *
     * @param identity {@code known}, {@code uncertain} or {@code unknown}
     * @param live {@code live}, {@code not_proven} or {@code attack}
     * @param sinceUsable from the capture of the first view that could be recognised until the vote was clear
     */
    public void sighting(String identity, String live, Duration sinceUsable) {
        sightings(identity, live).increment();
        sightingDelay(identity).record(positive(sinceUsable));
    }

    private Counter sightings(String identity, String live) {
        return Counter.builder("lintel.sightings")
                .description("Visits that were reported, by who it was and whether it was live")
                .tags("camera", camera, "identity", identity, "live", live)
                .register(registry);
    }

    private Timer sightingDelay(String identity) {
        return timer(
                "lintel.sighting.delay",
                "Time from the first usable view of a face until the vote was clear",
                identity);
    }

    private Timer decisionDelay(String identity) {
        return timer(
                "lintel.decision.delay",
                "Time from the first usable view of a face until the door had decided",
                identity);
    }

    /** The door has decided. */
    public void decided(String identity, Duration sinceUsable) {
        decisionDelay(identity).record(positive(sinceUsable));
    }

    /** A question about a face that was answered too late or not at all. */
    public void unanswered(String question) {
        Counter.builder("lintel.tracking.unanswered")
                .description("Questions about followed faces that were not answered in time")
                .tags("camera", camera, "question", question)
                .register(registry)
                .increment();
    }

    /** A frame with faces that was skipped because the one before was still being worked on. */
    public void skipped() {
        Counter.builder("lintel.tracking.skipped")
                .description("Searched frames that were skipped for a newer one")
                .tag("camera", camera)
                .register(registry)
                .increment();
    }

    private Timer timer(String name, String description, String identity) {
        return Timer.builder(name)
                .description(description)
                .tags("camera", camera, "identity", identity)
                .serviceLevelObjectives(LIMITS)
                .register(registry);
    }

    private static Duration positive(Duration time) {
        return time.isNegative() ? Duration.ZERO : time;
    }
}

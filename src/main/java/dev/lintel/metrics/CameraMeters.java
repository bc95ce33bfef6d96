package dev.lintel.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** The meters of one camera. Thread-safe. Closing takes its gauges out of the registry. */
public final class CameraMeters implements AutoCloseable {
    private static final List<String> STATES = List.of("live", "connecting", "lost", "frozen");

    private final MeterRegistry registry;
    private final String camera;
    private final Counter read;
    private final Counter dropped;
    private final Counter reconnects;
    private final Counter deaths;
    private final Timer analysis;
    private final LongAdder frames = new LongAdder();
    private final LongAdder drops = new LongAdder();
    private final List<Meter> gauges = new ArrayList<>();

    CameraMeters(MeterRegistry registry, String camera) {
        this.registry = registry;
        this.camera = camera;
        this.read = counter("lintel.camera.frames", "Frames that a camera gave");
        this.dropped = counter("lintel.camera.dropped", "Frames that were not looked at because a newer one was there");
        this.reconnects = counter("lintel.camera.reconnects", "Attempts to open a camera again");
        this.deaths = counter("lintel.camera.deaths", "Threads of a camera that died and were started again");
        this.analysis = Timer.builder("lintel.camera.analysis")
                .description("Time to find and cut the faces of one frame")
                .tag("camera", camera)
                .serviceLevelObjectives(
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(20),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(200),
                        Duration.ofMillis(500))
                .register(registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name)
                .description(description)
                .tag("camera", camera)
                .register(registry);
    }

    /**
     * @param stale seconds since the last fresh picture
     * @param state one of live, connecting, lost, frozen in any case
     */
    public synchronized void health(Supplier<Number> stale, Supplier<String> state) {
        gauges.add(Gauge.builder("lintel.camera.stale", stale)
                .description("Seconds since a camera's last fresh picture")
                .baseUnit("seconds")
                .tag("camera", camera)
                .strongReference(true)
                .register(registry));
        for (String each : STATES) {
            gauges.add(Gauge.builder("lintel.camera.state", () -> state.get().equalsIgnoreCase(each) ? 1 : 0)
                    .description("1 for the state that a camera is in")
                    .tags("camera", camera, "state", each)
                    .strongReference(true)
                    .register(registry));
        }
    }

    /**
     * @param level of live faces by the liveness network, 0..1; NaN while it is not known
     * @param limit that follows from it, likewise
     * @param tooLow 1 if live faces look as attacks do elsewhere, else 0
     */
    public synchronized void liveness(Supplier<Number> level, Supplier<Number> limit, Supplier<Number> tooLow) {
        gauges.add(Gauge.builder("lintel.camera.live.level", level)
                .description("What the liveness network says of live faces at a camera, 0..1")
                .tag("camera", camera)
                .strongReference(true)
                .register(registry));
        gauges.add(Gauge.builder("lintel.camera.live.limit", limit)
                .description("Smallest mean of the liveness network over a visit that counts as live at a camera, 0..1")
                .tag("camera", camera)
                .strongReference(true)
                .register(registry));
        gauges.add(Gauge.builder("lintel.camera.live.low", tooLow)
                .description("1 if the liveness network can hardly tell live faces from attacks at a camera")
                .tag("camera", camera)
                .strongReference(true)
                .register(registry));
    }

    public void read() {
        read.increment();
        frames.increment();
    }

    public void dropped() {
        dropped.increment();
        drops.increment();
    }

    public void died() {
        deaths.increment();
    }

    public void reconnecting() {
        reconnects.increment();
    }

    /** Searches one frame, timed. */
    public <T> T analysed(Supplier<T> search) {
        long start = System.nanoTime();
        try {
            return search.get();
        } finally {
            analysis.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        }
    }

    /** Frames read since the start. */
    public long frames() {
        return frames.sum();
    }

    /** Frames dropped since the start. */
    public long droppedFrames() {
        return drops.sum();
    }

    /** Frames searched for faces since the start. */
    public long analysedFrames() {
        return analysis.count();
    }

    @Override
    public synchronized void close() {
        gauges.forEach(registry::remove);
        gauges.clear();
    }
}

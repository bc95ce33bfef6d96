package dev.lintel.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.Info;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Names and updates every meter that Lintel itself defines. Thread-safe. No label ever carries a name. */
public final class ApplianceMetrics {

    /** The steps of one recognition, each with its latency histogram. */
    public enum Stage {
        DECODE,
        DETECT,
        ALIGN,
        LIVENESS,
        EMBED,
        MATCH
    }

    private static final List<String> VERDICTS = List.of("granted", "denied", "pin_needed");
    private static final List<String> MODES = List.of("normal", "lock-down", "free-passage");
    private static final List<String> OUTCOMES = List.of("delivered", "failed", "refused", "given_up");

    private final MeterRegistry registry;
    private final Map<Stage, Timer> stages = new EnumMap<>(Stage.class);
    private Info models;

    public ApplianceMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (Stage stage : Stage.values()) {
            stages.put(
                    stage,
                    Timer.builder("lintel.stage")
                            .description("Time that one step of a recognition took")
                            .tag("stage", lower(stage))
                            .serviceLevelObjectives(millis(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000))
                            .register(registry));
        }
    }

    /** Meters that nobody reads, for work beside the appliance. */
    public static ApplianceMetrics unpublished() {
        return new ApplianceMetrics(new SimpleMeterRegistry());
    }

    public MeterRegistry registry() {
        return registry;
    }

    /** Runs a step and records how long it took, whether it succeeds or throws. */
    public <T> T timed(Stage stage, Supplier<T> step) {
        long start = System.nanoTime();
        try {
            return step.get();
        } finally {
            stages.get(stage).record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        }
    }

    /** One HTTP request: {@code route} is the operation's name, {@code outcome} {@code ok} or the refusal's code. */
    public void request(String route, String outcome, int status, long nanos) {
        Timer.builder("lintel.requests")
                .description("HTTP requests by operation and outcome")
                .tags("route", route, "outcome", outcome, "status", Integer.toString(status))
                .serviceLevelObjectives(millis(10, 25, 50, 100, 250, 500, 1000, 2500, 5000))
                .register(registry)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    /** One identified face: {@code match}, {@code unknown}, {@code spoof} or {@code low_quality}. */
    public void identification(String result) {
        counter("lintel.identifications", "Faces that were to be identified, by result", "result", result)
                .increment();
    }

    /** One enrolled or refused template. */
    public void enrolment(String result) {
        counter("lintel.enrolments", "Faces that were to be enrolled, by result", "result", result)
                .increment();
    }

    /** A request that was turned away because the box is busy. */
    public void rejected(String queue) {
        counter("lintel.rejections", "Work turned away because a queue was full", "queue", queue)
                .increment();
    }

    /** Work that was dropped unseen because its deadline had passed or its asker was gone. */
    public void expired(String queue) {
        counter("lintel.expired", "Work dropped because nobody waited for it any more", "queue", queue)
                .increment();
    }

    /** One entry of the event log, by its kind. */
    public void recorded(String kind) {
        counter("lintel.events", "Events that were recorded, by kind", "kind", kind)
                .increment();
    }

    /** Entries that were removed because they are older than they may be. */
    public void purged(String book, int entries) {
        counter("lintel.purged", "Entries removed after their retention, by book", "book", book)
                .increment(entries);
    }

    public void queueDepth(String queue, Supplier<Number> depth) {
        forget("lintel.queue.depth", "queue", queue);
        Gauge.builder("lintel.queue.depth", depth)
                .description("Work waiting or running")
                .tag("queue", queue)
                .strongReference(true)
                .register(registry);
    }

    public void gallery(Supplier<Number> people, Supplier<Number> templates) {
        Gauge.builder("lintel.gallery.people", people)
                .description("Enrolled people")
                .strongReference(true)
                .register(registry);
        Gauge.builder("lintel.gallery.templates", templates)
                .description("Templates in the gallery")
                .strongReference(true)
                .register(registry);
    }

    public void renewal(Supplier<Number> waiting) {
        Gauge.builder("lintel.renewal.waiting", waiting)
                .description("Templates that another embedding model has still to make of the pictures that are kept")
                .strongReference(true)
                .register(registry);
    }

    /** A loaded model: for Prometheus {@code lintel_model_info}, elsewhere a gauge of value 1. */
    public void model(String task, String id, String version, String runtime) {
        if (registry instanceof PrometheusMeterRegistry prometheus) {
            models(prometheus).addLabelValues(task, id, version, runtime);
            return;
        }
        Gauge.builder("lintel.model", () -> 1)
                .description("Loaded model packs")
                .tags("task", task, "id", id, "version", version, "runtime", runtime)
                .strongReference(true)
                .register(registry);
    }

    private synchronized Info models(PrometheusMeterRegistry prometheus) {
        if (models == null) {
            models = Info.builder()
                    .name("lintel_model")
                    .help("Loaded model packs")
                    .labelNames("task", "id", "version", "runtime")
                    .register(prometheus.getPrometheusRegistry());
        }
        return models;
    }

    /**
     * One attempt to tell a target of an event: {@code delivered}, {@code failed} (tried again) or {@code refused} as wrong; and an
     * event that was {@code given_up}.
     */
    public void delivery(String target, String outcome) {
        deliveries(target, outcome).increment();
    }

    private Counter deliveries(String target, String outcome) {
        return Counter.builder("lintel.deliveries")
                .description("Attempts to tell a target of an event, by outcome")
                .tags("target", target, "outcome", outcome)
                .register(registry);
    }

    /** What waits for a target, and for how many seconds the oldest of it has. */
    public void outbox(String target, Supplier<Number> depth, Supplier<Number> ageSeconds) {
        forget("lintel.outbox.depth", "target", target);
        forget("lintel.outbox.oldest", "target", target);
        OUTCOMES.forEach(outcome -> deliveries(target, outcome));
        Gauge.builder("lintel.outbox.depth", depth)
                .description("Events that a target has not been told of")
                .tag("target", target)
                .strongReference(true)
                .register(registry);
        Gauge.builder("lintel.outbox.oldest", ageSeconds)
                .description("Age of the oldest event that a target has not been told of")
                .baseUnit("seconds")
                .tag("target", target)
                .strongReference(true)
                .register(registry);
    }

    /** Whether the store can be written, the free space of its disk and the size of its file. */
    public void store(Supplier<Number> writable, Supplier<Number> freeBytes, Supplier<Number> databaseBytes) {
        Gauge.builder("lintel.store.writable", writable)
                .description("1 if the store could be written at this scrape, else 0")
                .strongReference(true)
                .register(registry);
        Gauge.builder("lintel.store.free", freeBytes)
                .description("Free space of the store's disk")
                .baseUnit("bytes")
                .strongReference(true)
                .register(registry);
        Gauge.builder("lintel.store.database", databaseBytes)
                .description("Size of the database file")
                .baseUnit("bytes")
                .strongReference(true)
                .register(registry);
    }

    public void mqttConnected(Supplier<Number> connected) {
        registry.find("lintel.mqtt.connected").gauges().forEach(registry::remove);
        Gauge.builder("lintel.mqtt.connected", connected)
                .description("1 while the MQTT broker is connected, else 0")
                .strongReference(true)
                .register(registry);
    }

    /**
     * Backups of everything.
     *
     * @param newest when the newest was made, in seconds since 1970; 0 if there is none
     * @param bytes of it
     * @param trouble 1 if the one that the box makes each day failed or is missing
     */
    public void backups(Supplier<Number> newest, Supplier<Number> bytes, Supplier<Number> trouble) {
        backupFailures();
        gauge("lintel.backup.newest", "When the newest backup was made, in seconds since 1970; 0: none", newest);
        gauge("lintel.backup.bytes", "Size of the newest backup", bytes);
        gauge("lintel.backup.trouble", "1 if the daily backup failed or is missing, else 0", trouble);
    }

    private void gauge(String name, String description, Supplier<Number> value) {
        registry.find(name).gauges().forEach(registry::remove);
        Gauge.builder(name, value)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    /** A backup could not be made. */
    public void backupFailed() {
        backupFailures().increment();
    }

    private Counter backupFailures() {
        return Counter.builder("lintel.backup.failures")
                .description("Backups that could not be made or were not whole")
                .register(registry);
    }

    /** The meters of the camera with this id. */
    public CameraMeters camera(String id) {
        return new CameraMeters(registry, id);
    }

    /**
     * The meters of a door, at 0 before anything happened: an alarm on what has increased never sees a meter that begins at 1.
     *
     * @param rules the names of what may decide there
     * @param broken 1 while the lock does not work
     * @param mode the name of the mode that holds, such as {@code lock-down}
     */
    public void door(String door, List<String> rules, Supplier<Number> broken, Supplier<String> mode) {
        openings(door);
        lockFailures(door);
        for (String verdict : VERDICTS) {
            rules.forEach(rule -> decisions(door, verdict, rule));
        }
        forget("lintel.door.lock.broken", "door", door);
        forget("lintel.door.mode", "door", door);
        Gauge.builder("lintel.door.lock.broken", broken)
                .description("1 while the lock cannot be driven, else 0")
                .tag("door", door)
                .strongReference(true)
                .register(registry);
        for (String each : MODES) {
            Gauge.builder("lintel.door.mode", () -> mode.get().equals(each) ? 1 : 0)
                    .description("1 for the mode that a door is in")
                    .tags("door", door, "mode", each)
                    .strongReference(true)
                    .register(registry);
        }
    }

    /**
     * One decision of a door: {@code granted}, {@code denied} or {@code pin_needed}, and the rule that decided.
     *
     * @param door null for cameras that belong to none
     */
    public void decision(String door, String verdict, String rule) {
        decisions(door == null ? "none" : door, lower(verdict), rule).increment();
    }

    private Counter decisions(String door, String verdict, String rule) {
        return Counter.builder("lintel.door.decisions")
                .description("Decisions of doors, by verdict and rule")
                .tags("door", door, "verdict", verdict, "rule", rule)
                .register(registry);
    }

    /** A lock was released. */
    public void doorOpening(String door) {
        openings(door).increment();
    }

    private Counter openings(String door) {
        return counter("lintel.door.openings", "Times that a lock was released", "door", door);
    }

    /** A lock could not be driven. */
    public void lockFailure(String door) {
        lockFailures(door).increment();
    }

    private Counter lockFailures(String door) {
        return counter("lintel.door.lock.failures", "Times that a lock could not be driven", "door", door);
    }

    /** 1 while a door stands open for too long. */
    public void heldOpen(String door, Supplier<Number> state) {
        forget("lintel.door.held.open", "door", door);
        Gauge.builder("lintel.door.held.open", state)
                .description("Whether the door stands open for too long")
                .tag("door", door)
                .strongReference(true)
                .register(registry);
    }

    /** Of a part that was put up again, so that the new one is asked and not the former. */
    private void forget(String gauge, String tag, String value) {
        registry.find(gauge).tag(tag, value).gauges().forEach(registry::remove);
    }

    /** The gauges of doors and targets that are configured no more go. */
    public void retain(Set<String> doors, Set<String> targets) {
        retain("door", doors, "lintel.door.held.open", "lintel.door.lock.broken", "lintel.door.mode");
        retain("target", targets, "lintel.outbox.depth", "lintel.outbox.oldest");
    }

    private void retain(String tag, Set<String> values, String... gauges) {
        for (String name : gauges) {
            registry.find(name).gauges().stream()
                    .filter(gauge -> !values.contains(gauge.getId().getTag(tag)))
                    .forEach(registry::remove);
        }
    }

    private Counter counter(String name, String description, String tag, String value) {
        return Counter.builder(name).description(description).tag(tag, value).register(registry);
    }

    private static Duration[] millis(long... values) {
        Duration[] durations = new Duration[values.length];
        for (int i = 0; i < values.length; i++) {
            durations[i] = Duration.ofMillis(values[i]);
        }
        return durations;
    }

    private static String lower(Enum<?> value) {
        return lower(value.name());
    }

    private static String lower(String value) {
        return value.toLowerCase(java.util.Locale.ROOT);
    }
}

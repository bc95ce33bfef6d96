package dev.lintel;

import dev.lintel.access.CameraState;
import dev.lintel.access.EventFilter;
import dev.lintel.attendance.AttendanceReports;
import dev.lintel.backup.BackedUpBox;
import dev.lintel.backup.BackupDesk;
import dev.lintel.backup.BackupVerticle;
import dev.lintel.backup.BoxFiles;
import dev.lintel.bus.Bus;
import dev.lintel.camera.CameraConfig;
import dev.lintel.camera.CameraVerticle;
import dev.lintel.challenge.Prompts;
import dev.lintel.clock.ClockWatch;
import dev.lintel.clock.Clocks;
import dev.lintel.compat.CompreFaceApi;
import dev.lintel.compat.DeepStackApi;
import dev.lintel.config.Defaults;
import dev.lintel.config.LintelConfig;
import dev.lintel.config.NamedFiles;
import dev.lintel.config.SettingsFile;
import dev.lintel.delivery.DeliveryVerticle;
import dev.lintel.door.DoorConfig;
import dev.lintel.door.DoorVerticle;
import dev.lintel.door.lock.DiozeroChips;
import dev.lintel.embedding.EmbeddingVerticle;
import dev.lintel.embedding.FaceEmbedder;
import dev.lintel.face.Deadline;
import dev.lintel.gateway.ConsoleKey;
import dev.lintel.gateway.Contract;
import dev.lintel.gateway.GatewayParts;
import dev.lintel.gateway.GatewayVerticle;
import dev.lintel.gateway.GuestApi;
import dev.lintel.gateway.VersionInfo;
import dev.lintel.inference.MissingLibrary;
import dev.lintel.inference.ModelException;
import dev.lintel.inference.Natives;
import dev.lintel.liveness.CameraLevel;
import dev.lintel.liveness.FaceScreening;
import dev.lintel.liveness.FrameInspector;
import dev.lintel.liveness.LivenessVerticle;
import dev.lintel.liveness.NetworkLimit;
import dev.lintel.messages.AccountMessages;
import dev.lintel.messages.AccountMessages.LoadCredentials;
import dev.lintel.messages.CameraMessages;
import dev.lintel.messages.CameraMessages.ListCameras;
import dev.lintel.messages.EventMessages;
import dev.lintel.messages.EventMessages.ListEvents;
import dev.lintel.messages.StoreMessages;
import dev.lintel.messages.StoreMessages.StoreStatus;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.models.ModelSet;
import dev.lintel.models.Models;
import dev.lintel.recognition.RecognitionFlow;
import dev.lintel.recognition.RenewalVerticle;
import dev.lintel.recognition.ThresholdPolicy;
import dev.lintel.setup.CameraDesk;
import dev.lintel.setup.ModelShelf;
import dev.lintel.setup.SettingsDesk;
import dev.lintel.setup.SetupVerticle;
import dev.lintel.store.EventRules;
import dev.lintel.store.FaceStore;
import dev.lintel.store.StoreVerticle;
import dev.lintel.tracking.VisitTracker;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole box: opens the models, the store and the verticles in the order in which they need each other, and
 * closes them in reverse. Everything has been verified and warmed when {@link #start} returns. Thread-safe.
 */
public final class Appliance implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Appliance.class);
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Duration TRIM = Duration.ofMinutes(1);
    private static final Duration PULSE = Duration.ofSeconds(5);

    private final LintelConfig config;
    private final Optional<Installed> installed;
    private final Closing opened = new Closing();
    private final Prompts prompts = new Prompts();
    private Bus bus;
    private GatewayVerticle gateway;
    private boolean closed;

    private Appliance(LintelConfig config, Optional<Installed> installed) {
        this.config = config;
        this.installed = installed;
    }

    /**
     * Starts an appliance and waits until it serves.
     *
     * @throws ApplianceException if it cannot; whatever was opened is closed again
     */
    public static Appliance start(LintelConfig config) {
        return start(config, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    }

    /** Like {@link #start(LintelConfig)}, with the configuration's models where the caller has looked at them already. */
    public static Appliance start(LintelConfig config, ModelSet models) {
        return start(
                config,
                models,
                new Succession(config.embedding(), Optional.empty()),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                Optional.empty());
    }

    /** Like {@link #start(LintelConfig)}, for a box whose configuration can be changed while it runs. */
    public static Appliance start(LintelConfig config, Installed installed) {
        return start(config, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), Optional.of(installed));
    }

    /** Like {@link #start(LintelConfig)}, with a registry of the caller's. */
    public static Appliance start(LintelConfig config, PrometheusMeterRegistry registry) {
        return start(config, registry, Optional.empty());
    }

    private static Appliance start(
            LintelConfig config, PrometheusMeterRegistry registry, Optional<Installed> installed) {
        Succession embedders;
        try {
            embedders = Succession.of(config);
        } catch (ModelException e) {
            throw new ApplianceException(e.getMessage(), true, e);
        }
        ModelSet models = new ModelSet(config.inference(), config.vision(), config.liveness(), embedders.serving());
        return start(config, models, embedders, registry, installed);
    }

    private static Appliance start(
            LintelConfig config,
            ModelSet models,
            Succession embedders,
            PrometheusMeterRegistry registry,
            Optional<Installed> installed) {
        long start = System.nanoTime();
        Appliance appliance = new Appliance(config, installed);
        try {
            appliance.open(models, embedders, registry);
        } catch (RuntimeException | Error e) {
            appliance.close();
            throw e;
        }
        LOG.info("ready in {} ms, version {}", (System.nanoTime() - start) / 1_000_000, version());
        return appliance;
    }

    /** The parts list, in the order of need. */
    private void open(ModelSet packs, Succession embedders, PrometheusMeterRegistry registry) {
        opened.later("registry", registry::close);
        opened.later("process metrics", new ProcessMetrics(registry));
        ApplianceMetrics metrics = new ApplianceMetrics(registry);
        Vertx vertx = vertx(registry);
        vertx.setPeriodic(TRIM.toMillis(), id -> vertx.executeBlocking(Appliance::trimMemory, false));
        Future<Contract> contract = Contract.load(vertx); // beside the models: both take long
        Models models;
        try {
            models = models(packs, metrics);
        } finally {
            opened.later("Vert.x", () -> await("closing Vert.x", vertx.close()));
        }
        bus = Bus.install(vertx);

        FaceStore store = await(
                "the store",
                FaceStore.open(
                        vertx,
                        config.store(),
                        models.embedder().modelId(),
                        models.embedder().dimension(),
                        new EventRules(
                                config.attendance(),
                                config.visitors(),
                                models.calibration()
                                        .similarityAtFmr(config.visitors().fmr()),
                                config.consent(),
                                InstantSource.system())));
        opened.later("store", () -> await("closing the store", store.close()));
        ClockWatch clock = opened.later("clock", new ClockWatch(config.clock()).start());
        deploy(vertx, "store verticle", new StoreVerticle(bus, store, metrics, clock::believed));
        tellOfTheLastEvent(clock);
        requireSomebody();
        deploy(vertx, "embedding", new EmbeddingVerticle(bus, models.embedder(), config.embedding(), metrics));
        FaceScreening screening =
                new FaceScreening(models.reader(), models.checks().onImages(), metrics);
        deploy(vertx, "liveness", new LivenessVerticle(bus, screening, config.liveness(), metrics));

        AtomicReference<BackupDesk> backups = new AtomicReference<>();
        Rework rework = rework(vertx, models, embedders.fromVisits(), clock, metrics, now -> {
            backups.set(backups(now, store, metrics));
            return new BackupVerticle(bus, backups.get(), clock::believed);
        });
        rework.start();
        installed.ifPresent(where -> deploy(vertx, "setup", setup(where, rework, models)));

        var flow = new RecognitionFlow(
                bus, models.calibration(), models.embedder().modelId(), config.recognition(), metrics);
        var running = new RunningModels(models.manifests(), renewal(vertx, models, embedders, metrics));
        var version = new VersionInfo(
                version(),
                running.versions(),
                config.timeZone(),
                rework::place,
                embedders
                        .coming()
                        .map(pack -> new VersionInfo.Coming(pack.manifest().id(), embedders.fromVisits())));
        var reports = new AttendanceReports(config.attendance(), InstantSource.system());
        gateway = new GatewayVerticle(
                await("the contract", contract),
                new GatewayParts(
                        bus,
                        flow,
                        reports,
                        config.gateway(),
                        metrics,
                        () -> running.components(clock, backups.get().status()),
                        version,
                        guests(flow),
                        console(),
                        config.store().database().toAbsolutePath().resolveSibling("tls")));
        deploy(vertx, "gateway", gateway);
        warnOfOtherModels(models.embedder().modelId());
    }

    /** Makes templates of the pictures that are kept, where there are any; then the coming embedder takes over. */
    private Optional<RenewalVerticle> renewal(
            Vertx vertx, Models models, Succession embedders, ApplianceMetrics metrics) {
        if (embedders.coming().isEmpty() && !config.consent().keepPictures()) {
            return Optional.empty();
        }
        RenewalVerticle renewal = embedders
                .coming()
                .map(pack -> {
                    FaceEmbedder next = opened.later("coming embedder", FaceEmbedder.open(pack));
                    LOG.info(
                            "{} serves until {} has made the templates of all "
                                    + (embedders.fromVisits() ? "people" : "pictures"),
                            models.embedder().modelId(),
                            next.modelId());
                    return new RenewalVerticle(
                            bus, next.modelId(), next::embed, embedders.fromVisits(), once(this::takeOver), metrics);
                })
                .orElseGet(() -> new RenewalVerticle(bus, models.embedder().modelId(), null, false, () -> {}, metrics));
        deploy(vertx, "renewal", renewal);
        return Optional.of(renewal);
    }

    private void takeOver() {
        if (installed.isPresent()) {
            LOG.info("every template that can be made is made: the box starts anew with the new embedder");
            installed.get().restart().run();
        } else {
            LOG.warn("every template that can be made is made: start the box anew, it then runs the new embedder");
        }
    }

    private static Runnable once(Runnable work) {
        AtomicBoolean done = new AtomicBoolean();
        return () -> {
            if (done.compareAndSet(false, true)) {
                work.run();
            }
        };
    }

    private BackupDesk backups(LintelConfig now, FaceStore store, ApplianceMetrics metrics) {
        return new BackupDesk(
                new BackedUpBox(
                        now.backup(),
                        now.store(),
                        store.copies(),
                        new BoxFiles(
                                now.store().database(),
                                installed
                                        .map(Installed::home)
                                        .orElse(Path.of("").toAbsolutePath()),
                                installed.map(Installed::file),
                                NamedFiles.of(now)),
                        version(),
                        now.gateway().place(),
                        now.timeZone()),
                metrics,
                InstantSource.system());
    }

    /** A clock that goes before the last event is wrong. */
    private void tellOfTheLastEvent(ClockWatch clock) {
        EventFilter all = new EventFilter(null, null, null, null, null, null, null);
        await(
                        "the last event",
                        bus.ask(EventMessages.LIST, new ListEvents(all, Long.MAX_VALUE, 1, Deadline.after(PULSE))))
                .map(page -> page.events().stream().findFirst())
                .map(last -> {
                    last.ifPresent(recorded -> clock.notBefore(recorded.event().at()));
                    return last;
                });
        if (!clock.believed()) {
            LOG.warn("the clock is {}", clock.text());
        }
    }

    /** The APIs of other programs that are switched on. */
    private List<GuestApi> guests(RecognitionFlow flow) {
        List<GuestApi> guests = new ArrayList<>();
        if (config.compat().compreface()) {
            guests.add(new CompreFaceApi(bus, flow));
        }
        if (config.compat().deepstack()) {
            guests.add(new DeepStackApi(bus, flow, config.compat()));
        }
        return guests;
    }

    /** The parts that a change of the configuration replaces. */
    private Rework rework(
            Vertx vertx,
            Models models,
            boolean learning,
            ClockWatch clock,
            ApplianceMetrics metrics,
            Function<LintelConfig, Deployable> backups) {
        return new Rework(
                config,
                opened.later("delivery", new Part(vertx, "delivery")),
                opened.later("doors", new Part(vertx, "doors")),
                opened.later("screens", new Part(vertx, "screens")),
                opened.later("cameras", new Part(vertx, "cameras")),
                opened.later("backup", new Part(vertx, "backup")),
                new Rework.Makers(
                        now -> new DeliveryVerticle(bus, now.delivery(), Clock.systemUTC(), metrics, version()),
                        now -> new DoorVerticle(
                                bus,
                                now.doors(),
                                Defaults.of(DoorConfig.class, "id: none"),
                                now.doorsOfCameras(),
                                new DiozeroChips(),
                                Clocks.system(clock::believed),
                                metrics),
                        now -> Entrances.screens(bus, now),
                        now -> cameras(now, models, learning, metrics),
                        backups),
                metrics);
    }

    private SetupVerticle setup(Installed where, Rework rework, Models models) {
        ModelShelf shelf = new ModelShelf(where.home());
        try {
            SettingsFile file = new SettingsFile(
                    where.home(),
                    where.file(),
                    where.environment(),
                    config.store().database().toAbsolutePath().resolveSibling("settings"),
                    shelf.chosenFrom(),
                    InstantSource.system());
            return new SetupVerticle(
                    bus,
                    new SettingsDesk(file, shelf, rework::plan, rework::take),
                    new CameraDesk(models.reader()::look),
                    where.restart());
        } catch (IOException e) {
            throw new ApplianceException("the folder models cannot be read: " + e.getMessage(), true, e);
        }
    }

    /** Without it the box runs all the same; the command line then needs a key. */
    private Optional<ConsoleKey> console() {
        try {
            return Optional.of(
                    opened.later("console key", ConsoleKey.make(config.store().database())));
        } catch (IOException e) {
            LOG.warn("the command line on this machine will need a key: {}", e.toString());
            return Optional.empty();
        }
    }

    /** A box that can open a door does nothing for whoever happens to sit at it. */
    private void requireSomebody() {
        if (config.doors().stream().noneMatch(door -> door.lock().exists())
                || !config.gateway().keys().isEmpty()) {
            return;
        }
        boolean somebody = await(
                        "the accounts", bus.ask(AccountMessages.LOAD, new LoadCredentials(Deadline.after(TIMEOUT))))
                .fold(known -> !known.accounts().isEmpty() || !known.keys().isEmpty(), refusal -> false);
        if (!somebody) {
            throw new ApplianceException(
                    "a door has a lock, and the box has neither accounts nor keys: make an administrator first, with"
                            + " 'lintel account add NAME --role admin'",
                    true,
                    null);
        }
    }

    private CameraVerticle cameras(LintelConfig now, Models models, boolean learning, ApplianceMetrics metrics) {
        FrameInspector inspector = new FrameInspector(models.checks().onFrames(), metrics);
        Map<String, CameraLevel> levels = new HashMap<>();
        models.checks()
                .levelRule()
                .ifPresent(rule -> now.cameras()
                        .forEach(camera -> levels.put(
                                camera.id(),
                                new CameraLevel(
                                        rule,
                                        Entrances.asksForMovements(now, camera),
                                        now.liveness().sequence().learnLimit()))));
        return new CameraVerticle(
                bus,
                now.cameras(),
                models.reader()::look,
                camera -> tracker(now, camera, levels.get(camera.id()), models),
                inspector,
                now.liveness().threads(),
                levels,
                learning,
                metrics);
    }

    private VisitTracker tracker(LintelConfig now, CameraConfig camera, CameraLevel level, Models models) {
        return new VisitTracker(
                new VisitTracker.Source(
                        camera.id(),
                        camera.direction(),
                        models.embedder().modelId(),
                        Rework.pause(now, camera),
                        level == null ? NetworkLimit.OWN : level.limit()),
                Entrances.asking(now, camera, prompts),
                now.tracking(),
                new ThresholdPolicy(models.calibration(), now.recognition()),
                now.recognition().minimumMargin(),
                now.liveness().sequence(),
                InstantSource.system(),
                UUID::randomUUID);
    }

    /** After a change of the embedder nobody enrolled before is recognised; the log must not be silent about it. */
    private void warnOfOtherModels(String modelId) {
        bus.ask(StoreMessages.STATUS, new StoreStatus(Deadline.after(PULSE)))
                .onSuccess(answer -> answer.map(health ->
                                health.templates() - health.comparable() - health.renewable() - health.damaged())
                        .map(others -> {
                            if (others > 0) {
                                LOG.warn(
                                        "{} templates were made by another embedding model than {}; they are kept but"
                                                + " not compared: enrol these people again ('lintel re-enrol' lists them), or configure the former"
                                                + " model",
                                        others,
                                        modelId);
                            }
                            return others;
                        }));
    }

    /** What native code has freed stays the process's own otherwise: after a burst of large photos 144 of 565 MiB. */
    private static Void trimMemory() {
        Natives.trimMemory();
        return null;
    }

    private Models models(ModelSet packs, ApplianceMetrics metrics) {
        try {
            return opened.later("models", packs.open(metrics));
        } catch (ModelException e) {
            throw new ApplianceException(e.getMessage(), true, e);
        } catch (LinkageError e) {
            throw new ApplianceException("the native libraries cannot be loaded: " + MissingLibrary.of(e), true, e);
        }
    }

    /**
     * Small: recognition has its own pools; the event loops only parse, ask and answer. Of the workers, three are the
     * database's connections' when all are at work, so that a backup that is parsed or a PIN that is hashed holds no door up.
     */
    private Vertx vertx(PrometheusMeterRegistry registry) {
        VertxOptions options = new VertxOptions()
                .setEventLoopPoolSize(Math.min(2, Runtime.getRuntime().availableProcessors()))
                .setWorkerPoolSize(6)
                .setInternalBlockingPoolSize(4)
                .setMetricsOptions(new MicrometerMetricsOptions()
                        .setEnabled(true)
                        .setDisabledMetricsCategories(Set.of(
                                MetricsDomain.NET_CLIENT.toCategory(),
                                MetricsDomain.NET_SERVER.toCategory(),
                                MetricsDomain.HTTP_CLIENT.toCategory(),
                                MetricsDomain.DATAGRAM_SOCKET.toCategory(),
                                MetricsDomain.VERTICLES.toCategory())));
        return Vertx.builder()
                .with(options)
                .withMetrics(new MicrometerMetricsFactory(registry))
                .build();
    }

    private void deploy(Vertx vertx, String name, Deployable verticle) {
        String id = await(name, vertx.deployVerticle(verticle));
        opened.later(name, () -> await("stopping " + name, vertx.undeploy(id)));
    }

    static <T> T await(String what, Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            String why = cause instanceof BindException
                    ? "the address cannot be used (" + cause.getMessage()
                            + "): stop the other program, or choose another gateway.port"
                    : cause.getMessage() == null ? cause.toString() : cause.getMessage();
            throw new ApplianceException(what + ": " + why, false, cause);
        } catch (TimeoutException e) {
            throw new ApplianceException(what + ": no answer within " + TIMEOUT.toSeconds() + " s", false, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApplianceException(what + ": interrupted", false, e);
        }
    }

    /** The port for HTTPS; 0 if there is none. */
    public int tlsPort() {
        return gateway.tlsPort();
    }

    /** The port that it listens on. */
    public int port() {
        return gateway.port();
    }

    /** Where programs on this machine reach it. */
    public URI url() {
        String host = config.gateway().host();
        if (host.equals("0.0.0.0") || host.equals("::")) {
            host = "127.0.0.1";
        }
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port() + "/");
    }

    /**
     * Whether event loop, bus and store answer, and each camera's thread goes on; for a watchdog, so that a full house of callers
     * does not look like death, and a camera that is silent neither.
     */
    public boolean alive() {
        try {
            bus.ask(StoreMessages.STATUS, new StoreStatus(Deadline.after(PULSE)))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(2 * PULSE.toMillis(), TimeUnit.MILLISECONDS);
            return camerasGoOn();
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** While they are taken down and put up again, nobody answers; that is no fault. */
    private boolean camerasGoOn() throws InterruptedException, ExecutionException, TimeoutException {
        return bus.ask(CameraMessages.LIST, new ListCameras(Deadline.after(PULSE)))
                .map(answer ->
                        answer.fold(list -> list.cameras().stream().noneMatch(CameraState::hangs), refusal -> true))
                .otherwise(true)
                .toCompletionStage()
                .toCompletableFuture()
                .get(2 * PULSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Takes no more requests, finishes those that it accepted, then closes everything, the native memory last. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            opened.now();
        }
    }

    /** Of this build. */
    public static String version() {
        String version = Appliance.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}

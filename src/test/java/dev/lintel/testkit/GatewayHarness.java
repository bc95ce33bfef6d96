package dev.lintel.testkit;

import dev.lintel.attendance.AttendanceReports;
import dev.lintel.bus.Bus;
import dev.lintel.gateway.Component;
import dev.lintel.gateway.Contract;
import dev.lintel.gateway.GatewayConfig;
import dev.lintel.gateway.GatewayParts;
import dev.lintel.gateway.GatewayVerticle;
import dev.lintel.gateway.GuestApi;
import dev.lintel.gateway.VersionInfo;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.recognition.RecognitionConfig;
import dev.lintel.recognition.RecognitionFlow;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/** The real HTTP server on a free port in front of a {@link FakeBox}. */
public final class GatewayHarness implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final FakeBox box;
    private final GatewayVerticle verticle;
    private final String deployment;

    /** @param settings values of {@link GatewayConfig} by the names of its components */
    public GatewayHarness(Map<String, Object> settings) throws Exception {
        this(settings, (bus, flow) -> List.of());
    }

    /** With APIs of other programs beside Lintel's own. */
    public GatewayHarness(Map<String, Object> settings, BiFunction<Bus, RecognitionFlow, List<GuestApi>> guests)
            throws Exception {
        this(settings, guests, Optional.empty());
    }

    /** With a real store behind it. */
    public static GatewayHarness withStore(Map<String, Object> settings, Path database) throws Exception {
        return new GatewayHarness(settings, (bus, flow) -> List.of(), Optional.of(database));
    }

    private GatewayHarness(
            Map<String, Object> settings,
            BiFunction<Bus, RecognitionFlow, List<GuestApi>> guests,
            Optional<Path> database)
            throws Exception {
        box = await(database.map(file -> FakeBox.start(vertx, file)).orElseGet(() -> FakeBox.start(vertx)));
        ApplianceMetrics metrics = new ApplianceMetrics(meters);
        RecognitionFlow flow = new RecognitionFlow(
                box.bus(), FakeFaces.CALIBRATION, FakeFaces.MODEL, Configs.of(RecognitionConfig.class), metrics);
        verticle = new GatewayVerticle(
                await(Contract.load(vertx)),
                new GatewayParts(
                        box.bus(),
                        flow,
                        new AttendanceReports(Configs.attendance(), InstantSource.system()),
                        config(settings),
                        metrics,
                        () -> List.of(new Component("embedding", true, "loaded")),
                        new VersionInfo(
                                "0.1.0",
                                List.of(new VersionInfo.Model("embedding", FakeFaces.MODEL, "1.0.0", "tensorflow")),
                                ZoneOffset.UTC,
                                "Harbour Street 4"),
                        guests.apply(box.bus(), flow),
                        Optional.empty(),
                        Path.of("target/no-authority")));
        deployment = await(vertx.deployVerticle(verticle));
    }

    /** A configuration on a free port of the loopback address. */
    public static GatewayConfig config(Map<String, Object> settings) {
        return Configs.with(Configs.gateway(), settings);
    }

    public FakeBox box() {
        return box;
    }

    public Vertx vertx() {
        return vertx;
    }

    public int port() {
        return verticle.port();
    }

    public URI uri(String pathAndQuery) {
        return URI.create("http://127.0.0.1:" + port() + pathAndQuery);
    }

    /** What {@code /metrics} would answer. */
    public String metrics() {
        return meters.scrape();
    }

    /** Begins the graceful shutdown. */
    public Future<Void> shutDown() {
        return vertx.undeploy(deployment);
    }

    public static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}

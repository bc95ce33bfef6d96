package dev.lintel.gateway;

import dev.lintel.attendance.Reports;
import dev.lintel.bus.Bus;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.recognition.RecognitionFlow;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Serves HTTP. Deploy one instance, after the others; undeploying finishes what was accepted. */
public final class GatewayVerticle extends VerticleBase {
    private final Bus bus;
    private final RecognitionFlow flow;
    private final Reports reports;
    private final GatewayConfig config;
    private final ApplianceMetrics metrics;
    private final Supplier<List<Component>> components;
    private final VersionInfo version;
    private final List<GuestApi> others;
    private CameraRoutes cameras;
    private StreamRoutes streams;
    private HttpServer server;

    /**
     * @param components the state of the box's parts besides the store; called on an event loop
     * @param others APIs that are spoken beside Lintel's own
     */
    public GatewayVerticle(
            Bus bus,
            RecognitionFlow flow,
            Reports reports,
            GatewayConfig config,
            ApplianceMetrics metrics,
            Supplier<List<Component>> components,
            VersionInfo version,
            List<GuestApi> others) {
        this.bus = bus;
        this.flow = flow;
        this.reports = reports;
        this.config = config;
        this.metrics = metrics;
        this.components = components;
        this.version = version;
        this.others = others;
    }

    /** The port that it listens on, once deployed. */
    public int port() {
        return server.actualPort();
    }

    @Override
    public Future<?> start() {
        return Contract.load(vertx).compose(this::listen);
    }

    @Override
    public Future<?> stop() {
        if (cameras != null) {
            cameras.close();
            streams.close();
        }
        return server == null
                ? Future.succeededFuture()
                : server.shutdown(config.shutdownTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    private Future<?> listen(Contract contract) {
        Connections connections = new Connections(vertx, config.maxConnections(), config.idleTimeout(), metrics);
        Router router = router(contract, connections);
        HttpServerOptions options = new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setMaxInitialLineLength(8192)
                .setMaxHeaderSize(16384)
                .setMaxChunkSize(65536);
        return vertx.createHttpServer(options)
                .connectionHandler(connections::opened)
                .invalidRequestHandler(ApiRouter::refuseBroken)
                .requestHandler(request -> route(router, request))
                .listen(config.port(), config.host())
                .onSuccess(listening -> server = listening);
    }

    /** The router needs a Host, and takes a missing or unreadable one for its own fault. */
    private static void route(Router router, HttpServerRequest request) {
        if (request.authority() == null) {
            ApiRouter.refuse(request, 400);
        } else {
            router.handle(request);
        }
    }

    private Router router(Contract contract, Connections connections) {
        Admission admission = new Admission(vertx, config, metrics);
        Map<String, ApiRouter.Handler> operations = new HashMap<>();
        operations.putAll(new FaceRoutes(flow, config, admission).operations());
        operations.putAll(new PeopleRoutes(bus, flow, config).operations());
        operations.putAll(new AccessRoutes(bus).operations());
        operations.putAll(new DoorRoutes(bus).operations());
        cameras = new CameraRoutes(bus, connections);
        operations.putAll(cameras.operations());
        operations.putAll(new VisitorRoutes(bus, flow).operations());
        streams = new StreamRoutes(vertx, bus, connections, metrics);
        operations.putAll(streams.operations());
        operations.putAll(new EventRoutes(bus).operations());
        operations.putAll(new AttendanceRoutes(bus, reports).operations());
        operations.putAll(new PersonDataRoutes(bus).operations());
        operations.putAll(new SettingsRoutes(bus).operations());
        operations.putAll(new SetupRoutes(bus).operations());
        operations.putAll(new SystemRoutes(bus, components, version, metrics, contract).operations());
        return new ApiRouter(vertx, contract, config, admission, others)
                .build(vertx, operations, new RequestLog(config, metrics, connections), new Assets());
    }
}

package dev.lintel.gateway;

import dev.lintel.attendance.Reports;
import dev.lintel.bus.Bus;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.recognition.RecognitionFlow;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.ext.web.Router;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final Optional<ConsoleKey> console;
    private final Path authority;
    private Callers callers;
    private CameraRoutes cameras;
    private StreamRoutes streams;
    private Listeners listeners;

    /**
     * @param components the state of the box's parts besides the store; called on an event loop
     * @param others APIs that are spoken beside Lintel's own
     * @param console what lets the command line in
     * @param authority folder of the box's own certificate authority
     */
    public GatewayVerticle(
            Bus bus,
            RecognitionFlow flow,
            Reports reports,
            GatewayConfig config,
            ApplianceMetrics metrics,
            Supplier<List<Component>> components,
            VersionInfo version,
            List<GuestApi> others,
            Optional<ConsoleKey> console,
            Path authority) {
        this.bus = bus;
        this.flow = flow;
        this.reports = reports;
        this.config = config;
        this.metrics = metrics;
        this.components = components;
        this.version = version;
        this.others = others;
        this.console = console;
        this.authority = authority;
    }

    /** The port for HTTPS, once deployed; 0 if there is none. */
    public int tlsPort() {
        return listeners.tlsPort();
    }

    /** The port that it listens on, once deployed. */
    public int port() {
        return listeners.port();
    }

    @Override
    public Future<?> start() {
        listeners = new Listeners(vertx, config, authority);
        callers = new Callers(bus, config, console.map(ConsoleKey::digest), InstantSource.system());
        return callers.start(vertx).compose(known -> Contract.load(vertx)).compose(this::listen);
    }

    @Override
    public Future<?> stop() {
        if (cameras != null) {
            cameras.close();
            streams.close();
        }
        return listeners.close().eventually(() -> callers.write().otherwiseEmpty());
    }

    private Future<?> listen(Contract contract) {
        Connections connections = new Connections(vertx, config.maxConnections(), config.idleTimeout(), metrics);
        Router router = router(contract, connections);
        return listeners.open(connections::opened, request -> ApiRouter.route(router, request));
    }

    private Router router(Contract contract, Connections connections) {
        Admission admission = new Admission(vertx, config, metrics);
        Map<String, ApiRouter.Handler> operations = new HashMap<>();
        operations.putAll(new FaceRoutes(flow, config, admission).operations());
        operations.putAll(new PeopleRoutes(bus, flow, config).operations());
        operations.putAll(new AccessRoutes(bus, config.pinDigits()).operations());
        operations.putAll(new DoorRoutes(bus).operations());
        cameras = new CameraRoutes(bus, connections);
        operations.putAll(cameras.operations());
        operations.putAll(new VisitorRoutes(bus, flow).operations());
        streams = new StreamRoutes(vertx, bus, connections, callers, metrics);
        operations.putAll(streams.operations());
        operations.putAll(new EventRoutes(bus).operations());
        operations.putAll(new AttendanceRoutes(bus, reports).operations());
        operations.putAll(new PersonDataRoutes(bus).operations());
        operations.putAll(new SettingsRoutes(bus).operations());
        operations.putAll(new SetupRoutes(bus).operations());
        operations.putAll(new AccountRoutes(bus, callers, config).operations());
        operations.putAll(new SessionRoutes(bus, callers, contract).operations());
        operations.putAll(new SystemRoutes(bus, components, listeners, version, metrics, contract).operations());
        return new ApiRouter(vertx, contract, config, callers, admission, others)
                .build(vertx, operations, new RequestLog(config, metrics, connections), new Assets());
    }
}

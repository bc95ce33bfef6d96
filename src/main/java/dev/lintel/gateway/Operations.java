package dev.lintel.gateway;

import dev.lintel.bus.Bus;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.util.HashMap;
import java.util.Map;

/** What answers each operation of the contract, and what these answers share. For one event loop. */
final class Operations {
    private final Vertx vertx;
    private final GatewayParts parts;
    private final Contract contract;
    private final Callers callers;
    private final Listeners listeners;
    private final Connections connections;
    private final Admission admission;
    private final CameraRoutes cameras;
    private final StreamRoutes streams;

    Operations(Vertx vertx, GatewayParts parts, Contract contract, Callers callers, Listeners listeners) {
        this.vertx = vertx;
        this.parts = parts;
        this.contract = contract;
        this.callers = callers;
        this.listeners = listeners;
        GatewayConfig config = parts.config();
        this.connections = new Connections(
                vertx,
                new Connections.Limits(
                        config.maxConnections(), config.maxPerAddress(), config.headerTimeout(), config.idleTimeout()),
                parts.metrics());
        callers.onWelcome(request -> connections.known(request.connection()));
        this.admission = new Admission(vertx, config, parts.metrics());
        this.cameras = new CameraRoutes(parts.bus(), connections);
        this.streams = new StreamRoutes(
                vertx,
                parts.bus(),
                connections,
                callers,
                parts.metrics(),
                parts.version().place());
    }

    Connections connections() {
        return connections;
    }

    Router router() {
        return new ApiRouter(vertx, parts.bus(), contract, parts.config(), callers, admission, parts.others())
                .build(vertx, byName(), new RequestLog(parts.config(), parts.metrics(), connections), new Assets());
    }

    /** Ends what would go on for ever: pictures and events that are streamed. */
    void close() {
        cameras.close();
        streams.close();
    }

    private Map<String, ApiRouter.Handler> byName() {
        Bus bus = parts.bus();
        GatewayConfig config = parts.config();
        Map<String, ApiRouter.Handler> operations = new HashMap<>();
        operations.putAll(new FaceRoutes(parts.flow(), config, admission).operations());
        operations.putAll(new PeopleRoutes(
                        bus,
                        parts.flow(),
                        parts.version()
                                .coming()
                                .map(VersionInfo.Coming::model)
                                .orElse(parts.flow().modelId()),
                        config)
                .operations());
        operations.putAll(new DirectoryRoutes(bus, parts.flow()).operations());
        operations.putAll(new AccessRoutes(bus, config.pinDigits()).operations());
        operations.putAll(new ConsentRoutes(bus).operations());
        operations.putAll(new DoorRoutes(bus).operations());
        operations.putAll(cameras.operations());
        operations.putAll(new VisitorRoutes(bus, parts.flow()).operations());
        operations.putAll(streams.operations());
        operations.putAll(new EventRoutes(bus).operations());
        operations.putAll(new AuditRoutes(bus).operations());
        operations.putAll(new AttendanceRoutes(bus, parts.reports()).operations());
        operations.putAll(new PersonDataRoutes(bus).operations());
        operations.putAll(new SettingsRoutes(bus).operations());
        operations.putAll(new SetupRoutes(bus).operations());
        operations.putAll(new BackupRoutes(bus).operations());
        operations.putAll(new HolidayRoutes().operations());
        operations.putAll(new AccountRoutes(bus, callers, config).operations());
        SessionRoutes sessions = new SessionRoutes(bus, callers, contract);
        operations.putAll(sessions.operations());
        operations.putAll(new SetupCodeRoutes(callers, sessions, listeners).operations());
        operations.putAll(new SystemRoutes(
                        bus, callers, parts.components(), listeners, parts.version(), parts.metrics(), contract)
                .operations());
        return operations;
    }
}

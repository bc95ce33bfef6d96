package dev.lintel.gateway;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.ext.web.Router;
import java.time.InstantSource;

/** Serves HTTP. Deploy one instance, after the others; undeploying finishes what was accepted. */
public final class GatewayVerticle extends VerticleBase {
    private final Contract contract;
    private final GatewayParts parts;
    private Callers callers;
    private Operations operations;
    private Listeners listeners;

    public GatewayVerticle(Contract contract, GatewayParts parts) {
        this.contract = contract;
        this.parts = parts;
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
        listeners = new Listeners(vertx, parts.config(), parts.authority());
        callers = new Callers(
                parts.bus(), parts.config(), parts.console().map(ConsoleKey::digest), InstantSource.system());
        return callers.start(vertx).compose(known -> listen());
    }

    @Override
    public Future<?> stop() {
        if (operations != null) {
            operations.close();
        }
        return listeners.close().eventually(() -> callers.write().otherwiseEmpty());
    }

    private Future<?> listen() {
        operations = new Operations(vertx, parts, contract, callers, listeners);
        Router router = operations.router();
        return listeners.open(operations.connections()::opened, request -> ApiRouter.route(router, request));
    }
}

package dev.lintel.gateway;

import dev.lintel.metrics.ApplianceMetrics;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins every request: gives it an id, the headers that every answer has, and a line in the log and in the metrics
 * when it ends: which operation, by which account or key, from where. It names the operation, never the URL, because URLs
 * contain names of people.
 */
final class RequestLog implements Handler<RoutingContext> {
    static final String OPERATION = "lintel.operation";
    static final String OUTCOME = "lintel.outcome";
    static final String ID = "lintel.request-id";
    static final String CALLER = "lintel.caller";
    private static final String ID_HEADER = "X-Request-Id";

    /** Not an HTTP status: the client went away before its answer. */
    private static final int CLIENT_GONE = 499;

    private static final Pattern SANE_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Logger LOG = LoggerFactory.getLogger("dev.lintel.access");

    private final GatewayConfig config;
    private final ApplianceMetrics metrics;
    private final Connections connections;

    RequestLog(GatewayConfig config, ApplianceMetrics metrics, Connections connections) {
        this.config = config;
        this.metrics = metrics;
        this.connections = connections;
    }

    @Override
    public void handle(RoutingContext rc) {
        long start = System.nanoTime();
        HttpServerRequest request = rc.request();
        String id = id(request);
        rc.put(ID, id);
        dress(rc.response(), id);
        String from = Origins.address(request);
        connections.busy(request.connection(), true);
        if (hasBody(request) || request.canUpgradeToWebSocket()) {
            request.pause();
        }
        if (hasBody(request)) {
            // Who is answered before the whole body has arrived must not put another request behind it.
            rc.addHeadersEndHandler(begun -> {
                if (!request.isEnded()) {
                    rc.response().putHeader(HttpHeaders.CONNECTION, "close");
                }
            });
        }
        rc.addEndHandler(ended -> {
            connections.busy(request.connection(), false);
            boolean gone = ended.failed();
            int status = gone ? CLIENT_GONE : rc.response().getStatusCode();
            String outcome = gone ? "client_gone" : rc.<String>get(OUTCOME, status < 400 ? "ok" : "error");
            long nanos = System.nanoTime() - start;
            String operation = rc.get(OPERATION, "none");
            metrics.request(operation, outcome, status, nanos);
            LOG.atInfo()
                    .addKeyValue("operation", operation)
                    .addKeyValue("status", status)
                    .addKeyValue("outcome", outcome)
                    .addKeyValue("ms", nanos / 1_000_000)
                    .addKeyValue("request", id)
                    .addKeyValue("by", by(rc))
                    .addKeyValue("from", from)
                    .log("answered");
            if (!gone && hasBody(request)) {
                // A request without a body has not ended either while it is answered at once, but nothing follows of
                // it.
                Body.drain(rc.vertx(), request, 2 * config.maxRequest(), config.uploadTimeout());
            }
        });
        rc.next();
    }

    /** The account or key, as it is called; {@code -} where none was needed or it is not known. */
    private static String by(RoutingContext rc) {
        Caller caller = rc.get(CALLER, Caller.NOBODY);
        String name = caller.asker("").name();
        return name.isEmpty() ? "-" : name;
    }

    /** The headers that every answer has. */
    static void dress(HttpServerResponse response, String id) {
        response.putHeader(ID_HEADER, id)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Permissions-Policy", "camera=(self), microphone=(), geolocation=()")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .putHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    }

    static String id(HttpServerRequest request) {
        String given = request.getHeader(ID_HEADER);
        return given != null && SANE_ID.matcher(given).matches()
                ? given
                : UUID.randomUUID().toString();
    }

    private static boolean hasBody(HttpServerRequest request) {
        return request.headers().contains(HttpHeaders.CONTENT_LENGTH)
                || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }
}

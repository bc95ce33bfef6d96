package dev.lintel.gateway;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;

/** Lets pages of the configured origins read answers in a browser (WHATWG Fetch, CORS protocol). */
final class Cors {
    private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
    private static final String HEADERS = "Content-Type, X-API-Key, Authorization, X-Request-Id, Last-Event-ID";
    private static final String EXPOSED = "X-Request-Id, Retry-After, Content-Disposition";

    private final List<String> origins;

    Cors(List<String> origins) {
        this.origins = origins;
    }

    /** Whether pages from there may use the box. */
    boolean allows(String origin) {
        return origin != null && origins.stream().anyMatch(origin::equalsIgnoreCase);
    }

    /** Adds what the browser wants to see; true if that was the whole answer, to the browser's own question beforehand. */
    boolean answered(HttpServerRequest request) {
        if (origins.isEmpty()) {
            return false;
        }
        HttpServerResponse response = request.response().putHeader(HttpHeaders.VARY, "Origin");
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (!allows(origin)) {
            return false;
        }
        response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
                .putHeader("Cross-Origin-Resource-Policy", "cross-origin")
                .putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        boolean beforehand = request.method().equals(HttpMethod.OPTIONS)
                && request.headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
        if (beforehand) {
            response.setStatusCode(204)
                    .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS)
                    .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, HEADERS)
                    .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "600")
                    .end();
        }
        return beforehand;
    }
}

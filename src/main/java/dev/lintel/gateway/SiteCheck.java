package dev.lintel.gateway;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * Keeps web sites from using the box through a visitor's browser: a request that changes or recognises something
 * must not come from another site, and without keys the box answers to its own names only, so that no site can pose
 * as it by pointing its name at this machine (DNS rebinding).
 */
final class SiteCheck {
    private static final Set<HttpMethod> HARMLESS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final GatewayConfig config;
    private final Cors cors;

    SiteCheck(GatewayConfig config, Cors cors) {
        this.config = config;
        this.cors = cors;
    }

    /** @throws ProblemException 403 with what to do */
    void check(HttpServerRequest request) {
        HostAndPort authority = request.authority();
        if (config.keys().isEmpty() && authority != null && !ownName(authority.host())) {
            throw forbidden("the box is not called that: use localhost, or add the name to gateway.host-names");
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        // Browsers let any site read a WebSocket; what a plain GET answers they keep from it.
        boolean harmless =
                HARMLESS.contains(request.method()) && !request.headers().contains(HttpHeaders.UPGRADE);
        if (origin != null && !harmless && !cors.allows(origin) && !sameSite(origin, authority)) {
            throw forbidden("requests from other web sites are refused: add the page's origin to gateway.origins");
        }
    }

    private boolean ownName(String host) {
        String name = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return GatewayConfig.loopback(name) || config.hostNames().contains(name.toLowerCase(Locale.ROOT));
    }

    /** The page's own site, or one that is named in the configuration, such as that of a proxy in front of the box. */
    private boolean sameSite(String origin, HostAndPort authority) {
        try {
            URI uri = URI.create(origin);
            String host = uri.getHost();
            if (host == null || authority == null) {
                return false;
            }
            if (config.hostNames().contains(host.toLowerCase(Locale.ROOT))) {
                return true;
            }
            int standard = "https".equals(uri.getScheme()) ? 443 : 80;
            int from = uri.getPort() < 0 ? standard : uri.getPort();
            int to = authority.port() < 0 ? standard : authority.port();
            return host.equalsIgnoreCase(authority.host()) && from == to;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static ProblemException forbidden(String detail) {
        return new Problem(403, "forbidden", detail).exception();
    }
}

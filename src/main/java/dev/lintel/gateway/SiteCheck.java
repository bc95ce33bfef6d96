package dev.lintel.gateway;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Keeps web sites from using the box through a visitor's browser: a request that changes or recognises something
 * must not come from another site, and without keys the box answers to its own names only, so that no site can pose
 * as it by pointing its name at this machine (DNS rebinding).
 */
final class SiteCheck {
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");
    private static final Set<HttpMethod> HARMLESS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final GatewayConfig config;
    private final Cors cors;
    private final BooleanSupplier open;

    /** @param open whether the box has no accounts and no keys */
    SiteCheck(GatewayConfig config, Cors cors, BooleanSupplier open) {
        this.config = config;
        this.cors = cors;
        this.open = open;
    }

    /** @throws ProblemException 403 with what to do */
    void check(HttpServerRequest request) {
        HostAndPort authority = request.authority();
        if (open.getAsBoolean() && Origins.loopback(request) && authority != null && !ownName(authority.host())) {
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

    /**
     * Of an operation: browsers say themselves where a request began, and another site has no business here, whatever it
     * asks. What somebody typed or a program sent is no site's.
     *
     * @throws ProblemException 403
     */
    void checkCall(HttpServerRequest request) {
        String from = request.getHeader("Sec-Fetch-Site");
        if (from != null
                && !OWN_SITE.contains(from.strip().toLowerCase(Locale.ROOT))
                && !cors.allows(request.getHeader(HttpHeaders.ORIGIN))) {
            throw forbidden("requests from other web sites are refused");
        }
    }

    /**
     * Of somebody who is logged in: what changes something must say that the box's own page sent it, as all browsers do.
     *
     * @throws ProblemException 403
     */
    void checkOwnPage(HttpServerRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        boolean own = "same-origin".equalsIgnoreCase(request.getHeader("Sec-Fetch-Site"))
                || (origin != null && sameSite(origin, request.authority()));
        if (!HARMLESS.contains(request.method()) && !own) {
            throw forbidden(
                    "this did not come from the box's own page: send Origin, or use a key instead of a session");
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

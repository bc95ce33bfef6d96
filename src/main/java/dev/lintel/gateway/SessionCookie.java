package dev.lintel.gateway;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/**
 * What the browser of somebody who has logged in holds: out of reach of scripts, sent to this host only, and by no other site.
 * Behind TLS its name says so too, so that nobody without TLS can put one in its place.
 */
final class SessionCookie {
    private static final String PLAIN = "lintel";
    private static final String SECURE = "__Host-lintel";

    private SessionCookie() {}

    static Optional<String> read(HttpServerRequest request) {
        Cookie cookie = request.getCookie(secure(request) ? SECURE : PLAIN);
        return Optional.ofNullable(cookie).map(Cookie::getValue).filter(value -> !value.isEmpty());
    }

    /** For as long as the browser is open; the box ends the session before that. */
    static String write(HttpServerRequest request, String secret) {
        return cookie(request, secret).encode();
    }

    static String remove(HttpServerRequest request) {
        return cookie(request, "").setMaxAge(0).encode();
    }

    private static Cookie cookie(HttpServerRequest request, String value) {
        boolean secure = secure(request);
        return Cookie.cookie(secure ? SECURE : PLAIN, value)
                .setPath("/")
                .setHttpOnly(true)
                .setSameSite(CookieSameSite.STRICT)
                .setSecure(secure);
    }

    /** A proxy says how the browser reached it; whoever lies about that only loses the own session. */
    private static boolean secure(HttpServerRequest request) {
        return request.isSSL() || "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"));
    }
}

package dev.lintel.gateway;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;

/**
 * The page at {@code /} and Swagger UI at {@code /docs}, from the jar. Vert.x's own handler would first copy them to
 * the disk; here they are read once and kept.
 */
final class Assets {
    /** No dots but the one before the extension, so no way up. */
    private static final Pattern PATH = Pattern.compile("([A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+(\\.min)?\\.[a-z0-9]+");

    private static final String PAGE_POLICY = policy("'self'");

    /** Swagger UI writes style attributes into its markup. */
    private static final String DOCS_POLICY = policy("'self' 'unsafe-inline'");

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("txt", "text/plain; charset=utf-8"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("json", "application/json"),
            Map.entry("webmanifest", "application/manifest+json"));

    private final Map<String, Asset> cache = new ConcurrentHashMap<>();
    private final String swagger = "META-INF/resources/webjars/swagger-ui/" + swaggerVersion() + "/";

    /** Kinds that are text, and become a third or less. */
    private static final Set<String> ZIPPED = Set.of("html", "js", "mjs", "css", "txt", "svg", "json", "webmanifest");

    /** @param zipped the content by gzip; null if that is not worth it */
    private record Asset(Buffer content, Buffer zipped, String type, String etag) {}

    void mount(Router router) {
        router.route()
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .method(HttpMethod.OPTIONS)
                .handler(rc -> {
                    Optional<String> resource = resource(rc.normalizedPath());
                    if (resource.isEmpty()) {
                        rc.next();
                        return;
                    }
                    load(rc, resource.get())
                            .onComplete(found -> found.ifPresentOrElse(asset -> send(rc, asset), rc::next), rc::fail);
                });
    }

    private Optional<String> resource(String path) {
        if (path.equals("/")) {
            return Optional.of("web/index.html");
        }
        if (path.equals("/docs") || path.equals("/docs/")) {
            return Optional.of("docs/index.html");
        }
        String name = path.substring(1);
        if (!PATH.matcher(name).matches()) {
            return Optional.empty();
        }
        if (name.startsWith("docs/swagger-ui") || name.startsWith("docs/favicon")) {
            return Optional.of(swagger + name.substring("docs/".length()));
        }
        return Optional.of(name.startsWith("docs/") ? name : "web/" + name);
    }

    private Future<Optional<Asset>> load(RoutingContext rc, String resource) {
        Asset cached = cache.get(resource);
        return cached != null
                ? Future.succeededFuture(Optional.of(cached))
                : rc.vertx().executeBlocking(() -> read(resource), false);
    }

    private Optional<Asset> read(String resource) {
        String type = TYPES.get(resource.substring(resource.lastIndexOf('.') + 1));
        if (type == null) {
            return Optional.empty();
        }
        try (InputStream in = Assets.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                return Optional.empty();
            }
            byte[] bytes = in.readAllBytes();
            CRC32 sum = new CRC32();
            sum.update(bytes);
            String etag = '"' + Long.toHexString(sum.getValue()) + '-' + bytes.length + '"';
            String kind = resource.substring(resource.lastIndexOf('.') + 1);
            Asset asset = new Asset(Buffer.buffer(bytes), ZIPPED.contains(kind) ? zip(bytes) : null, type, etag);
            cache.put(resource, asset);
            return Optional.of(asset);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Buffer zip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return Buffer.buffer(out.toByteArray());
    }

    /** Whether the client takes gzip; what it says of how gladly is left alone, but for not at all. */
    private static boolean unzips(RoutingContext rc) {
        return rc.request().headers().getAll(HttpHeaders.ACCEPT_ENCODING).stream()
                .flatMap(header -> Arrays.stream(header.split(",")))
                .map(coding -> coding.replace(" ", "").toLowerCase(Locale.ROOT))
                .anyMatch(coding -> coding.startsWith("gzip") && !coding.matches("gzip;q=0(\\.0*)?"));
    }

    private static void send(RoutingContext rc, Asset asset) {
        boolean docs = rc.normalizedPath().startsWith("/docs");
        rc.put(RequestLog.OPERATION, docs ? "docs" : "page");
        if (rc.request().method().equals(HttpMethod.OPTIONS)) {
            rc.response()
                    .setStatusCode(204)
                    .putHeader(HttpHeaders.ALLOW, "GET, HEAD, OPTIONS")
                    .end();
            return;
        }
        boolean zipped = asset.zipped() != null && unzips(rc);
        String etag = zipped ? asset.etag().replaceFirst("\"$", "-gzip\"") : asset.etag();
        rc.response()
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .putHeader(HttpHeaders.ETAG, etag)
                .putHeader(HttpHeaders.VARY, "Accept-Encoding")
                .putHeader("Content-Security-Policy", docs ? DOCS_POLICY : PAGE_POLICY);
        if (known(etag, rc.request().headers().getAll(HttpHeaders.IF_NONE_MATCH))) {
            rc.response().setStatusCode(304).end();
        } else {
            if (zipped) {
                rc.response().putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
            }
            rc.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, asset.type())
                    .end(zipped ? asset.zipped() : asset.content());
        }
    }

    /** RFC 9110, 13.1.2: a list of tags, weak or strong, or a star. */
    private static boolean known(String etag, List<String> headers) {
        return headers.stream()
                .flatMap(header -> Arrays.stream(header.split(",")))
                .map(tag -> tag.strip().replaceFirst("^W/", ""))
                .anyMatch(tag -> tag.equals("*") || tag.equals(etag));
    }

    private static String policy(String styles) {
        return "default-src 'self'; style-src " + styles + "; img-src 'self' blob: data:; media-src 'self' blob:;"
                + " object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    }

    private static String swaggerVersion() {
        try (InputStream in = Assets.class
                .getClassLoader()
                .getResourceAsStream("META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

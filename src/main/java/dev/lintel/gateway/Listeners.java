package dev.lintel.gateway;

import dev.lintel.tls.MachineNames;
import dev.lintel.tls.OwnAuthority;
import dev.lintel.tls.TlsConfig;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PfxOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The addresses that the box listens on: HTTP, and HTTPS beside it under a certificate that is looked after while the box runs.
 * If HTTPS cannot be served, HTTP is all the same, as a door must not stay shut for a certificate; {@link #https} says so.
 */
final class Listeners {
    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);
    /** How soon a certificate that was put in place of another is used. */
    private static final Duration CHECK = Duration.ofMinutes(1);

    private static final Duration HANDSHAKE = Duration.ofSeconds(5);
    /** Of what comes in over a WebSocket, which is control frames alone: these have 125 bytes at most (RFC 6455). */
    private static final int LARGEST_FRAME = 1024;

    private final Vertx vertx;
    private final GatewayConfig config;
    private final Optional<OwnAuthority> own;
    private final List<HttpServer> open = new ArrayList<>();
    private HttpServer https;
    private String trouble = "";
    private String shown = "";

    /** @param folder where the box keeps an authority of its own */
    Listeners(Vertx vertx, GatewayConfig config, Path folder) {
        this.vertx = vertx;
        this.config = config;
        this.own = config.tls().enabled() && config.tls().certificate().isEmpty()
                ? Optional.of(new OwnAuthority(folder))
                : Optional.empty();
    }

    /** Of HTTP. */
    int port() {
        return open.get(0).actualPort();
    }

    /** Of HTTPS; 0 if it is not served. */
    int tlsPort() {
        return https == null ? 0 : https.actualPort();
    }

    /** The state of HTTPS; empty if it is not wanted. */
    Optional<Component> https() {
        return config.tls().enabled()
                ? Optional.of(new Component(
                        "https", https != null && trouble.isEmpty(), trouble.isEmpty() ? "served" : trouble))
                : Optional.empty();
    }

    /** The box's own authority as PEM; empty if it has a certificate from elsewhere, or none. */
    Future<Optional<Buffer>> authority() {
        return own.isEmpty() || https == null
                ? Future.succeededFuture(Optional.empty())
                : vertx.executeBlocking(
                        () -> Optional.of(Buffer.buffer(own.get().authority())), false);
    }

    /** @param connections hears of each new one, and answers whether it may stay */
    Future<?> open(Predicate<HttpConnection> connections, Handler<HttpServerRequest> requests) {
        return listen(options(), config.host(), config.port(), connections, requests)
                .compose(http -> {
                    open.add(http);
                    return config.tls().enabled()
                            ? openTls(connections, requests).<Void>mapEmpty().otherwise(this::without)
                            : Future.<Void>succeededFuture();
                });
    }

    Future<?> close() {
        return Future.join(open.stream()
                .map(server -> server.shutdown(config.shutdownTimeout().toMillis(), TimeUnit.MILLISECONDS))
                .toList());
    }

    private HttpServerOptions options() {
        return new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setUseAlpn(false)
                .setMaxInitialLineLength(8192)
                .setMaxHeaderSize(16384)
                .setMaxChunkSize(65536)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setMaxWebSocketFrameSize(LARGEST_FRAME)
                .setMaxWebSocketMessageSize(LARGEST_FRAME);
    }

    private Future<HttpServer> listen(
            HttpServerOptions options,
            String host,
            int port,
            Predicate<HttpConnection> connections,
            Handler<HttpServerRequest> requests) {
        return vertx.createHttpServer(options)
                .connectionHandler(connection -> {
                    if (connections.test(connection) && connection instanceof HttpServerConnection wire) {
                        ChannelPipeline pipeline = wire.channelHandlerContext().pipeline();
                        StrictDecoder.install(pipeline, options);
                        Wire.watch(pipeline, config.idleTimeout());
                    }
                })
                .invalidRequestHandler(ApiRouter::refuseBroken)
                .requestHandler(requests)
                .listen(port, host);
    }

    private Future<?> openTls(Predicate<HttpConnection> connections, Handler<HttpServerRequest> requests) {
        TlsConfig tls = config.tls();
        return vertx.executeBlocking(this::certificate, false).compose(certificate -> {
            HttpServerOptions options = options()
                    .setSsl(true)
                    .setKeyCertOptions(certificate)
                    .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"))
                    .setSslHandshakeTimeout(HANDSHAKE.toSeconds())
                    .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS);
            return listen(options, tls.host(), tls.port(), connections, requests)
                    .onSuccess(server -> {
                        https = server;
                        open.add(server);
                        LOG.info(
                                "HTTPS on port {}{}",
                                server.actualPort(),
                                own.isEmpty()
                                        ? ""
                                        : ", SHA-256 of the box's own authority (/ca.crt): " + fingerprint());
                        vertx.setPeriodic(CHECK.toMillis(), tick -> renew());
                    });
        });
    }

    private String fingerprint() {
        try {
            return own.orElseThrow().fingerprint();
        } catch (IOException e) {
            return "unknown, " + e.getMessage();
        }
    }

    private Void without(Throwable failure) {
        trouble = "not served: " + failure.getMessage();
        LOG.error("HTTPS is {}; HTTP is served all the same", trouble);
        return null;
    }

    /** Takes another certificate while connections stay; one that cannot be used leaves the former in place. */
    Future<?> renew() {
        String before = shown;
        return vertx.executeBlocking(this::certificate, false)
                .compose(certificate -> before.equals(shown)
                        ? Future.succeededFuture(false)
                        : https.updateSSLOptions(new ServerSSLOptions()
                                .setKeyCertOptions(certificate)
                                .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"))))
                .onSuccess(changed -> {
                    trouble = "";
                    if (Boolean.TRUE.equals(changed)) {
                        LOG.info("HTTPS has a new certificate");
                    }
                })
                .onFailure(failure -> {
                    if (!Objects.equals(trouble, failure.getMessage())) {
                        LOG.error("the new certificate cannot be used, the former stays: {}", failure.getMessage());
                    }
                    trouble = String.valueOf(failure.getMessage());
                    shown = before;
                });
    }

    /** Blocks. Sets {@code shown}, which tells one certificate from another. */
    private KeyCertOptions certificate() throws IOException {
        if (own.isPresent()) {
            List<String> names = new ArrayList<>(config.hostNames());
            names.addAll(config.tls().names());
            own.get().prepare(MachineNames.with(names), Instant.now());
            byte[] keys = own.get().keyStore();
            shown = Integer.toHexString(java.util.Arrays.hashCode(keys));
            return new PfxOptions()
                    .setValue(Buffer.buffer(keys))
                    .setPassword(own.get().password())
                    .setAlias("box");
        }
        byte[] certificate = Files.readAllBytes(config.tls().certificate().orElseThrow());
        byte[] key = Files.readAllBytes(config.tls().key().orElseThrow());
        shown = java.util.Arrays.hashCode(certificate) + " " + java.util.Arrays.hashCode(key);
        return new PemKeyCertOptions().setCertValue(Buffer.buffer(certificate)).setKeyValue(Buffer.buffer(key));
    }
}

package dev.lintel.door.lock;

import dev.lintel.settings.RemoteAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A relay that is called. A call that fails or is not answered with 2xx is made once more, if the pulse is not over. One
 * connection, so that calls arrive in their order.
 */
final class HttpLock implements Lock {
    /** So long the rest of an answer is waited for, before its connection is closed. */
    private static final Duration REST = Duration.ofMillis(200);

    private final HttpLockConfig config;
    private final LongSupplier nanos;
    private final HttpClient client;

    /** @param nanos a clock that never jumps, from any origin */
    HttpLock(Vertx vertx, HttpLockConfig config, LongSupplier nanos) {
        this.config = config;
        this.nanos = nanos;
        HttpClientOptions options =
                new HttpClientOptions().setConnectTimeout((int) config.timeout().toMillis());
        config.caFile().ifPresent(file -> options.setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
        this.client = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(1));
    }

    @Override
    public Future<Void> unlock(Duration pulse) {
        long end = nanos.getAsLong() + pulse.toNanos();
        return call(config.url(), config.body(), pulse)
                .recover(failure -> nanos.getAsLong() - end < 0
                        ? call(config.url(), config.body(), pulse)
                        : Future.failedFuture(failure));
    }

    @Override
    public Future<Void> relock() {
        return config.lockUrl().isEmpty()
                ? Future.succeededFuture()
                : call(config.lockUrl().get(), config.lockBody(), config.pulse());
    }

    @Override
    public boolean relocks() {
        return config.lockUrl().isPresent();
    }

    @Override
    public Future<Void> close() {
        return client.close();
    }

    private Future<Void> call(String url, Optional<String> body, Duration pulse) {
        RemoteAddress address = RemoteAddress.parse(filled(url, pulse));
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(config.method()))
                .setSsl(address.tls())
                .setHost(address.host())
                .setPort(address.actualPort())
                .setURI(address.target());
        address.basicAuthorization().ifPresent(value -> options.putHeader("Authorization", value));
        config.headers().forEach(options::putHeader);
        return new Call(body.map(text -> Buffer.buffer(filled(text, pulse))))
                .made(client.request(options))
                .compose(status -> status / 100 == 2
                        ? Future.<Void>succeededFuture()
                        : Future.failedFuture(new LockException("the relay answered with status " + status)));
    }

    /**
     * One call. Once it is given up it is over: its connection is closed, so that the next call need not wait for an answer to this
     * one, and what waited for a connection is not sent any more. A door must not open later than somebody was told that it did not.
     */
    private final class Call {
        private final Optional<Buffer> body;
        private HttpClientRequest request;
        private boolean over;

        Call(Optional<Buffer> body) {
            this.body = body;
        }

        /** @return the answer's status */
        Future<Integer> made(Future<HttpClientRequest> asked) {
            return asked.compose(this::send)
                    .map(this::status)
                    .timeout(config.timeout().toMillis(), TimeUnit.MILLISECONDS)
                    .onFailure(failure -> giveUp());
        }

        private synchronized Future<HttpClientResponse> send(HttpClientRequest ready) {
            request = ready;
            if (over) {
                ready.reset();
                return Future.failedFuture(new LockException("too late for this call"));
            }
            return body.isEmpty() ? ready.send() : ready.send(body.get());
        }

        /** The status is the answer. Some relays never end what comes after it. */
        private int status(HttpClientResponse response) {
            try {
                response.end().timeout(REST.toMillis(), TimeUnit.MILLISECONDS).onFailure(endless -> giveUp());
            } catch (IllegalStateException ended) {
                // A quick relay's answer may have come as a whole before this is reached from another thread.
            }
            return response.statusCode();
        }

        private synchronized void giveUp() {
            over = true;
            if (request != null) {
                request.reset();
            }
        }
    }

    /** Relays count in whole seconds, and at least one. */
    private static String filled(String template, Duration pulse) {
        return template.replace(
                "{pulse}", Long.toString(Math.max(1, pulse.plusMillis(999).toSeconds())));
    }
}

package dev.lintel.door.lock;

import dev.lintel.settings.RemoteAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
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
        return client.request(options)
                .compose(request ->
                        body.isEmpty() ? request.send() : request.send(Buffer.buffer(filled(body.get(), pulse))))
                .compose(response -> response.end().map(response.statusCode()))
                .timeout(config.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .compose(status -> status / 100 == 2
                        ? Future.<Void>succeededFuture()
                        : Future.failedFuture(new LockException("the relay answered with status " + status)));
    }

    /** Relays count in whole seconds, and at least one. */
    private static String filled(String template, Duration pulse) {
        return template.replace(
                "{pulse}", Long.toString(Math.max(1, pulse.plusMillis(999).toSeconds())));
    }
}

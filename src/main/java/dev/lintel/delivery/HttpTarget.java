package dev.lintel.delivery;

import dev.lintel.delivery.Sender.Sent;
import dev.lintel.settings.RemoteAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** An HTTP server that is told of events. Redirects are not followed: where they lead has not been allowed by anybody. */
final class HttpTarget {
    /** The target says that the event itself is wrong. Every other error is its own trouble, or that of its settings. */
    private static final Set<Integer> WRONG = Set.of(400, 422);

    private static final int IDLE_CONNECTION_S = 30;

    /** More of an answer is not received. A list of events is a few kilobytes. */
    private static final int LARGEST_ANSWER = 1 << 20;

    private final HttpClient client;
    private final RemoteAddress address;
    private final Map<String, String> headers;
    private final Duration timeout;
    private final InstantSource clock;

    /** @param headers of each request */
    HttpTarget(
            HttpClient client,
            RemoteAddress address,
            Map<String, String> headers,
            Duration timeout,
            InstantSource clock) {
        this.client = client;
        this.address = address;
        this.headers = headers;
        this.timeout = timeout;
        this.clock = clock;
    }

    /** @param authority PEM file with the authority of the server's certificate; empty: those that Java trusts */
    static HttpClient client(Vertx vertx, Optional<Path> authority) {
        HttpClientOptions options = new HttpClientOptions().setKeepAliveTimeout(IDLE_CONNECTION_S);
        authority.ifPresent(file -> options.setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
        return vertx.createHttpClient(options);
    }

    /**
     * What came back.
     *
     * @param body the first {@value #LARGEST_ANSWER} bytes at most
     * @param rest how long the target asked to be left alone; zero if it did not say
     */
    record Answer(int status, Buffer body, Duration rest) {
        boolean ok() {
            return status >= 200 && status < 300;
        }

        /** As an answer to an event. */
        Sent sent() {
            if (ok()) {
                return Sent.delivered();
            }
            String why = "status " + status;
            return WRONG.contains(status) ? Sent.refused(why) : Sent.failed(why, rest);
        }
    }

    Future<Answer> get(String uri) {
        return request(HttpMethod.GET, uri, Map.of(), null);
    }

    /** @param more further headers */
    Future<Answer> post(String uri, Map<String, String> more, String json) {
        return request(HttpMethod.POST, uri, more, Buffer.buffer(json));
    }

    /** Asks what may be asked of it: an event is not told by that. */
    Future<Answer> options(String uri) {
        return request(HttpMethod.OPTIONS, uri, Map.of(), null);
    }

    /** Path and query of the configured address. */
    String target() {
        return address.target();
    }

    private Future<Answer> request(HttpMethod method, String uri, Map<String, String> more, Buffer json) {
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setSsl(address.tls())
                .setHost(address.host())
                .setPort(address.actualPort())
                .setURI(uri)
                .setFollowRedirects(false)
                .setConnectTimeout(timeout.toMillis())
                .setTimeout(timeout.toMillis());
        // From its context on, so that the answer cannot have ended before it is listened to.
        return client.request(options).compose(request -> {
            headers.forEach(request::putHeader);
            more.forEach(request::putHeader);
            if (json != null) {
                request.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
            }
            Future<HttpClientResponse> response = json == null ? request.send() : request.send(json);
            return response.compose(answer -> received(request, answer));
        });
    }

    /** Reads it to its end, so that the connection can be used again; one that does not end in time is closed: the status is there. */
    private Future<Answer> received(HttpClientRequest request, HttpClientResponse response) {
        Buffer body = Buffer.buffer();
        response.handler(part -> {
            if (body.length() + part.length() > LARGEST_ANSWER) {
                request.connection().close();
            } else {
                body.appendBuffer(part);
            }
        });
        return response.end()
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(endless -> request.reset())
                .recover(tooLong -> Future.succeededFuture())
                .map(end -> new Answer(
                        response.statusCode(), body, retryAfter(response.getHeader(HttpHeaders.RETRY_AFTER))));
    }

    private Duration retryAfter(String header) {
        if (header == null) {
            return Duration.ZERO;
        }
        try {
            Duration wait = header.strip().matches("\\d{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(header.strip()))
                    : Duration.between(
                            clock.instant(),
                            ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }

    /** Two or three words of why a request came to nothing. */
    static String why(Throwable failure) {
        return failure.getClass().getSimpleName();
    }
}

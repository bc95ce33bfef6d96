package dev.lintel.delivery;

import dev.lintel.access.EventDocument;
import dev.lintel.access.Naming;
import dev.lintel.access.Recorded;
import dev.lintel.settings.RemoteAddress;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Set;

/** One webhook: a POST for each event, signed where there is a secret. */
final class WebhookSender implements Sender {
    /** Of a client error these come from the moment, not from the event. */
    private static final Set<Integer> PASSING = Set.of(408, 425, 429);

    /** Nobody reads what a webhook answers; more than this is not even received. */
    private static final int LARGEST_ANSWER = 64 * 1024;

    private final WebhookConfig config;
    private final RemoteAddress address;
    private final byte[] secret;
    private final Naming naming;
    private final HttpClient http;
    private final InstantSource clock;
    private final String agent;

    /** @param secret null: not signed */
    WebhookSender(
            WebhookConfig config, String secret, Naming naming, HttpClient http, InstantSource clock, String agent) {
        this.config = config;
        this.address = config.address();
        this.secret = secret == null ? null : secret.getBytes(StandardCharsets.UTF_8);
        this.naming = naming;
        this.http = http;
        this.clock = clock;
        this.agent = agent;
    }

    @Override
    public Future<Sent> send(Recorded event) {
        JsonObject message = new JsonObject(EventDocument.write(event, naming, clock.instant()));
        String body = message.encode();
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setSsl(address.tls())
                .setHost(address.host())
                .setPort(address.actualPort())
                .setURI(address.target())
                .setFollowRedirects(false)
                .setConnectTimeout(config.timeout().toMillis())
                .setTimeout(config.timeout().toMillis());
        // From its context on, so that the answer cannot have ended before it is listened to.
        return http.request(options)
                .compose(request -> send(request, message, body))
                .map(this::judge)
                .otherwise(failure -> Sent.failed(failure.getClass().getSimpleName(), Duration.ZERO));
    }

    private Future<HttpClientResponse> send(HttpClientRequest request, JsonObject message, String body) {
        config.headers().forEach(request::putHeader);
        request.putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.USER_AGENT, agent)
                .putHeader("Lintel-Event", message.getString("kind"))
                .putHeader("Lintel-Id", message.getString("id"));
        String timestamp = Long.toString(clock.instant().getEpochSecond());
        request.putHeader("Lintel-Timestamp", timestamp);
        if (secret != null) {
            request.putHeader("Lintel-Signature", "sha256=" + Keys.hmac(secret, timestamp + "." + body));
        }
        return request.send(Buffer.buffer(body))
                .compose(response -> swallow(request, response).map(response));
    }

    /** So that the connection can be used again. */
    private static Future<Void> swallow(HttpClientRequest request, HttpClientResponse response) {
        long[] read = {0};
        response.handler(part -> {
            read[0] += part.length();
            if (read[0] > LARGEST_ANSWER) {
                request.connection().close();
            }
        });
        return response.end().recover(tooLong -> Future.succeededFuture());
    }

    private Sent judge(HttpClientResponse response) {
        int status = response.statusCode();
        if (status >= 200 && status < 300) {
            return Sent.delivered();
        }
        String why = "status " + status;
        // A redirect too: where it leads has not been allowed by anybody.
        boolean refused = status >= 300 && status < 500 && !PASSING.contains(status);
        return refused ? Sent.refused(why) : Sent.failed(why, retryAfter(response.getHeader(HttpHeaders.RETRY_AFTER)));
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
        } catch (DateTimeParseException e) {
            return Duration.ZERO;
        }
    }
}

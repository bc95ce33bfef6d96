package dev.lintel.delivery;

import dev.lintel.access.EventDocument;
import dev.lintel.access.Naming;
import dev.lintel.access.Recorded;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** One webhook: a POST for each event, signed where there is a secret. */
final class WebhookSender implements Sender {
    private final HttpTarget target;
    private final byte[] secret;
    private final Naming naming;
    private final InstantSource clock;
    private final String agent;

    /**
     * @param secret null: not signed
     * @param agent how the box calls itself
     */
    WebhookSender(HttpTarget target, String secret, Naming naming, InstantSource clock, String agent) {
        this.target = target;
        this.secret = secret == null ? null : secret.getBytes(StandardCharsets.UTF_8);
        this.naming = naming;
        this.clock = clock;
        this.agent = agent;
    }

    @Override
    public Future<Sent> send(Recorded event) {
        JsonObject message = new JsonObject(EventDocument.write(event, naming, clock.instant()));
        String body = message.encode();
        String timestamp = Long.toString(clock.instant().getEpochSecond());
        Map<String, String> headers = new HashMap<>(Map.of(
                "User-Agent",
                agent,
                "Lintel-Event",
                message.getString("kind"),
                "Lintel-Id",
                message.getString("id"),
                "Lintel-Timestamp",
                timestamp));
        if (secret != null) {
            headers.put("Lintel-Signature", "sha256=" + Keys.hmac(secret, timestamp + "." + body));
        }
        return target.post(target.target(), headers, body)
                .map(HttpTarget.Answer::sent)
                .otherwise(failure -> Sent.failed(HttpTarget.why(failure), Duration.ZERO));
    }
}

package dev.lintel.delivery;

import dev.lintel.access.Names;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Who is told of events.
 *
 * @param webhooks HTTP servers; default none
 * @param mqtt the broker; default none
 * @param pseudonymKey file with the key that ids of people are made with; made if missing and needed; default {@code
 *     data/pseudonyms.key}. With another key everybody has other ids
 * @param retryFrom how long to wait after the first failure; each further one doubles it; default 1 s
 * @param retryTo longest wait between attempts; default 5 min, so that a target that was down for hours hears of the
 *     events soon after it is back
 */
public record DeliveryConfig(
        List<WebhookConfig> webhooks, MqttConfig mqtt, Path pseudonymKey, Duration retryFrom, Duration retryTo) {

    public DeliveryConfig {
        webhooks = webhooks == null ? List.of() : List.copyOf(webhooks);
        mqtt = mqtt == null ? MqttConfig.off() : mqtt;
        pseudonymKey = pseudonymKey == null ? Path.of("data/pseudonyms.key") : pseudonymKey;
        retryFrom = retryFrom == null ? Duration.ofSeconds(1) : retryFrom;
        retryTo = retryTo == null ? Duration.ofMinutes(5) : retryTo;
        if (webhooks.stream().map(WebhookConfig::name).distinct().count() < webhooks.size()) {
            throw new IllegalArgumentException("webhooks: two have the same name");
        }
        if (webhooks.stream().anyMatch(hook -> hook.name().equals(MqttConfig.TARGET))) {
            throw new IllegalArgumentException("webhooks: the name " + MqttConfig.TARGET + " is taken by the broker");
        }
        if (retryFrom.isNegative() || retryFrom.isZero()) {
            throw new IllegalArgumentException("retry-from: must be longer than nothing, was " + retryFrom);
        }
        if (retryTo.compareTo(retryFrom) < 0) {
            throw new IllegalArgumentException("retry-to: must be at least retry-from, was " + retryTo);
        }
    }

    public static DeliveryConfig defaults() {
        return new DeliveryConfig(null, null, null, null, null);
    }

    boolean pseudonyms() {
        return mqtt.enabled() && mqtt.names() == Names.IDS
                || webhooks.stream().anyMatch(hook -> hook.names() == Names.IDS);
    }
}

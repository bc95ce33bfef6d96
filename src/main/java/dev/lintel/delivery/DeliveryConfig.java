package dev.lintel.delivery;

import dev.lintel.access.Names;
import dev.lintel.settings.Checks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Who is told of events.
 *
 * @param webhooks HTTP servers
 * @param mqtt the broker
 * @param frigate whose events get names
 * @param pseudonymKey file with the key that ids of people are made with; made if missing and needed. With another key everybody has other ids
 * @param retryFrom how long to wait after the first failure; each further one doubles it
 * @param retryTo longest wait between attempts; short, so that a target that was down for hours hears of the events
 *     soon after it is back
 */
public record DeliveryConfig(
        List<WebhookConfig> webhooks,
        MqttConfig mqtt,
        FrigateConfig frigate,
        Path pseudonymKey,
        Duration retryFrom,
        Duration retryTo) {

    public DeliveryConfig {
        webhooks = List.copyOf(webhooks);
        List<String> names = webhooks.stream().map(WebhookConfig::name).toList();
        new Checks()
                .that(Set.copyOf(names).size() == names.size(), "webhooks: two have the same name: " + names)
                .that(
                        !names.contains(MqttConfig.TARGET),
                        "webhooks: the name " + MqttConfig.TARGET + " is taken by the broker")
                .that(
                        !names.contains(FrigateConfig.TARGET),
                        "webhooks: the name " + FrigateConfig.TARGET + " is taken by Frigate")
                .positive("retry-from", retryFrom)
                .that(
                        retryTo.compareTo(retryFrom) >= 0,
                        "retry-to: must be at least retry-from, was " + Checks.text(retryTo))
                .done();
    }

    boolean pseudonyms() {
        return mqtt.enabled() && mqtt.names() == Names.IDS
                || frigate.enabled() && frigate.names() == Names.IDS
                || webhooks.stream().anyMatch(hook -> hook.names() == Names.IDS);
    }
}

package dev.lintel.door.lock;

import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.lintel.settings.Checks;
import java.time.Duration;

/**
 * A relay that listens to a topic of the broker in {@code delivery.mqtt}.
 *
 * @param topic published to
 * @param unlockPayload published to release
 * @param lockPayload published after the pulse; an empty text for nothing
 * @param qos 0..2
 * @param timeout how long publishing may take, 100ms..10s; it is tried twice
 */
@JsonTypeName("mqtt")
public record MqttLockConfig(
        Duration pulse, boolean hold, String topic, String unlockPayload, String lockPayload, int qos, Duration timeout)
        implements LockConfig {
    public MqttLockConfig {
        Checks checks = LockConfig.checks(pulse)
                .that(
                        !topic.isBlank() && !topic.contains("#") && !topic.contains("+"),
                        "topic: must name the topic to publish to, without # and +, was '" + topic + "'")
                .range("qos", qos, 0, 2);
        LockConfig.timeout(checks, timeout);
        checks.done();
    }

    @Override
    public String text() {
        return "mqtt, topic " + topic;
    }

    @Override
    public Lock open(LockSite site) {
        return new MqttLock(site.bus(), this);
    }
}

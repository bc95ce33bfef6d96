package dev.lintel.door.lock;

import dev.lintel.bus.Bus;
import dev.lintel.face.Deadline;
import dev.lintel.messages.DeliveryMessages;
import dev.lintel.messages.DeliveryMessages.PublishMqtt;
import io.vertx.core.Future;
import java.time.Duration;

/** A relay that listens to a topic. */
final class MqttLock implements Lock {
    private final Bus bus;
    private final MqttLockConfig config;

    MqttLock(Bus bus, MqttLockConfig config) {
        this.bus = bus;
        this.config = config;
    }

    @Override
    public Future<Void> unlock(Duration pulse) {
        return publish(config.unlockPayload()).recover(failure -> publish(config.unlockPayload()));
    }

    @Override
    public Future<Void> relock() {
        return config.lockPayload().isEmpty() ? Future.succeededFuture() : publish(config.lockPayload());
    }

    @Override
    public boolean relocks() {
        return !config.lockPayload().isEmpty();
    }

    private Future<Void> publish(String payload) {
        var message = new PublishMqtt(config.topic(), payload, config.qos(), false, Deadline.after(config.timeout()));
        return bus.ask(DeliveryMessages.MQTT_PUBLISH, message)
                .compose(answer -> answer.fold(
                        done -> Future.succeededFuture(),
                        refusal -> Future.failedFuture(new LockException("MQTT: " + refusal.detail()))));
    }
}

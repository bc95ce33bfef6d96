package dev.lintel.delivery;

import static dev.lintel.testkit.GatewayHarness.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.bus.Bus;
import dev.lintel.face.Deadline;
import dev.lintel.face.Refusal;
import dev.lintel.messages.DeliveryMessages;
import dev.lintel.messages.DeliveryMessages.PublishMqtt;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.testkit.Configs;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** Runs everywhere. */
class FakeBrokerTest extends MqttContract {
    @Override
    Broker broker(Path folder) {
        return new FakeBroker();
    }

    @Test
    void shouldRefuseToPublishWithoutABroker() throws Exception {
        Vertx vertx = Vertx.vertx();
        Bus bus = Bus.install(vertx);
        await(vertx.deployVerticle(new DeliveryVerticle(
                bus, Configs.of(DeliveryConfig.class), InstantSource.system(), ApplianceMetrics.unpublished(), "1.0")));

        var answer = await(bus.ask(
                DeliveryMessages.MQTT_PUBLISH,
                new PublishMqtt("a", "b", 1, false, Deadline.after(Duration.ofSeconds(5)))));

        assertThat(answer.fold(done -> null, Refusal::detail)).contains("delivery.mqtt.host");
        await(vertx.close());
    }
}

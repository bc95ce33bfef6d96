package dev.lintel.delivery;

import static dev.lintel.testkit.GatewayHarness.await;

import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.mqtt.MqttClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A client of the broker that hears everything. Thread-safe. */
final class Watcher {
    /** A message as it arrived; {@code retained} if the broker had kept it. */
    record Message(String topic, String payload, boolean retained) {}

    private final List<Message> messages = new ArrayList<>();
    private final MqttClient client;

    Watcher(Vertx vertx, int port) throws Exception {
        client = MqttClient.create(vertx);
        client.publishHandler(message -> {
            synchronized (messages) {
                messages.add(new Message(
                        message.topicName(), message.payload().toString(StandardCharsets.UTF_8), message.isRetain()));
                messages.notifyAll();
            }
        });
        Promise<Void> subscribed = Promise.promise();
        client.subscribeCompletionHandler(acknowledged -> subscribed.tryComplete());
        await(client.connect(port, "127.0.0.1"));
        await(client.subscribe("#", 1));
        await(subscribed.future());
    }

    List<Message> messages() {
        synchronized (messages) {
            return List.copyOf(messages);
        }
    }

    Message hears(String topic, Predicate<String> payload) throws InterruptedException {
        long end = System.nanoTime() + 20_000_000_000L;
        synchronized (messages) {
            for (; ; ) {
                for (Message message : messages) {
                    if (message.topic().equals(topic) && payload.test(message.payload())) {
                        return message;
                    }
                }
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new AssertionError("nothing like that at " + topic + "; heard " + messages);
                }
                messages.wait(left);
            }
        }
    }

    void publish(String topic, String payload, boolean retain) throws Exception {
        await(client.publish(topic, Buffer.buffer(payload), MqttQoS.AT_LEAST_ONCE, false, retain));
    }
}

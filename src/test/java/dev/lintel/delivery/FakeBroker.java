package dev.lintel.delivery;

import static dev.lintel.testkit.GatewayHarness.await;

import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttServer;
import io.vertx.mqtt.MqttServerOptions;
import io.vertx.mqtt.messages.MqttPublishMessage;
import java.net.BindException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** As much of an MQTT broker as the tests need: passes on, keeps what is retained, and says the last will. */
final class FakeBroker implements Broker {
    private static final int BIND_ATTEMPTS = 100;

    private final Vertx vertx = Vertx.vertx();
    private final Map<String, Buffer> retained = new ConcurrentHashMap<>();
    private final Map<MqttEndpoint, Set<String>> clients = new ConcurrentHashMap<>();
    private MqttServer server;
    private int port;

    @Override
    public int start() throws Exception {
        for (int attempt = 1; ; attempt++) {
            server = MqttServer.create(vertx, new MqttServerOptions().setMaxMessageSize(1 << 20));
            server.endpointHandler(this::connected);
            server.exceptionHandler(broken -> {});
            try {
                await(server.listen(port, "127.0.0.1"));
                port = server.actualPort();
                return port;
            } catch (ExecutionException e) {
                // A server is said to be closed a moment before its port is free.
                if (!(e.getCause() instanceof BindException) || attempt == BIND_ATTEMPTS) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    @Override
    public void kill() throws Exception {
        await(server.close());
        clients.keySet().forEach(client -> {
            if (client.isConnected()) {
                client.close();
            }
        });
        clients.clear();
    }

    @Override
    public void close() throws Exception {
        await(vertx.close());
    }

    private void connected(MqttEndpoint client) {
        clients.put(client, ConcurrentHashMap.newKeySet());
        boolean[] goodbye = {false};
        client.disconnectHandler(v -> goodbye[0] = true);
        client.closeHandler(v -> {
            boolean open = clients.remove(client) != null;
            if (open && !goodbye[0] && client.will().isWillFlag()) {
                pass(
                        client.will().getWillTopic(),
                        client.will().getWillMessage(),
                        client.will().isWillRetain());
            }
        });
        client.subscribeHandler(asked -> {
            asked.topicSubscriptions().forEach(topic -> {
                clients.get(client).add(topic.topicName());
                retained.forEach((name, payload) -> {
                    if (fits(topic.topicName(), name)) {
                        client.publish(name, payload, MqttQoS.AT_LEAST_ONCE, false, true);
                    }
                });
            });
            client.subscribeAcknowledge(asked.messageId(), List.of(MqttQoS.AT_LEAST_ONCE));
        });
        client.publishHandler(message -> published(client, message));
        client.accept(false);
    }

    private void published(MqttEndpoint client, MqttPublishMessage message) {
        pass(message.topicName(), message.payload().copy(), message.isRetain());
        if (message.qosLevel() == MqttQoS.AT_LEAST_ONCE) {
            client.publishAcknowledge(message.messageId());
        }
    }

    private void pass(String topic, Buffer payload, boolean retain) {
        if (retain && payload.length() == 0) {
            retained.remove(topic);
        } else if (retain) {
            retained.put(topic, payload);
        }
        clients.forEach((client, filters) -> {
            if (client.isConnected() && filters.stream().anyMatch(filter -> fits(filter, topic))) {
                client.publish(topic, payload, MqttQoS.AT_LEAST_ONCE, false, false);
            }
        });
    }

    private static boolean fits(String filter, String topic) {
        return filter.equals("#") || MqttLink.fits(filter, topic);
    }
}

package dev.lintel.demo;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.mqtt.MqttClient;
import io.vertx.mqtt.MqttClientOptions;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Debian's mosquitto as a process, and somebody who listens to it. */
final class Ear implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/mosquitto");

    private final Vertx vertx = Vertx.vertx();
    private final Path folder;
    private final int port;
    private final List<House.Heard> events = new CopyOnWriteArrayList<>();
    private final Map<String, List<String>> said = new ConcurrentHashMap<>();
    private Process broker;
    private volatile MqttClient client;

    Ear(Path folder) throws Exception {
        if (!Files.isExecutable(PROGRAM)) {
            throw new IOException("mosquitto is missing: sudo apt-get install mosquitto");
        }
        this.folder = folder;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Files.writeString(
                folder.resolve("mosquitto.conf"),
                "listener " + port + " 127.0.0.1\nallow_anonymous true\npersistence false\n");
        rise();
    }

    int port() {
        return port;
    }

    List<House.Heard> events() {
        return List.copyOf(events);
    }

    /** What was published at a topic, in its order. */
    List<String> said(String topic) {
        return List.copyOf(said.getOrDefault(topic, List.of()));
    }

    void rise() throws Exception {
        broker = new ProcessBuilder(
                        PROGRAM.toString(),
                        "-c",
                        folder.resolve("mosquitto.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("mosquitto.log").toFile())
                .start();
        for (int i = 0; ; i++) {
            try (Socket open = new Socket("127.0.0.1", port)) {
                break;
            } catch (IOException e) {
                if (i == 100) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        MqttClient listener = MqttClient.create(
                vertx, new MqttClientOptions().setClientId("ear").setCleanSession(true));
        listener.publishHandler(message -> {
            said.computeIfAbsent(message.topicName(), topic -> new CopyOnWriteArrayList<>())
                    .add(message.payload().toString());
            if (message.topicName().startsWith("lintel/events/")) {
                events.add(new House.Heard(
                        Instant.now(), new JsonObject(message.payload().toString())));
            }
        });
        listener.connect(port, "127.0.0.1")
                .compose(up -> listener.subscribe("lintel/#", 1))
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        client = listener;
    }

    void fall() throws Exception {
        broker.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws Exception {
        client.disconnect();
        broker.destroy();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}

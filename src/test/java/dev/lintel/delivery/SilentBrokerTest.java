package dev.lintel.delivery;

import static dev.lintel.testkit.GatewayHarness.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.bus.Bus;
import dev.lintel.face.Deadline;
import dev.lintel.messages.DeliveryMessages;
import dev.lintel.messages.DeliveryMessages.PublishMqtt;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.testkit.Configs;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that takes everything and acknowledges nothing, as behind a network that has just gone. */
class SilentBrokerTest {
    private static final byte[] CONNACK = {0x20, 2, 0, 0};

    @TempDir
    Path folder;

    private final CompletableFuture<Void> greeted = new CompletableFuture<>();
    private final CompletableFuture<Void> cut = new CompletableFuture<>();

    private void serve(ServerSocket listening) {
        try (Socket socket = listening.accept()) {
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[4096];
            in.read(buffer);
            socket.getOutputStream().write(CONNACK);
            socket.getOutputStream().flush();
            in.read(buffer);
            greeted.complete(null);
            while (in.read(buffer) >= 0) {
                // nothing is answered
            }
            cut.complete(null);
        } catch (SocketException e) {
            cut.complete(null);
        } catch (Exception e) {
            cut.completeExceptionally(e);
        }
    }

    @Test
    void shouldCutTheConnectionRatherThanLetAnUnlockArriveLate() throws Exception {
        Vertx vertx = Vertx.vertx();
        Bus bus = Bus.install(vertx);
        try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> serve(listening));
            thread.setDaemon(true);
            thread.start();
            await(new FakeOutbox(bus).serve());
            await(new FakeHouse().serve(bus));
            MqttConfig mqtt = Configs.with(
                    Configs.of(MqttConfig.class, "host: 127.0.0.1"), Map.of("port", listening.getLocalPort()));
            DeliveryConfig config = Configs.with(
                    Configs.of(DeliveryConfig.class),
                    Map.of("mqtt", mqtt, "pseudonymKey", folder.resolve("keys/pseudonyms.key")));
            await(vertx.deployVerticle(new DeliveryVerticle(
                    bus, config, InstantSource.system(), new ApplianceMetrics(new SimpleMeterRegistry()), "1.0")));
            greeted.get(20, TimeUnit.SECONDS);

            assertThatThrownBy(() -> await(bus.ask(
                            DeliveryMessages.MQTT_PUBLISH,
                            new PublishMqtt("door", "UNLOCK", 1, false, Deadline.after(Duration.ofMillis(300))))))
                    .isNotNull();

            // Long before the twenty seconds after which any connection without an answer is taken for dead.
            cut.get(10, TimeUnit.SECONDS);
            assertThat(cut).isCompleted();
        } finally {
            await(vertx.close());
        }
    }
}

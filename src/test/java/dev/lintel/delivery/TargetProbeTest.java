package dev.lintel.delivery;

import static dev.lintel.testkit.GatewayHarness.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.Naming;
import dev.lintel.delivery.Sender.Sent.Result;
import dev.lintel.delivery.TargetProbe.State;
import dev.lintel.testkit.Certificate;
import dev.lintel.testkit.Configs;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.mqtt.MqttServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the doctor sees of those who are to be told. Slow: it makes certificates. */
@Tag("slow")
class TargetProbeTest {
    private final Vertx vertx = Vertx.vertx();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
    }

    private int listen(HttpServerOptions options, int status) throws Exception {
        return await(vertx.createHttpServer(options)
                        .requestHandler(request -> {
                            asked.add(request.method() + " " + request.path() + " " + request.getHeader("X-Key"));
                            request.response().setStatusCode(status).end();
                        })
                        .listen(0, "localhost"))
                .actualPort();
    }

    private static WebhookConfig hook(String url, Optional<Path> authority) {
        return Configs.with(
                Configs.of(WebhookConfig.class, "name: hook", "url: " + url, "headers: {X-Key: abc}"),
                Map.of("caFile", authority));
    }

    private static TargetProbe probe(WebhookConfig hook) {
        return TargetProbe.of(Configs.with(Configs.of(DeliveryConfig.class), Map.of("webhooks", List.of(hook))))
                .get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "200, REACHED, no event was sent",
        "405, REACHED, no event was sent",
        "401, FAILED, look at headers",
        "404, DOUBTFUL, look at the path",
        "302, DOUBTFUL, redirect",
        "500, DOUBTFUL, its own log"
    })
    void shouldAskAWebhookWithoutTellingIt(int status, State state, String what) throws Exception {
        int port = listen(new HttpServerOptions(), status);

        TargetProbe found = probe(hook("http://localhost:" + port + "/hook?token=secret", Optional.empty()));

        assertThat(found.target()).isEqualTo("webhook hook");
        assertThat(found.state()).isEqualTo(state);
        assertThat(found.detail()).contains(what).doesNotContain("secret");
        assertThat(asked).containsExactly("OPTIONS /hook abc");
    }

    @Test
    void shouldSayThatANameCannotBeFoundOrNobodyListens() throws Exception {
        int port = listen(new HttpServerOptions(), 200);

        assertThat(probe(hook("http://nowhere.invalid/", Optional.empty())).detail())
                .contains("name that cannot be found");
        assertThat(probe(hook("http://localhost:1/", Optional.empty())).detail())
                .contains("does not take connections");
        assertThat(probe(hook("https://localhost:" + port + "/", Optional.empty()))
                        .detail())
                .contains("does not encrypt");
    }

    @Test
    void shouldTrustTheAuthorityThatIsConfiguredAndNoOther(@TempDir Path folder) throws Exception {
        Certificate certificate = new Certificate(folder);
        int port = listen(new HttpServerOptions().setSsl(true).setKeyCertOptions(certificate.key()), 200);
        WebhookConfig trusting = hook("https://localhost:" + port + "/", Optional.of(certificate.authority()));
        WebhookConfig careful = hook("https://localhost:" + port + "/", Optional.empty());

        assertThat(probe(trusting).state()).isEqualTo(State.REACHED);
        assertThat(probe(careful).detail()).contains("not trusted").contains("ca-file");
        assertThat(send(trusting)).isEqualTo(Result.DELIVERED);
        assertThat(send(careful)).isEqualTo(Result.FAILED);
        assertThat(probe(hook("https://127.0.0.1:" + port + "/", Optional.of(certificate.authority())))
                        .state())
                .as("the certificate is for another name")
                .isEqualTo(State.FAILED);
    }

    private Result send(WebhookConfig hook) throws Exception {
        HttpTarget target = new HttpTarget(
                HttpTarget.client(vertx, hook.caFile()),
                hook.address(),
                hook.headers(),
                Duration.ofSeconds(10),
                () -> Events.NOW);
        return await(new WebhookSender(target, null, Naming.NONE, () -> Events.NOW, "Lintel/1")
                        .send(Events.recorded(1, Events.stranger("1"))))
                .result();
    }

    private static DeliveryConfig broker(int port) {
        MqttConfig mqtt = Configs.with(
                Configs.of(
                        MqttConfig.class, "host: localhost", "client-id: box", "username: lintel", "password: secret"),
                Map.of("port", port));
        return Configs.with(Configs.of(DeliveryConfig.class), Map.of("mqtt", mqtt));
    }

    @Test
    void shouldSayWhetherTheBrokerTakesTheBox() throws Exception {
        List<String> clients = new CopyOnWriteArrayList<>();
        MqttServer server = MqttServer.create(vertx).endpointHandler(client -> {
            clients.add(client.clientIdentifier() + " " + client.will().isWillFlag());
            if (client.auth().getPassword().equals("secret")) {
                client.accept(false);
            } else {
                client.reject(MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USER_NAME_OR_PASSWORD);
            }
        });
        await(server.listen(0, "localhost"));
        DeliveryConfig config = broker(server.actualPort());
        MqttConfig wrong = Configs.with(config.mqtt(), Map.of("password", "guessed"));

        assertThat(TargetProbe.of(config).get(0).detail()).contains("takes the box");
        TargetProbe refused =
                TargetProbe.of(Configs.with(config, Map.of("mqtt", wrong))).get(0);

        assertThat(refused.state()).isEqualTo(State.FAILED);
        assertThat(refused.detail()).contains("BAD_USER_NAME_OR_PASSWORD").doesNotContain("guessed");
        assertThat(clients)
                .as("never the box's own id, which would throw it out")
                .containsOnly("box-doctor false");
        await(server.close());
        assertThat(TargetProbe.of(config).get(0).detail()).contains("does not take connections");
    }
}

package dev.lintel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.lintel.camera.CameraConfig;
import dev.lintel.cli.Client;
import dev.lintel.config.LintelConfig;
import dev.lintel.embedding.EmbeddingConfig;
import dev.lintel.gateway.GatewayConfig;
import dev.lintel.store.StoreConfig;
import dev.lintel.testkit.Clips;
import dev.lintel.testkit.Configs;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole box with its own models, over HTTP. */
@Tag("slow")
class ApplianceTest {
    private static final Path FACES = Path.of("src/test/resources/faces");

    @TempDir
    Path data;

    private LintelConfig config() {
        return Configs.of(LintelConfig.class)
                .withGateway(Configs.gateway())
                .withStore(new StoreConfig(data.resolve("lintel.db"), 0L));
    }

    @Test
    void shouldRecogniseWhoWasEnrolledAndRememberAcrossARestart() {
        try (Appliance box = Appliance.start(config())) {
            Client client = new Client(box.url(), null);
            assertThat(client.answers()).isTrue();
            assertThat(box.alive()).isTrue();
            enrol(client, "Anna", "01-a.jpg");
            enrol(client, "Zoë", "03-a.jpg");
        }
        try (Appliance box = Appliance.start(config())) {
            Client client = new Client(box.url(), null);
            assertThat(identified(client, "01-b.jpg")).isEqualTo("Anna");
            assertThat(identified(client, "03-b.jpg")).isEqualTo("Zoë");
            assertThat(identified(client, "05-a.jpg")).isEqualTo("unknown");
        }
    }

    @Test
    void shouldSayThatEveryPartIsReadyAndMeasureItself() {
        try (Appliance box = Appliance.start(config())) {
            Client client = new Client(box.url(), null);
            JsonNode ready = client.get("/ready", Map.of()).orFail();
            assertThat(ready.path("ready").asBoolean()).isTrue();
            assertThat(ready.path("components").findValuesAsText("name"))
                    .contains("detection", "landmarks", "embedding", "liveness", "store", "disk");
            assertThat(client.get("/version", Map.of()).orFail().path("models").findValuesAsText("task"))
                    .containsExactly("detection", "landmarks", "embedding", "liveness");
            identified(client, "01-a.jpg");

            assertThat(client.text("/metrics"))
                    .contains(
                            "lintel_stage_seconds_bucket",
                            "lintel_requests_seconds_count",
                            "lintel_model_info{",
                            "task=\"landmarks\"",
                            "lintel_gallery_people")
                    .contains(
                            "jvm_memory_used_bytes",
                            "jvm_threads_live_threads",
                            "process_files_open_files",
                            "process_uptime_seconds")
                    .contains("process_memory_resident_bytes", "vertx_pool_");
        }
    }

    @Test
    void shouldShowWhatItsCameraSees() throws Exception {
        CameraConfig camera = Configs.camera(
                "front", Clips.walkUp(data.resolve("clip.avi"), 25).toString());
        try (Appliance box = Appliance.start(config().withCameras(List.of(camera)))) {
            HttpResponse<byte[]> picture = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(box.url().resolve("cameras/front/picture.jpg"))
                                    .build(),
                            BodyHandlers.ofByteArray());
            assertThat(picture.statusCode()).isEqualTo(200);
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture.body()));
            assertThat(List.of(image.getWidth(), image.getHeight())).containsExactly(Clips.WIDTH, Clips.HEIGHT);

            Client client = new Client(box.url(), null);
            JsonNode front =
                    client.get("/cameras", Map.of()).orFail().path("cameras").path(0);
            assertThat(front.path("state").asText()).isEqualTo("live");
            assertThat(front.path("width").asInt()).isEqualTo(Clips.WIDTH);
            assertThat(client.text("/metrics"))
                    .contains(
                            "lintel_camera_frames_total{camera=\"front\"}",
                            "lintel_camera_state{camera=\"front\",state=\"live\"} 1.0",
                            "lintel_camera_analysis_seconds_count{camera=\"front\"}");
        }
    }

    @Test
    void shouldFinishWhatItAcceptedWhenItCloses() throws Exception {
        Appliance box = Appliance.start(config());
        Client client = new Client(box.url(), null);
        List<CompletableFuture<Integer>> asked = java.util.stream.IntStream.range(0, 6)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> client.upload("/detect", Map.of(), List.of(FACES.resolve("02-a.jpg")))
                                .status()))
                .toList();
        CompletableFuture.anyOf(asked.toArray(CompletableFuture[]::new)).join();

        box.close();
        box.close();

        assertThat(asked)
                .filteredOn(answer -> !answer.isCompletedExceptionally())
                .isNotEmpty()
                .allSatisfy(answer -> assertThat(answer.join()).isEqualTo(200));
        assertThat(client.answers()).isFalse();
    }

    @Test
    void shouldCloseEverythingWhenTheAddressIsTaken() throws IOException {
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        try {
            int taken = other.getAddress().getPort();
            assertThatThrownBy(() ->
                            Appliance.start(config().withGateway(Configs.of(GatewayConfig.class, "port: " + taken))))
                    .isInstanceOf(ApplianceException.class)
                    .hasMessageContaining("choose another gateway.port");
        } finally {
            other.stop(0);
        }
        Appliance.start(config()).close(); // neither the database nor a thread of the first one is in the way
    }

    @Test
    void shouldRefuseAWrongModelPackForGood() throws IOException {
        Path pack = Files.createDirectory(data.resolve("pack"));
        Files.copy(Path.of("models/lintel-embed/manifest.yaml"), pack.resolve("manifest.yaml"));
        Files.writeString(pack.resolve("model.pb"), "not a model");
        LintelConfig wrong = Configs.of(LintelConfig.class)
                .withGateway(Configs.gateway())
                .withModels(
                        config().vision(),
                        config().liveness(),
                        Configs.of(EmbeddingConfig.class, "model: " + Configs.quoted(pack.toString())))
                .withStore(config().store());

        assertThatThrownBy(() -> Appliance.start(wrong))
                .isInstanceOfSatisfying(
                        ApplianceException.class, e -> assertThat(e.permanent()).isTrue())
                .hasMessageContaining("SHA-256");
    }

    @Test
    void shouldRefuseADamagedDatabase() throws IOException {
        Files.writeString(data.resolve("lintel.db"), "this is no database, whatever its name says".repeat(100));

        assertThatThrownBy(() -> Appliance.start(config()))
                .isInstanceOf(ApplianceException.class)
                .hasMessageStartingWith("the store: ");
    }

    private static void enrol(Client client, String label, String face) {
        client.upload("/enroll", Map.of("label", label), List.of(FACES.resolve(face)))
                .orFail();
    }

    private static String identified(Client client, String face) {
        return client.upload("/identify", Map.of(), List.of(FACES.resolve(face)))
                .orFail()
                .path("label")
                .asText();
    }
}

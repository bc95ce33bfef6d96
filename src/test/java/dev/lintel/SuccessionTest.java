package dev.lintel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.ConsentConfig;
import dev.lintel.camera.CameraConfig;
import dev.lintel.camera.MjpegServer;
import dev.lintel.config.LintelConfig;
import dev.lintel.door.DoorConfig;
import dev.lintel.embedding.EmbeddingConfig;
import dev.lintel.testkit.Await;
import dev.lintel.testkit.Configs;
import dev.lintel.testkit.WalkUp;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole box changes its embedder. The new one is the shipped network under another id: to the box another model, and each template
 * that it makes can be compared with the former one.
 */
@Tag("slow")
class SuccessionTest {
    private static final Path SHIPPED = Path.of("models/lintel-embed");
    private static final String NEXT = "lintel-embed-next";
    private static final int FPS = 8;
    private static final Path FACES = Path.of("src/test/resources/faces");

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger restarts = new AtomicInteger();
    private boolean fromVisits;
    private List<CameraConfig> cameras = List.of();

    @Test
    void shouldServeWithTheFormerEmbedderUntilTheNewOneHasMadeEveryTemplateThatItCan() throws Exception {
        String former = enrolledBefore();
        JsonObject before;
        try (Appliance box = box(next(), Optional.of(SHIPPED))) {
            assertThat(embedder(box)).isEqualTo(former);
            assertThat(json(box, "/version").getString("coming_model")).isEqualTo(NEXT);
            assertThat(missing(box)).as("no picture of hers is kept").isEqualTo("Zoe");
            before = identified(box, "10-b.jpg");
            assertThat(before.getString("label")).isEqualTo("Anna");

            Await.await("the box is to start anew", () -> restarts.get() > 0);

            JsonObject still = identified(box, "10-b.jpg");
            assertThat(still.getString("model_id"))
                    .as("the former one serves to the end")
                    .isEqualTo(former);
            assertThat(still.getString("label")).isEqualTo("Anna");
            assertThat(json(box, "/ready").encode()).contains("1 of 1 templates made anew of pictures by " + NEXT);
        }
        try (Appliance box = box(next(), Optional.of(SHIPPED))) {
            assertThat(embedder(box)).isEqualTo(NEXT);
            assertThat(json(box, "/version").getString("coming_model")).isNull();
            JsonObject after = identified(box, "10-b.jpg");
            assertThat(after.getString("label")).isEqualTo("Anna");
            assertThat(after.getDouble("similarity"))
                    .as("as if the crop had been enrolled anew")
                    .isCloseTo(before.getDouble("similarity"), org.assertj.core.data.Offset.offset(1e-5));
            assertThat(missing(box)).isEqualTo("Zoe");
            assertThat(restarts).as("it has nothing more to do").hasValue(1);
        }
    }

    @Test
    void shouldServeWithTheNewEmbedderAtOnceWhereTheFormerIsNotNamed() throws Exception {
        enrolledBefore();
        try (Appliance box = box(next(), Optional.empty())) {
            assertThat(embedder(box)).isEqualTo(NEXT);

            Await.await("the template of the picture is made", () -> {
                try {
                    return json(box, "/people/Anna")
                            .getJsonArray("templates")
                            .getJsonObject(0)
                            .getBoolean("comparable");
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });

            assertThat(identified(box, "10-b.jpg").getString("label")).isEqualTo("Anna");
            assertThat(json(box, "/ready").encode()).contains("of which 1 of another model");
            assertThat(restarts).hasValue(0);
        }
    }

    @Test
    void shouldLearnFromAConfirmedVisitWhomItHasNoPictureOf() throws Exception {
        enrolledBefore();
        fromVisits = true;
        Path frames = Files.createDirectories(folder.resolve("frames"));
        WalkUp zoe = new WalkUp(ImageIO.read(FACES.resolve("03-a.jpg").toFile()), false, FPS);
        for (int i = 0; i < 12 * FPS; i++) {
            try (OutputStream out = Files.newOutputStream(frames.resolve("%04d.jpg".formatted(i)))) {
                WalkUp.write(zoe.frame(i % (8 * FPS)), out);
            }
        }
        try (MjpegServer camera = new MjpegServer(Configs.camera("play", frames.toString(), "fps: " + FPS), 0)) {
            cameras = List.of(Configs.camera("front", camera.uri().toString(), "door: main", "direction: in"));
            try (Appliance box = box(next(), Optional.of(SHIPPED))) {
                assertThat(json(box, "/version").getBoolean("learns_from_visits"))
                        .isTrue();
                Await.await("Zoe is recognised", () -> visitOf(box, "Zoe").isPresent());
                assertThat(json(box, "/ready").encode()).contains("1 people still to be seen");
                assertThat(missing(box)).isEqualTo("Zoe");
                assertThat(restarts).as("it waits for her").hasValue(0);

                String visit = visitOf(box, "Zoe").orElseThrow();
                JsonObject confirmed = send(HttpRequest.newBuilder(box.url().resolve("/visits/" + visit + "/confirm"))
                        .POST(BodyPublishers.noBody()));

                assertThat(confirmed)
                        .isEqualTo(new JsonObject().put("label", "Zoe").put("learnt", true));
                assertThat(json(box, "/list?missing=true").getJsonArray("people"))
                        .isEmpty();
            }
        }
        cameras = List.of();
        try (Appliance box = box(next(), Optional.of(SHIPPED))) {
            assertThat(embedder(box)).as("nobody is missing").isEqualTo(NEXT);
            assertThat(identified(box, "03-b.jpg").getString("label")).isEqualTo("Zoe");
        }
    }

    private Optional<String> visitOf(Appliance box, String label) {
        try {
            return json(box, "/events?kind=decision").getJsonArray("events").stream()
                    .map(JsonObject.class::cast)
                    .filter(event -> label.equals(event.getString("label")))
                    .map(event -> event.getString("visit"))
                    .findFirst();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Anna, who agreed to a picture, and Zoe, who did not. @return the embedder */
    private String enrolledBefore() throws Exception {
        try (Appliance box = box(SHIPPED, Optional.empty())) {
            send(HttpRequest.newBuilder(box.url().resolve("/people/Anna/consent"))
                    .header("Content-Type", "application/json")
                    .PUT(BodyPublishers.ofString("{\"purposes\": [\"door\", \"pictures\"]}")));
            enrol(box, "Anna", "10-a.jpg");
            enrol(box, "Zoe", "03-a.jpg");
            return embedder(box);
        }
    }

    private void enrol(Appliance box, String label, String photo) throws Exception {
        send(HttpRequest.newBuilder(box.url().resolve("/enroll?label=" + label))
                .header("Content-Type", "image/jpeg")
                .POST(BodyPublishers.ofFile(FACES.resolve(photo))));
    }

    private Path next() throws IOException {
        Path pack = folder.resolve("next");
        if (!Files.exists(pack)) {
            Files.createDirectories(pack);
            for (String file : new String[] {"model.pb", "model.tflite"}) {
                Files.copy(SHIPPED.resolve(file), pack.resolve(file));
            }
            Files.writeString(
                    pack.resolve("manifest.yaml"),
                    Files.readString(SHIPPED.resolve("manifest.yaml")).replaceFirst("(?m)^id: .*$", "id: " + NEXT));
        }
        return pack;
    }

    private Appliance box(Path model, Optional<Path> former) {
        LintelConfig config = Configs.box(folder.resolve("lintel.db"));
        LintelConfig changed = Configs.with(
                config,
                Map.of(
                        "consent",
                        Configs.of(ConsentConfig.class, "keep-pictures: true"),
                        "embedding",
                        new EmbeddingConfig(model, former, fromVisits, 1),
                        "cameras",
                        cameras,
                        "doors",
                        List.of(Configs.of(DoorConfig.class, "id: main", "require-liveness: false"))));
        return Appliance.start(
                changed,
                new Installed(
                        Path.of("").toAbsolutePath(),
                        folder.resolve("lintel.yaml"),
                        Map.of(),
                        restarts::incrementAndGet));
    }

    private String embedder(Appliance box) throws Exception {
        return json(box, "/version").getJsonArray("models").stream()
                .map(JsonObject.class::cast)
                .filter(model -> model.getString("task").equals("embedding"))
                .findFirst()
                .orElseThrow()
                .getString("id");
    }

    private String missing(Appliance box) throws Exception {
        JsonObject page = json(box, "/list?missing=true");
        assertThat(page.getJsonArray("people")).hasSize(1);
        return page.getJsonArray("people").getJsonObject(0).getString("label");
    }

    private JsonObject identified(Appliance box, String photo) throws Exception {
        return send(HttpRequest.newBuilder(box.url().resolve("/identify"))
                .header("Content-Type", "image/jpeg")
                .POST(BodyPublishers.ofFile(FACES.resolve(photo))));
    }

    private JsonObject json(Appliance box, String address) throws Exception {
        return send(HttpRequest.newBuilder(box.url().resolve(address)));
    }

    private JsonObject send(HttpRequest.Builder request) throws Exception {
        var answer = http.send(request.build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return new JsonObject(answer.body());
    }
}

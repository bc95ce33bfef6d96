package dev.lintel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.camera.MjpegServer;
import dev.lintel.testkit.Await;
import dev.lintel.testkit.Configs;
import dev.lintel.testkit.WalkUp;
import io.vertx.core.json.JsonObject;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole box before a camera over HTTP: a still portrait of somebody enrolled for 12 frames, then somebody else, alive, at the same
 * place for 6, then nobody; 8 frames a second. It once opened 16 times of 16.
 */
@Tag("slow")
class SwapOverHttpTest {
    private static final int FPS = 8;
    private static final int PORTRAIT = 12;
    private static final int STRANGER = 6;
    private static final int NOBODY = 6 * FPS;
    private static final int TIMES = 4;

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void shouldLetNobodyInWhoShowsAPortraitBeforeTheirOwnFace() throws Exception {
        Path frames = Files.createDirectories(folder.resolve("frames"));
        draw(frames);
        Path enrolled = Path.of("src/test/resources/faces/10-a.jpg");
        try (MjpegServer camera = new MjpegServer(Configs.camera("play", frames.toString(), "fps: " + FPS), 0);
                Appliance box = Appliance.start(Configs.with(
                        Configs.box(folder.resolve("lintel.db")),
                        java.util.Map.of(
                                "cameras",
                                List.of(Configs.camera(
                                        "front", camera.uri().toString(), "door: main", "direction: in")),
                                "doors",
                                List.of(Configs.of(dev.lintel.door.DoorConfig.class, "id: main")))))) {
            send(HttpRequest.newBuilder(box.url().resolve("/enroll?label=Anna"))
                    .header("Content-Type", "image/jpeg")
                    .POST(BodyPublishers.ofFile(enrolled)));

            for (int i = 1; i <= TIMES; i++) {
                int times = i;
                Await.await("the portrait is recognised, time " + times, () -> recognised(box) >= times);
            }

            assertThat(events(box, "&verdict=granted").toList()).isEmpty();
        }
    }

    /** A portrait with a camera's noise, a stranger who is alive, an empty corridor. */
    private static void draw(Path frames) throws IOException {
        WalkUp stranger = new WalkUp(portrait("03"), false, FPS);
        BufferedImage anna = portrait("10");
        Random random = new Random(5);
        int number = 0;
        double[] eyes = stranger.eyes(stranger.stopped());
        for (int i = 0; i < PORTRAIT; i++) {
            write(frames, number++, noisy(pasted(stranger.frame(i % 4), anna, eyes), random));
        }
        for (int i = 0; i < STRANGER; i++) {
            write(frames, number++, stranger.frame(stranger.stopped() + i));
        }
        for (int i = 0; i < NOBODY; i++) {
            write(frames, number++, stranger.frame(i % 4));
        }
    }

    private static BufferedImage pasted(BufferedImage frame, BufferedImage portrait, double[] eyes) {
        double scale = eyes[2] / 76;
        Graphics2D g = frame.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        g.drawImage(
                portrait,
                (int) (eyes[0] - 200 * scale),
                (int) (eyes[1] - 231 * scale),
                (int) (portrait.getWidth() * scale),
                (int) (portrait.getHeight() * scale),
                null);
        g.dispose();
        return frame;
    }

    private static BufferedImage noisy(BufferedImage image, Random random) {
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int noise = (int) Math.round(2 * random.nextGaussian());
                int rgb = 0;
                for (int shift = 0; shift <= 16; shift += 8) {
                    rgb |= Math.max(0, Math.min(255, (image.getRGB(x, y) >> shift & 255) + noise)) << shift;
                }
                image.setRGB(x, y, rgb);
            }
        }
        return image;
    }

    private static BufferedImage portrait(String number) throws IOException {
        return ImageIO.read(
                Path.of("src/test/resources/faces/" + number + "-a.jpg").toFile());
    }

    private static void write(Path folder, int number, BufferedImage image) throws IOException {
        try (OutputStream out = Files.newOutputStream(folder.resolve(String.format("%05d.jpg", number)))) {
            WalkUp.write(image, out);
        }
    }

    private long recognised(Appliance box) {
        return events(box, "")
                .filter(event -> "known"
                        .equals(event.getJsonObject("decision")
                                .getJsonObject("sighting")
                                .getString("identity")))
                .count();
    }

    private Stream<JsonObject> events(Appliance box, String filter) {
        URI uri = box.url().resolve("/events?kind=decision&limit=200" + filter);
        return new JsonObject(send(HttpRequest.newBuilder(uri)))
                .getJsonArray("events").stream().map(event -> (JsonObject) event);
    }

    private String send(HttpRequest.Builder request) {
        try {
            var answer = http.send(request.build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return answer.body();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}

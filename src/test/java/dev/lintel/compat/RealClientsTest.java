package dev.lintel.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lintel.accounts.Role;
import dev.lintel.gateway.ApiKey;
import dev.lintel.testkit.GatewayHarness;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The clients that people use, unchanged, from npm into {@code target/}. */
@Tag("slow")
@Timeout(600)
class RealClientsTest {
    private static final String KEY = "0e4b1b0c-6f0b-4c3a-9a57-8f4f6b1c0a11";
    private static final Path MODULES = Path.of("target/npm-clients");
    private static final List<String> PACKAGES =
            List.of("@exadel/compreface-js-sdk@1.0.0", "node-red-contrib-deepstack@0.3.0");

    @TempDir
    private static Path pictures;

    private static GatewayHarness gateway;

    @BeforeAll
    static void start() throws Exception {
        install();
        for (String photo : List.of("anna1", "anna2", "anna3", "ben1", "carl1", "nobody")) {
            Files.writeString(pictures.resolve(photo + ".jpg"), photo);
        }
        gateway = new GatewayHarness(
                Map.of("keys", List.of(new ApiKey("boss", Role.ADMIN, Optional.empty(), Optional.of(KEY)))),
                (bus, flow) -> List.of(
                        new CompreFaceApi(bus, flow),
                        new DeepStackApi(bus, flow, new CompatConfig(true, true, List.of(), Role.IDENTIFY))));
    }

    @AfterAll
    static void stop() {
        if (gateway != null) {
            gateway.close();
        }
    }

    @BeforeEach
    void forgetEverybody() {
        gateway.box().forgetEverything();
    }

    private static void install() throws Exception {
        assumeTrue(ran(List.of("node", "--version")), "node is not there");
        if (!Files.isDirectory(MODULES.resolve("node_modules/node-red-contrib-deepstack"))) {
            Files.createDirectories(MODULES);
            List<String> npm = new ArrayList<>(List.of(
                    "npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", MODULES.toString()));
            npm.addAll(PACKAGES);
            assumeTrue(ran(npm), "npm cannot get " + PACKAGES);
        }
    }

    private static boolean ran(List<String> command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(5, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static JsonObject run(String script) throws Exception {
        Process process = new ProcessBuilder(
                        "node",
                        "src/test/resources/clients/" + script,
                        MODULES.toAbsolutePath().toString(),
                        pictures.toString(),
                        Integer.toString(gateway.port()),
                        KEY)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).as(out).isZero();
        return new JsonObject(out.substring(out.lastIndexOf('\n') + 1));
    }

    @Test
    void shouldServeCompreFacesJavaScriptClient() throws Exception {
        JsonObject seen = run("compreface.mjs");

        assertThat(seen.getJsonObject("empty").getJsonArray("subjects")).isEmpty();
        assertThat(seen.getJsonObject("added").getString("subject")).isEqualTo("Anna");
        assertThat(seen.getJsonObject("again").getInteger("code")).isEqualTo(43);
        assertThat(seen.getJsonObject("renamed").getBoolean("updated")).isTrue();
        assertThat(seen.getJsonObject("path").getString("subject")).isEqualTo("Johann Maria");
        assertThat(seen.getJsonObject("base64").getString("image_id")).hasSize(36);
        assertThat(seen.getJsonObject("listed").getJsonArray("faces")).hasSize(2);
        assertThat(face(seen, "verifiedId").getDouble("similarity")).isGreaterThanOrEqualTo(0.5);
        assertThat(subject(seen, "recognized").getString("subject")).isEqualTo("Johann Maria");
        assertThat(subject(seen, "recognized").getDouble("similarity")).isGreaterThanOrEqualTo(0.5);
        assertThat(subject(seen, "stranger").getDouble("similarity")).isLessThan(0.5);
        assertThat(seen.getJsonObject("nobody").getInteger("code")).isEqualTo(28);
        assertThat(face(seen, "detected").getJsonArray("landmarks")).hasSize(5);
        assertThat(matches(seen, "compared").getJsonObject(0).getDouble("similarity"))
                .isGreaterThanOrEqualTo(0.5);
        assertThat(matches(seen, "comparedBase64").getJsonObject(0).getDouble("similarity"))
                .isLessThan(0.5);
        assertThat(seen.getJsonObject("deletedId").getString("subject")).isEqualTo("Johann Maria");
        assertThat(seen.getJsonObject("deletedIdAgain").getInteger("code")).isEqualTo(44);
        assertThat(seen.getJsonObject("deletedAllOfOne").getInteger("deleted")).isEqualTo(1);
        assertThat(seen.getJsonObject("deletedSubject").getInteger("code")).isEqualTo(42);
        assertThat(seen.getJsonObject("deletedAll").getInteger("deleted")).isZero();
    }

    @Test
    void shouldServeNodeRedsDeepStackNodes() throws Exception {
        JsonObject seen = run("deepstack.cjs");

        assertThat(prediction(seen, "nobodyYet").getString("userid")).isEqualTo("unknown");
        assertThat(seen.getJsonObject("added").getString("message")).isEqualTo("face added");
        assertThat(seen.getJsonObject("updated").getString("message")).isEqualTo("face updated");
        assertThat(prediction(seen, "anna").getString("userid")).isEqualTo("Anna");
        assertThat(prediction(seen, "anna").getDouble("confidence")).isGreaterThanOrEqualTo(0.67);
        assertThat(seen.getJsonObject("anna").getJsonArray("forAnna")).hasSize(1);
        assertThat(prediction(seen, "stranger").getString("userid")).isEqualTo("unknown");
        assertThat(seen.getJsonObject("stranger").getValue("forAnna")).isNull();
        assertThat(seen.getJsonObject("noFace").getJsonArray("predictions")).isEmpty();
        assertThat(seen.getJsonObject("notRegistered").getString("error")).contains("400");
        assertThat(seen.getJsonObject("wrongKey").getString("error")).contains("401");
    }

    private static JsonObject face(JsonObject seen, String step) {
        JsonArray result = seen.getJsonObject(step).getJsonArray("result");
        assertThat(result).as(step + ": " + seen.getJsonObject(step)).isNotNull();
        return result.getJsonObject(0);
    }

    private static JsonObject subject(JsonObject seen, String step) {
        return face(seen, step).getJsonArray("subjects").getJsonObject(0);
    }

    private static JsonArray matches(JsonObject seen, String step) {
        return face(seen, step).getJsonArray("face_matches");
    }

    private static JsonObject prediction(JsonObject seen, String step) {
        return seen.getJsonObject(step).getJsonArray("predictions").getJsonObject(0);
    }
}

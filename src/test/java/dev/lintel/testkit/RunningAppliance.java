package dev.lintel.testkit;

import dev.lintel.Appliance;
import dev.lintel.Installed;
import dev.lintel.accounts.Role;
import dev.lintel.config.ConfigLoader;
import dev.lintel.config.LintelConfig;
import dev.lintel.gateway.ApiKey;
import dev.lintel.gateway.GatewayConfig;
import dev.lintel.store.StoreConfig;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The whole appliance with the repository's models, on a free port, with a database of its own. */
public final class RunningAppliance implements AutoCloseable {
    private final Appliance appliance;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String key;

    private RunningAppliance(Appliance appliance, String key) {
        this.appliance = appliance;
        this.key = key;
    }

    /** Without keys, as on loopback. */
    public static RunningAppliance start(Path data) throws Exception {
        return start(data, Map.of(), "");
    }

    /** With one key of role admin; also known as {@code lintel.test}. */
    public static RunningAppliance startWithKey(Path data, String key) throws Exception {
        return start(
                data, Map.of("keys", List.of(new ApiKey("test", Role.ADMIN, Optional.empty(), Optional.of(key)))), key);
    }

    /** On a fresh box, whose configuration is this file: it can be changed while it runs. Port and database are its own. */
    public static RunningAppliance startFresh(Path data, Path file) throws Exception {
        Path home = Path.of("").toAbsolutePath();
        Map<String, String> environment = Map.of(
                "LINTEL_GATEWAY_PORT",
                "0",
                "LINTEL_GATEWAY_TLS_PORT",
                "0",
                "LINTEL_STORE_DATABASE",
                data.resolve("lintel.db").toString(),
                "LINTEL_DELIVERY_PSEUDONYM_KEY",
                data.resolve("pseudonyms.key").toString());
        return new RunningAppliance(
                Appliance.start(
                        ConfigLoader.load(home, file, environment), new Installed(home, file, environment, () -> {})),
                "");
    }

    private static RunningAppliance start(Path data, Map<String, Object> gateway, String key) throws Exception {
        Map<String, Object> settings = new HashMap<>(gateway);
        settings.put("hostNames", List.of("lintel.test"));
        GatewayConfig config = GatewayHarness.config(settings);
        return new RunningAppliance(
                Appliance.start(Configs.of(LintelConfig.class)
                        .withGateway(config)
                        .withStore(new StoreConfig(data.resolve("lintel.db"), 0))),
                key);
    }

    public int port() {
        return appliance.port();
    }

    /** Port of HTTPS; 0 if there is none. */
    public int tlsPort() {
        return appliance.tlsPort();
    }

    /** A setup code, as the box would print it. */
    public String setupCode() throws Exception {
        return new JsonObject(send(HttpRequest.newBuilder(uri("/setup/code")).POST(BodyPublishers.noBody())))
                .getString("code");
    }

    /** {@code http://localhost:PORT}, which browsers count as secure. */
    public String url() {
        return "http://localhost:" + port();
    }

    /** Sends one image; fails with the answer's text if it is not stored. */
    public void enrol(String label, Path image) throws Exception {
        send(HttpRequest.newBuilder(uri("/enroll?label=" + encoded(label)))
                .header("Content-Type", "image/jpeg")
                .POST(BodyPublishers.ofFile(image)));
    }

    public void forgetEverybody() throws Exception {
        JsonObject page = new JsonObject(send(HttpRequest.newBuilder(uri("/list?limit=1000"))));
        for (Object person : page.getJsonArray("people")) {
            String label = ((JsonObject) person).getString("label");
            send(HttpRequest.newBuilder(uri("/delete?label=" + encoded(label))).DELETE());
        }
    }

    private String send(HttpRequest.Builder request) throws Exception {
        if (!key.isEmpty()) {
            request.header("X-API-Key", key);
        }
        var answer = http.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    private URI uri(String pathAndQuery) {
        return URI.create(url() + pathAndQuery);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        appliance.close();
    }
}

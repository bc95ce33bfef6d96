package dev.lintel.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What stands around the box: a relay that is called over HTTP and a server that receives its webhooks. */
final class House implements AutoCloseable {
    static final String SECRET = "a secret of the demo, 24+";

    /** One request of the box, as it arrived. */
    record Heard(Instant at, JsonObject event) {}

    private final List<Instant> pulses = new CopyOnWriteArrayList<>();
    private final List<Heard> hooks = new CopyOnWriteArrayList<>();
    private final List<String> forged = new CopyOnWriteArrayList<>();
    private final int port;
    private volatile boolean relayWorks = true;
    private HttpServer server;

    House() throws IOException {
        server = listen(0);
        port = server.getAddress().getPort();
    }

    private HttpServer listen(int where) throws IOException {
        HttpServer made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), where), 0);
        made.createContext("/lock", exchange -> {
            if (relayWorks) {
                pulses.add(Instant.now());
            }
            answer(exchange, relayWorks ? 204 : 503);
        });
        made.createContext("/hook", this::hook);
        made.setExecutor(Executors.newFixedThreadPool(2, task -> {
            Thread thread = new Thread(task, "house");
            thread.setDaemon(true);
            return thread;
        }));
        made.start();
        return made;
    }

    private void hook(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String time = exchange.getRequestHeaders().getFirst("Lintel-Timestamp");
        String signature = exchange.getRequestHeaders().getFirst("Lintel-Signature");
        if (!sign(time, body).equals(signature)) {
            forged.add(String.valueOf(signature));
            answer(exchange, 401);
            return;
        }
        hooks.add(new Heard(Instant.now(), new JsonObject(new String(body, StandardCharsets.UTF_8))));
        answer(exchange, 204);
    }

    private static String sign(String time, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    int port() {
        return port;
    }

    List<Instant> pulses() {
        return List.copyOf(pulses);
    }

    List<Heard> hooks() {
        return List.copyOf(hooks);
    }

    /** Requests whose signature was wrong; there must be none. */
    List<String> forged() {
        return List.copyOf(forged);
    }

    void relay(boolean works) {
        relayWorks = works;
    }

    void fall() {
        server.stop(0);
    }

    void rise() throws IOException {
        server = listen(port);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

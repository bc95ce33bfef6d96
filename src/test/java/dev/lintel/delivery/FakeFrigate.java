package dev.lintel.delivery;

import static dev.lintel.testkit.GatewayHarness.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of Frigate's HTTP API as its documentation says and a bridge needs: events are listed, and get a sub-label. */
final class FakeFrigate {
    private static final Pattern SUB_LABEL = Pattern.compile("/api/events/([^/]+)/sub_label");

    private final Map<String, JsonObject> events = new ConcurrentHashMap<>();
    final List<String> asked = new CopyOnWriteArrayList<>();
    volatile int status = 200;
    private int port;

    int start(Vertx vertx) throws Exception {
        port = await(vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1"))
                .actualPort();
        return port;
    }

    /** @param end null while it goes on */
    void event(String id, String camera, String label, double start, Double end) {
        events.put(
                id,
                new JsonObject()
                        .put("id", id)
                        .put("camera", camera)
                        .put("label", label)
                        .put("sub_label", null)
                        .put("start_time", start)
                        .put("end_time", end)
                        .put("data", new JsonObject()));
    }

    JsonObject event(String id) {
        return events.get(id);
    }

    private void answer(HttpServerRequest request) {
        asked.add(request.method() + " " + request.uri());
        request.body().onSuccess(body -> {
            Matcher subLabel = SUB_LABEL.matcher(request.path());
            if (status != 200) {
                request.response().setStatusCode(status).end();
            } else if (request.method() == HttpMethod.GET && request.path().equals("/api/events")) {
                request.response()
                        .putHeader("Content-Type", "application/json")
                        .end(list(request).encode());
            } else if (request.method() == HttpMethod.POST && subLabel.matches()) {
                request.response()
                        .setStatusCode(label(subLabel.group(1), body.toJsonObject()))
                        .end("{\"success\": true}");
            } else {
                request.response().setStatusCode(404).end();
            }
        });
    }

    private JsonArray list(HttpServerRequest request) {
        double after = Double.parseDouble(request.getParam("after"));
        double before = Double.parseDouble(request.getParam("before"));
        List<String> cameras = List.of(request.getParam("cameras").split(","));
        List<String> labels = List.of(request.getParam("labels").split(","));
        List<JsonObject> found = new ArrayList<>(events.values());
        found.removeIf(event -> !cameras.contains(event.getString("camera"))
                || !labels.contains(event.getString("label"))
                || event.getDouble("start_time") <= after
                || event.getDouble("start_time") >= before);
        found.sort(Comparator.comparing((JsonObject event) -> event.getDouble("start_time"))
                .reversed());
        return new JsonArray(
                found.stream().limit(Long.parseLong(request.getParam("limit"))).toList());
    }

    /** 1 to 100 characters; a score above 0 and up to 1, or none. */
    private int label(String id, JsonObject body) {
        JsonObject event = events.get(id);
        if (event == null) {
            return 404;
        }
        String label = body.getString("subLabel");
        Double score = body.getDouble("subLabelScore");
        if (label == null || label.length() > 100 || score != null && (score <= 0 || score > 1)) {
            return 400;
        }
        event.put("sub_label", label);
        event.getJsonObject("data").put("sub_label_score", score);
        return 200;
    }
}

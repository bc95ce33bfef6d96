package dev.lintel.gateway;

import dev.lintel.access.Decision;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.Reason;
import dev.lintel.access.Recorded;
import dev.lintel.access.Sighting;
import dev.lintel.face.Label;
import dev.lintel.messages.CameraMessages.LiveView;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Locale;

/** Events and live views as the contract has them. */
final class EventJson {
    private EventJson() {}

    static JsonObject event(Recorded recorded) {
        DoorEvent event = recorded.event();
        return new JsonObject()
                .put("id", event.id().toString())
                .put("sequence", recorded.sequence())
                .put("kind", lower(event.kind()))
                .put("at", event.at().toString())
                .put("door", event.door())
                .put("camera", event.camera())
                .put("direction", lower(event.direction()))
                .put("label", label(event.person()))
                .put("detail", event.detail())
                .put("decision", event.decision() == null ? null : decision(event.decision()));
    }

    static JsonObject live(LiveView view) {
        JsonArray faces = new JsonArray();
        view.faces()
                .forEach(face -> faces.add(new JsonObject()
                        .put("track", face.track().toString())
                        .put("box", FaceJson.box(face.box()))
                        .put("label", label(face.person()))
                        .put("state", face.state())
                        .put("live", face.live())
                        .put("verdict", face.verdict())));
        return new JsonObject()
                .put("camera", view.camera())
                .put("at", view.at().toString())
                .put("width", view.width())
                .put("height", view.height())
                .put("faces", faces);
    }

    private static JsonObject decision(Decision decision) {
        JsonObject json =
                new JsonObject().put("verdict", lower(decision.verdict())).put("rule", decision.rule());
        Sighting seen = decision.sighting();
        if (seen != null) {
            json.put("identity", lower(seen.identity()))
                    .put("distance", finite(seen.distance()))
                    .put("threshold", finite(seen.threshold()))
                    .put("margin", finite(seen.margin()))
                    .put("first_seen", text(seen.firstSeen()))
                    .put("usable", text(seen.usable()))
                    .put("decided", text(seen.decided()))
                    .put("frames", seen.frames())
                    .put("embedded", seen.embedded());
            if (seen.liveness() != null) {
                json.put(
                        "liveness",
                        new JsonObject()
                                .put("state", lower(seen.liveness().state()))
                                .put("score", finite(seen.liveness().score()))
                                .put(
                                        "reasons",
                                        new JsonArray(seen.liveness().reasons().stream()
                                                .map(Reason::sentence)
                                                .toList()))
                                .put(
                                        "findings",
                                        new JsonArray(seen.liveness().reasons().stream()
                                                .map(EventJson::json)
                                                .toList())));
            }
        }
        return json;
    }

    private static JsonObject json(Reason reason) {
        JsonObject numbers = new JsonObject();
        reason.numbers().forEach((name, value) -> numbers.put(name, finite(value)));
        return new JsonObject().put("code", reason.code()).put("numbers", numbers);
    }

    private static String label(Label label) {
        return label == null ? null : label.text();
    }

    /** JSON knows no infinity, and no margin where nobody else is enrolled. */
    private static Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    static String text(Instant at) {
        return at == null ? null : at.toString();
    }

    static String lower(Enum<?> value) {
        return value == null ? null : value.name().toLowerCase(Locale.ROOT);
    }
}

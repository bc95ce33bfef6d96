package dev.lintel.gateway;

import dev.lintel.access.EventDocument;
import dev.lintel.access.Naming;
import dev.lintel.access.Recorded;
import dev.lintel.messages.CameraMessages.LiveView;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/** Events and live views as the contract has them. */
final class EventJson {
    private EventJson() {}

    static JsonObject event(Recorded recorded) {
        return new JsonObject(EventDocument.write(recorded, Naming.FULL, Instant.now()));
    }

    static JsonObject live(LiveView view) {
        JsonArray faces = new JsonArray();
        view.faces()
                .forEach(face -> faces.add(new JsonObject()
                        .put("visit", face.visit().toString())
                        .put("box", FaceJson.box(face.box()))
                        .put("label", Naming.FULL.of(face.label()))
                        .put("state", face.state())
                        .put("live", face.live())
                        .put("verdict", face.verdict())));
        return new JsonObject()
                .put("camera", view.camera())
                .put("at", view.at().toString())
                .put("age_ms", EventDocument.age(view.at(), Instant.now()))
                .put("width", view.width())
                .put("height", view.height())
                .put("faces", faces);
    }

    static String text(Instant at) {
        return at == null ? null : at.toString();
    }
}

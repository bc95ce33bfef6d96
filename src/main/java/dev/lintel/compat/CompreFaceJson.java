package dev.lintel.compat;

import dev.lintel.face.Embedding;
import dev.lintel.face.ScreenedFace;
import dev.lintel.gateway.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** Faces in CompreFace's words, with what was asked for. What was not asked for is absent, never null. */
final class CompreFaceJson {
    private static final double NANOS_A_MILLI = 1e6;

    private final Asked asked;
    private final String modelId;
    private final long begun = System.nanoTime();

    CompreFaceJson(Asked asked, String modelId) {
        this.asked = asked;
        this.modelId = modelId;
    }

    /** @param picture that shows the face */
    JsonObject face(ScreenedFace face, Pixels picture, Optional<Embedding> embedding) {
        JsonObject json = new JsonObject()
                .put(
                        "box",
                        picture.box(
                                new JsonObject().put("probability", Math.round(face.detectionScore() * 1e5) / 1e5),
                                face.box()));
        if (asked.plugins().contains("landmarks") || asked.plugins().contains("landmarks2d106")) {
            json.put("landmarks", picture.landmarks(face.landmarks()));
        }
        if (asked.plugins().contains("pose")) {
            json.put(
                    "pose",
                    new JsonObject()
                            .put("pitch", face.quality().pitch())
                            .put("roll", face.quality().roll())
                            .put("yaw", face.quality().yaw()));
        }
        if (asked.plugins().contains("calculator")) {
            embedding.ifPresent(vector -> json.put("embedding", vector(vector.vector())));
        }
        if (asked.status()) {
            double millis = Math.round((System.nanoTime() - begun) / NANOS_A_MILLI);
            json.put("execution_time", new JsonObject().put("detector", millis));
        }
        return json;
    }

    Reply answer(JsonArray result) {
        return Reply.json(versions(new JsonObject().put("result", result)));
    }

    JsonObject versions(JsonObject json) {
        return asked.status()
                ? json.put(
                        "plugins_versions",
                        new JsonObject().put("detector", "lintel-detect").put("calculator", modelId))
                : json;
    }

    static JsonArray vector(float[] vector) {
        JsonArray numbers = new JsonArray();
        for (float component : vector) {
            numbers.add(component);
        }
        return numbers;
    }
}

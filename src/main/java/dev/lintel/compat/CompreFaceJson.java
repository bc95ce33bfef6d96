package dev.lintel.compat;

import dev.lintel.face.Embedding;
import dev.lintel.face.FaceBox;
import dev.lintel.face.Landmarks;
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

    JsonObject face(ScreenedFace face, Optional<Embedding> embedding) {
        JsonObject json = new JsonObject().put("box", box(face.box(), face.detectionScore()));
        if (asked.plugins().contains("landmarks") || asked.plugins().contains("landmarks2d106")) {
            json.put("landmarks", landmarks(face.landmarks()));
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

    private static JsonObject box(FaceBox box, double score) {
        return new JsonObject()
                .put("probability", Math.round(score * 1e5) / 1e5)
                .put("x_max", pixel(box.x() + box.width()))
                .put("y_max", pixel(box.y() + box.height()))
                .put("x_min", pixel(box.x()))
                .put("y_min", pixel(box.y()));
    }

    /** As in the picture, the viewer's left first. */
    private static JsonArray landmarks(Landmarks landmarks) {
        JsonArray points = new JsonArray();
        landmarks
                .points()
                .forEach(point ->
                        points.add(new JsonArray().add(Math.round(point.x())).add(Math.round(point.y()))));
        return points;
    }

    private static int pixel(double coordinate) {
        return (int) Math.max(0, Math.round(coordinate));
    }
}

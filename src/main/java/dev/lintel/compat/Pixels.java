package dev.lintel.compat;

import dev.lintel.face.FaceBox;
import dev.lintel.face.Landmarks;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * Where faces are in a picture of this size, in whole pixels as these APIs give them: never outside of the picture, as clients cut by
 * them. A box goes from 0 to width and height, a point from 0 to width - 1 and height - 1.
 */
record Pixels(int width, int height) {
    /** Puts the box's corners into {@code json}. */
    JsonObject box(JsonObject json, FaceBox box) {
        return json.put("x_max", clamped(box.x() + box.width(), width))
                .put("y_max", clamped(box.y() + box.height(), height))
                .put("x_min", clamped(box.x(), width))
                .put("y_min", clamped(box.y(), height));
    }

    /** As in the picture, the viewer's left first. */
    JsonArray landmarks(Landmarks landmarks) {
        JsonArray points = new JsonArray();
        landmarks
                .points()
                .forEach(point -> points.add(
                        new JsonArray().add(clamped(point.x(), width - 1)).add(clamped(point.y(), height - 1))));
        return points;
    }

    private static int clamped(double coordinate, int most) {
        return (int) Math.max(0, Math.min(most, Math.round(coordinate)));
    }
}

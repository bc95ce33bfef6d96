package dev.lintel.gateway;

import dev.lintel.bus.GalleryDump;
import dev.lintel.face.Embedding;
import dev.lintel.face.Label;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The backup format {@value #FORMAT}. Read by hand instead of through the contract's schemas: a hundred thousand
 * templates are checked as they are read, and what is wrong is named with its place. Call off the event loop.
 */
final class GalleryJson {
  static final String FORMAT = "lintel-gallery-1";
  private static final int LONGEST_VECTOR = 4096;

  private GalleryJson() {}

  static JsonObject write(GalleryDump dump) {
    JsonArray templates = new JsonArray(new ArrayList<>(dump.entries().size()));
    for (GalleryDump.Entry entry : dump.entries()) {
      templates.add(new JsonObject()
          .put("label", entry.label().text())
          .put("model_id", entry.embedding().modelId())
          .put("created_at", entry.createdAt().toString())
          .put("quality", entry.quality())
          .put("vector", encode(entry.embedding().vector())));
    }
    return new JsonObject()
        .put("format", FORMAT)
        .put("exported_at", Instant.now().toString())
        .put("templates", templates);
  }

  /** @throws ProblemException 400 that says what is wrong and where */
  static GalleryDump read(Buffer body) {
    JsonObject json = json(body);
    if (!FORMAT.equals(json.getValue("format"))) {
      throw invalid("format: must be " + FORMAT);
    }
    if (!(json.getValue("templates") instanceof JsonArray templates)) {
      throw invalid("templates: must be a list");
    }
    List<GalleryDump.Entry> entries = new ArrayList<>(templates.size());
    for (int i = 0; i < templates.size(); i++) {
      if (!(templates.getValue(i) instanceof JsonObject template)) {
        throw invalid("templates[" + i + "]: must be an object");
      }
      entries.add(entry(template, "templates[" + i + "]."));
    }
    return new GalleryDump(entries);
  }

  private static JsonObject json(Buffer body) {
    try {
      return body.toJsonObject();
    } catch (DecodeException | ClassCastException e) {
      throw invalid("the body is no JSON object: send the file that /export gave");
    }
  }

  private static GalleryDump.Entry entry(JsonObject json, String at) {
    Label label = Label.parse(text(json, "label", at)).fold(parsed -> parsed, refusal -> {
      throw invalid(at + "label: " + refusal.detail());
    });
    if (!(json.getValue("quality") instanceof Number quality)
        || !(quality.doubleValue() >= 0 && quality.doubleValue() <= 1)) {
      throw invalid(at + "quality: must be a number from 0 to 1");
    }
    try {
      Embedding embedding = new Embedding(text(json, "model_id", at), decode(text(json, "vector", at)));
      return new GalleryDump.Entry(
          label, Instant.parse(text(json, "created_at", at)), quality.doubleValue(), embedding);
    } catch (DateTimeException e) {
      throw invalid(at + "created_at: must be a time such as 2026-11-24T12:00:00Z");
    } catch (IllegalArgumentException e) {
      throw invalid(at + "vector: must be base64 of 1 to " + LONGEST_VECTOR
          + " finite 32-bit floats, little-endian, not all zero");
    }
  }

  private static String text(JsonObject json, String key, String at) {
    if (json.getValue(key) instanceof String text && !text.isBlank()) {
      return text;
    }
    throw invalid(at + key + ": must be a text");
  }

  private static String encode(float[] vector) {
    ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  private static float[] decode(String base64) {
    byte[] bytes = Base64.getDecoder().decode(base64);
    if (bytes.length == 0 || bytes.length % Float.BYTES != 0 || bytes.length > LONGEST_VECTOR * Float.BYTES) {
      throw new IllegalArgumentException();
    }
    float[] vector = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
    return vector;
  }

  private static ProblemException invalid(String detail) {
    return Problem.invalid(detail).exception();
  }
}

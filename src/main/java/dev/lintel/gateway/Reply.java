package dev.lintel.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** A successful answer. */
record Reply(int status, String contentType, Buffer body) {

  static Reply json(JsonObject json) {
    return json(200, json);
  }

  static Reply json(int status, JsonObject json) {
    return new Reply(status, "application/json", json.toBuffer());
  }
}

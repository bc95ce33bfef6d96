package dev.lintel.gateway;

import dev.lintel.access.Consent;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Locale;

/** A consent in JSON. */
final class ConsentJson {
    private ConsentJson() {}

    static JsonObject write(Consent consent) {
        return new JsonObject()
                .put("label", consent.person().text())
                .put("state", consent.state(Instant.now()).name().toLowerCase(Locale.ROOT))
                .put("given_by", consent.givenBy())
                .put("given_at", consent.givenAt().toString())
                .put("purposes", new JsonArray(consent.purposes()))
                .put("until", consent.until() == null ? null : consent.until().toString())
                .put("evidence", consent.evidence())
                .put("recorded_by", consent.recordedBy())
                .put("recorded_at", consent.recordedAt().toString())
                .put(
                        "withdrawn",
                        consent.withdrawn() == null
                                ? null
                                : new JsonObject()
                                        .put("at", consent.withdrawn().at().toString())
                                        .put("how", consent.withdrawn().how())
                                        .put("by", consent.withdrawn().by()));
    }
}

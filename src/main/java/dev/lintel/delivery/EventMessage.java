package dev.lintel.delivery;

import dev.lintel.access.Decision;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.Recorded;
import dev.lintel.access.Sighting;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Locale;

/** An event as targets get it; docs/integration.md describes the members. Who was merely nearest is told to nobody. */
final class EventMessage {
    private EventMessage() {}

    static JsonObject of(Recorded recorded, Naming naming) {
        DoorEvent event = recorded.event();
        JsonObject json = new JsonObject()
                .put("id", event.id().toString())
                .put("sequence", recorded.sequence())
                .put("kind", word(event.kind()))
                .put("at", event.at().toString())
                .put("door", event.door())
                .put("camera", event.camera())
                .put("direction", word(event.direction()))
                .put("person", naming.json(event.person()))
                .put("detail", event.detail());
        return event.decision() == null ? json : json.put("decision", decision(event.decision()));
    }

    static String word(Enum<?> value) {
        return value == null ? null : value.name().toLowerCase(Locale.ROOT);
    }

    private static JsonObject decision(Decision decision) {
        JsonObject json =
                new JsonObject().put("verdict", word(decision.verdict())).put("rule", decision.rule());
        Sighting seen = decision.sighting();
        if (seen != null) {
            json.put("identity", word(seen.identity()))
                    .put("distance", seen.distance())
                    .put("threshold", seen.threshold())
                    .put("margin", seen.margin())
                    .put("first_seen", text(seen.firstSeen()))
                    .put("usable", text(seen.usable()))
                    .put("decided", text(seen.decided()))
                    .put("frames", seen.frames());
            if (seen.liveness() != null) {
                json.put(
                        "liveness",
                        new JsonObject()
                                .put("state", word(seen.liveness().state()))
                                .put("score", seen.liveness().score()));
            }
        }
        return json;
    }

    private static String text(Instant at) {
        return at == null ? null : at.toString();
    }
}

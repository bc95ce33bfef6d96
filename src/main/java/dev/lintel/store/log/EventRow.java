package dev.lintel.store.log;

import dev.lintel.access.Decision;
import dev.lintel.access.Direction;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.LiveProof;
import dev.lintel.access.Reason;
import dev.lintel.access.Recorded;
import dev.lintel.access.Sighting;
import dev.lintel.face.Candidate;
import dev.lintel.face.Label;
import dev.lintel.store.people.PeopleTables;
import dev.lintel.store.sqlite.Database;
import dev.lintel.store.sqlite.StoreException;
import dev.lintel.store.sqlite.Tables;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** An event as a row of {@code event}, and back. What does not go in: embeddings, and whom else a face resembled. */
public final class EventRow {
    /** In the order that {@link #content} has, before them the sequence, after them the label. */
    public static final String COLUMNS =
            "event.sequence, event.id, event.kind, event.at, event.camera, event.door, event.direction, event.verdict,"
                    + " event.rule, event.detail, event.facts, person.label";

    /** For {@link #COLUMNS}; an erased row has no id. */
    public static final String FROM = " FROM event LEFT JOIN person ON person.id = event.person_id ";

    private EventRow() {}

    /** What the digest covers. */
    public static List<Object> content(DoorEvent event) {
        Decision decision = event.decision();
        return Arrays.asList(
                event.id().toString(),
                event.kind().name(),
                event.at().toEpochMilli(),
                event.camera(),
                event.door(),
                event.direction().name(),
                decision == null ? null : decision.verdict().name(),
                decision == null ? null : decision.rule(),
                event.detail(),
                decision == null ? null : facts(event, decision));
    }

    /** The same of a stored row. */
    public static List<Object> content(Row row) {
        return Arrays.asList(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getString(10));
    }

    public static Recorded recorded(Row row, boolean fresh) {
        return new Recorded(row.getLong(0), fresh, event(row));
    }

    public static DoorEvent event(Row row) {
        try {
            UUID id = UUID.fromString(row.getString(1));
            Label person = row.getString(11) == null ? null : PeopleTables.label(row, 11);
            Instant at = Tables.time(row, 3);
            Direction direction = Direction.valueOf(row.getString(6));
            Decision decision = null;
            if (row.getString(7) != null) {
                JsonObject facts = new JsonObject(row.getString(10));
                decision = new Decision(
                        id,
                        row.getString(5),
                        at,
                        Decision.Verdict.valueOf(row.getString(7)),
                        person,
                        sighting(facts.getJsonObject("sighting"), row.getString(4), direction, person),
                        row.getString(8),
                        facts.getString("explanation", row.getString(9)));
            }
            return new DoorEvent(
                    id,
                    DoorEvent.Kind.valueOf(row.getString(2)),
                    at,
                    row.getString(4),
                    row.getString(5),
                    direction,
                    person,
                    decision,
                    row.getString(9));
        } catch (IllegalArgumentException | NullPointerException | io.vertx.core.json.DecodeException e) {
            throw new StoreException("event " + row.getLong(0) + " of the log cannot be read: " + Database.RESTORE, e);
        }
    }

    private static String facts(DoorEvent event, Decision decision) {
        JsonObject facts = new JsonObject();
        if (!decision.explanation().equals(event.detail())) {
            facts.put("explanation", decision.explanation());
        }
        if (decision.sighting() != null) {
            facts.put("sighting", json(decision.sighting()));
        }
        return facts.encode();
    }

    private static JsonObject json(Sighting seen) {
        return new JsonObject()
                .put("id", seen.id().toString())
                .put("first_seen", seen.firstSeen().toString())
                .put("usable", seen.usable() == null ? null : seen.usable().toString())
                .put("decided", seen.decided().toString())
                .put("frames", seen.frames())
                .put("embedded", seen.embedded())
                .put("identity", seen.identity().name())
                .put(
                        "similarity",
                        seen.nearest() == null ? null : finite(seen.nearest().similarity()))
                .put("distance", finite(seen.distance()))
                .put("threshold", finite(seen.threshold()))
                .put("margin", finite(seen.margin()))
                .put("model", seen.model())
                .put(
                        "liveness",
                        new JsonObject()
                                .put("state", seen.liveness().state().name())
                                .put("score", finite(seen.liveness().score()))
                                .put(
                                        "reasons",
                                        new JsonArray(seen.liveness().reasons().stream()
                                                .map(EventRow::json)
                                                .toList())));
    }

    private static Sighting sighting(JsonObject seen, String camera, Direction direction, Label person) {
        if (seen == null) {
            return null;
        }
        JsonObject live = seen.getJsonObject("liveness");
        Sighting.Identity identity = Sighting.Identity.valueOf(seen.getString("identity"));
        Candidate nearest = identity == Sighting.Identity.KNOWN && person != null
                ? new Candidate(person, number(seen, "similarity"))
                : null;
        return new Sighting(
                UUID.fromString(seen.getString("id")),
                camera,
                direction,
                Instant.parse(seen.getString("first_seen")),
                seen.getString("usable") == null ? null : Instant.parse(seen.getString("usable")),
                Instant.parse(seen.getString("decided")),
                seen.getInteger("frames"),
                seen.getInteger("embedded"),
                identity,
                nearest,
                number(seen, "distance"),
                number(seen, "threshold"),
                number(seen, "margin"),
                new LiveProof(
                        LiveProof.State.valueOf(live.getString("state")),
                        number(live, "score"),
                        live.getJsonArray("reasons").stream()
                                .map(EventRow::reason)
                                .toList()),
                null,
                seen.getString("model"));
    }

    private static JsonObject json(Reason reason) {
        JsonObject numbers = new JsonObject();
        reason.numbers().forEach((name, value) -> numbers.put(name, finite(value)));
        return new JsonObject().put("code", reason.code()).put("numbers", numbers);
    }

    /** Rows from before there were codes have sentences. */
    private static Reason reason(Object kept) {
        if (kept instanceof String sentence) {
            return new Reason(sentence);
        }
        JsonObject json = (JsonObject) kept;
        Map<String, Double> numbers = new HashMap<>();
        JsonObject found = json.getJsonObject("numbers");
        found.forEach(entry -> numbers.put(entry.getKey(), number(found, entry.getKey())));
        return new Reason(json.getString("code"), numbers);
    }

    /** JSON knows no infinity. */
    private static Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private static double number(JsonObject json, String key) {
        return json.getDouble(key) == null ? Double.NaN : json.getDouble(key);
    }
}

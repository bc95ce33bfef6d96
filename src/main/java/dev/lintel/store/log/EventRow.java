package dev.lintel.store.log;

import dev.lintel.access.Direction;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.EventDocument;
import dev.lintel.access.Names;
import dev.lintel.access.Naming;
import dev.lintel.access.Reason;
import dev.lintel.access.Recorded;
import dev.lintel.store.people.PeopleTables;
import dev.lintel.store.sqlite.Tables;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * An event as a row of {@code event}, and back: some members of its document have columns, the column {@code facts} holds the
 * rest. What does not go in: embeddings, and whom else a face resembled.
 */
public final class EventRow {
    static final String DETAIL = "opened_text(event.detail, 'event.detail', event.sequence)";
    static final String FACTS = "opened_text(event.facts, 'event.facts', event.sequence)";

    /** In the order that {@link #content} has, before them the sequence, after them the label. */
    public static final String COLUMNS =
            "event.sequence, event.id, event.kind, event.at, event.camera, event.door, event.direction, event.verdict,"
                    + " event.rule, " + (DETAIL + ", " + FACTS).replace("opened_text(", "tried_text(") + ", "
                    + PeopleTables.LABEL;

    /** For {@link #COLUMNS}; an erased row has no id. */
    public static final String FROM = " FROM event LEFT JOIN person ON person.id = event.person_id ";

    /** Members of the document that have columns, and those that say how it is sent. */
    private static final List<String> IN_COLUMNS = List.of(
            "id", "sequence", "kind", "at", "camera", "door", "direction", "label", "detail", "names", "age_ms");

    private static final Reason DAMAGED = new Reason(
            "this entry of the log is damaged, and more cannot be read of it: 'lintel events --verify' says which");

    private EventRow() {}

    /** What the digest covers. */
    public static List<Object> content(DoorEvent event) {
        boolean decided = event.decision() != null;
        return Arrays.asList(
                event.id().toString(),
                event.kind().name(),
                event.at().toEpochMilli(),
                event.camera(),
                event.door(),
                event.direction().name(),
                decided ? event.decision().verdict().name() : null,
                decided ? event.decision().rule() : null,
                event.detail(),
                decided || event.visit() != null || !event.reasons().isEmpty() ? facts(event) : null);
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
        if (Tables.broken(row.getString(9)) || Tables.broken(row.getString(10))) {
            return damaged(row);
        }
        try {
            return EventDocument.read(document(row));
        } catch (IllegalArgumentException | NullPointerException | DecodeException e) {
            return damaged(row);
        }
    }

    /**
     * What is left of it, so that it holds up neither a list nor what is delivered after it. Where its kind cannot be read it is an
     * {@link DoorEvent.Kind#ACT}, and where its id cannot, its place in the log makes one.
     */
    private static DoorEvent damaged(Row row) {
        return new DoorEvent(
                readable(() -> UUID.fromString(row.getString(1)))
                        .orElseGet(() ->
                                UUID.nameUUIDFromBytes(("event " + row.getLong(0)).getBytes(StandardCharsets.UTF_8))),
                readable(() -> DoorEvent.Kind.valueOf(row.getString(2))).orElse(DoorEvent.Kind.ACT),
                readable(() -> Tables.time(row, 3)).orElse(Instant.EPOCH),
                null,
                row.getString(4),
                row.getString(5),
                readable(() -> Direction.valueOf(row.getString(6))).orElse(Direction.BOTH),
                row.getString(11) == null ? null : PeopleTables.label(row, 11),
                null,
                List.of(DAMAGED));
    }

    private static <T> Optional<T> readable(Supplier<T> column) {
        try {
            return Optional.of(column.get());
        } catch (IllegalArgumentException | NullPointerException e) {
            return Optional.empty();
        }
    }

    private static String facts(DoorEvent event) {
        Map<String, Object> facts = EventDocument.write(event, Naming.NONE, event.at());
        facts.keySet().removeAll(IN_COLUMNS);
        facts.values().removeIf(value -> value == null);
        if (facts.get("decision") instanceof Map<?, ?> decision) {
            decision.keySet().removeAll(List.of("verdict", "rule"));
            if (decision.get("sighting") instanceof Map<?, ?> sighting
                    && sighting.get("liveness") instanceof Map<?, ?> liveness) {
                liveness.remove("reasons"); // sentences that follow from the findings
            }
        }
        return new JsonObject(facts).encode();
    }

    private static Map<String, Object> document(Row row) {
        Map<String, Object> document = row.getString(10) == null
                ? new HashMap<>(Map.of("v", EventDocument.VERSION))
                : facts(new JsonObject(row.getString(10)).getMap());
        document.put("names", EventDocument.word(Names.FULL));
        document.put("id", row.getString(1));
        document.put("kind", row.getString(2));
        document.put("at", Tables.time(row, 3).toString());
        document.put("camera", row.getString(4));
        document.put("door", row.getString(5));
        document.put("direction", row.getString(6));
        document.put("detail", row.getString(9));
        document.put("label", row.getString(11));
        if (row.getString(7) != null) {
            Map<String, Object> decision = object(document.get("decision"));
            decision.put("verdict", row.getString(7));
            decision.put("rule", row.getString(8));
            document.put("decision", decision);
        }
        return document;
    }

    /** Facts from before documents had a version held the sighting alone, with the time when it became clear. */
    private static Map<String, Object> facts(Map<String, Object> facts) {
        if (facts.containsKey("v")) {
            return facts;
        }
        Map<String, Object> document = new HashMap<>(Map.of("v", EventDocument.VERSION));
        if (facts.get("sighting") != null) {
            Map<String, Object> sighting = object(facts.get("sighting"));
            document.put("visit", sighting.get("id"));
            document.put("seen_at", sighting.get("decided"));
            document.put("decision", new HashMap<>(Map.of("sighting", sighting)));
            Map<String, Object> liveness = object(sighting.get("liveness"));
            liveness.put("findings", findings((List<?>) liveness.get("reasons")));
        }
        return document;
    }

    /** The oldest rows have sentences instead of codes. */
    private static List<?> findings(List<?> reasons) {
        return reasons.stream()
                .map(reason -> reason instanceof String ? Map.of("code", reason, "numbers", Map.of()) : reason)
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Object value) {
        return value == null ? new HashMap<>() : (Map<String, Object>) value;
    }
}

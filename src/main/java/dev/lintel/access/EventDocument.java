package dev.lintel.access;

import dev.lintel.face.Candidate;
import dev.lintel.face.Label;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * An event as a document for JSON: maps, lists, texts, numbers and nulls. HTTP, streams, webhooks, MQTT and the log write and
 * read it here and nowhere else. What it leaves out: embeddings, and the name of whom a face merely resembled.
 *
 * <p>Its members: {@code v} ({@value #VERSION}), {@code names} (how people are called), {@code id}, {@code sequence} (null before
 * it is in the log), {@code kind}, {@code at}, {@code visit} (id of the visit that it concerns), {@code seen_at} (when that visit's
 * sighting became clear), {@code age_ms} (how long ago that was when this was sent), {@code door}, {@code camera},
 * {@code direction}, {@code label} (whom it is about), {@code detail} (in English), {@code findings} (the same as codes,
 * numbers and words), {@code decision} with {@code verdict}, {@code rule}, {@code passage} and
 * {@code sighting}. Absent is null; times are ISO 8601 in UTC; words are in lower case.
 */
public final class EventDocument {
    public static final int VERSION = 2;

    private EventDocument() {}

    /** @param now when it is sent */
    public static Map<String, Object> write(Recorded recorded, Naming naming, Instant now) {
        return write(recorded.sequence(), recorded.event(), naming, now);
    }

    /** Of an event whose place in the log is not known. */
    public static Map<String, Object> write(DoorEvent event, Naming naming, Instant now) {
        return write(null, event, naming, now);
    }

    private static Map<String, Object> write(Long sequence, DoorEvent event, Naming naming, Instant now) {
        VisitRef visit = event.visit();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("v", VERSION);
        document.put("names", word(naming.names()));
        document.put("id", event.id().toString());
        document.put("sequence", sequence);
        document.put("kind", word(event.kind()));
        document.put("at", event.at().toString());
        document.put("visit", visit == null ? null : visit.id().toString());
        document.put("seen_at", visit == null ? null : visit.seenAt().toString());
        document.put("age_ms", visit == null ? null : age(visit.seenAt(), now));
        document.put("door", event.door());
        document.put("camera", event.camera());
        document.put("direction", word(event.direction()));
        document.put("label", naming.of(event.person()));
        document.put("detail", event.detail());
        document.put("findings", findings(event.reasons()));
        document.put("decision", event.decision() == null ? null : decision(event.decision()));
        return document;
    }

    private static Map<String, Object> decision(Decision decision) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("verdict", word(decision.verdict()));
        document.put("rule", decision.rule());
        document.put("passage", word(decision.passage()));
        document.put("sighting", decision.sighting() == null ? null : sighting(decision.sighting()));
        return document;
    }

    private static Map<String, Object> sighting(Sighting seen) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", seen.id().toString());
        document.put("first_seen", seen.firstSeen().toString());
        document.put("usable", seen.usable() == null ? null : seen.usable().toString());
        document.put("frames", seen.frames());
        document.put("embedded", seen.embedded());
        document.put("identity", word(seen.identity()));
        document.put(
                "similarity",
                seen.nearest() == null ? null : finite(seen.nearest().similarity()));
        document.put("distance", finite(seen.distance()));
        document.put("threshold", finite(seen.threshold()));
        document.put("margin", finite(seen.margin()));
        document.put("model", seen.model());
        Map<String, Object> live = new LinkedHashMap<>();
        live.put("state", word(seen.liveness().state()));
        live.put("score", finite(seen.liveness().score()));
        live.put(
                "reasons",
                seen.liveness().reasons().stream().map(Reason::sentence).toList());
        live.put("findings", findings(seen.liveness().reasons()));
        document.put("liveness", live);
        return document;
    }

    private static List<Map<String, Object>> findings(List<Reason> reasons) {
        return reasons.stream().map(EventDocument::finding).toList();
    }

    private static Map<String, Object> finding(Reason reason) {
        Map<String, Object> numbers = new LinkedHashMap<>();
        reason.numbers().forEach((name, value) -> numbers.put(name, finite(value)));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("code", reason.code());
        document.put("numbers", numbers);
        if (!reason.words().isEmpty()) {
            document.put("words", new LinkedHashMap<>(reason.words()));
        }
        return document;
    }

    private static Reason reason(Members finding) {
        Members numbers = finding.object("numbers");
        Map<String, Double> read = new LinkedHashMap<>();
        numbers.values().keySet().forEach(name -> read.put(name, numbers.number(name)));
        Map<String, String> words = new LinkedHashMap<>();
        if (finding.has("words")) {
            Members said = finding.object("words");
            said.values().keySet().forEach(name -> words.put(name, said.text(name)));
        }
        return new Reason(finding.text("code"), read, words);
    }

    /**
     * The event of a document of this version. Names nobody unless the document does, by label; knows nobody who was merely
     * resembled.
     *
     * @throws IllegalArgumentException if a member is missing or wrong; says which
     */
    public static DoorEvent read(Map<String, ?> document) {
        Members event = new Members(document);
        if (event.integer("v") != VERSION) {
            throw new IllegalArgumentException("v: must be " + VERSION + ", was " + event.integer("v"));
        }
        UUID id = event.uuid("id");
        Instant at = event.time("at");
        boolean named = event.word("names", Names.class) == Names.FULL && event.has("label");
        Label person = named ? Label.stored(event.text("label")) : null;
        VisitRef visit = event.has("visit") ? new VisitRef(event.uuid("visit"), event.time("seen_at")) : null;
        String door = event.optional("door");
        String camera = event.optional("camera");
        Direction direction = event.word("direction", Direction.class);
        List<Reason> reasons = reasons(event);
        Decision decision = null;
        if (event.has("decision")) {
            Members decided = event.object("decision");
            Sighting seen = decided.has("sighting")
                    ? sighting(decided.object("sighting"), visit, camera, direction, person)
                    : null;
            Decision.Verdict verdict = decided.word("verdict", Decision.Verdict.class);
            String rule = decided.text("rule");
            decision = decided.has("passage")
                    ? new Decision(
                            id,
                            door,
                            at,
                            verdict,
                            person,
                            seen,
                            rule,
                            decided.word("passage", Decision.Passage.class),
                            reasons)
                    : new Decision(id, door, at, verdict, person, seen, rule, reasons);
        }
        return new DoorEvent(
                id,
                event.word("kind", DoorEvent.Kind.class),
                at,
                visit,
                camera,
                door,
                direction,
                person,
                decision,
                reasons);
    }

    /** What was recorded before there were codes has one sentence, which is then its own code. */
    private static List<Reason> reasons(Members event) {
        String detail = event.text("detail");
        if (event.has("findings")) {
            return event.objects("findings").stream().map(EventDocument::reason).toList();
        }
        return detail.isEmpty() ? List.of() : List.of(new Reason(detail));
    }

    private static Sighting sighting(Members seen, VisitRef visit, String camera, Direction direction, Label person) {
        if (visit == null) {
            throw new IllegalArgumentException("visit: is missing");
        }
        Sighting.Identity identity = seen.word("identity", Sighting.Identity.class);
        Members live = seen.object("liveness");
        return new Sighting(
                seen.uuid("id"),
                visit.id(),
                camera,
                direction,
                seen.time("first_seen"),
                seen.has("usable") ? seen.time("usable") : null,
                visit.seenAt(),
                seen.integer("frames"),
                seen.integer("embedded"),
                identity,
                identity == Sighting.Identity.KNOWN && person != null
                        ? new Candidate(person, seen.number("similarity"))
                        : null,
                seen.number("distance"),
                seen.number("threshold"),
                seen.number("margin"),
                new LiveProof(
                        live.word("state", LiveProof.State.class),
                        live.number("score"),
                        live.objects("findings").stream()
                                .map(EventDocument::reason)
                                .toList()),
                null,
                seen.text("model"));
    }

    /** As documents spell a constant; null for null. */
    public static String word(Enum<?> value) {
        return value == null ? null : value.name().toLowerCase(Locale.ROOT);
    }

    /** Whole milliseconds from a moment until now; 0 if the clock was set back. */
    public static long age(Instant at, Instant now) {
        return Math.max(0, Duration.between(at, now).toMillis());
    }

    /** JSON knows no infinity, and there is no margin where nobody else is enrolled. */
    private static Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}

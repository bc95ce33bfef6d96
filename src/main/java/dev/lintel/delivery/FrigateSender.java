package dev.lintel.delivery;

import dev.lintel.access.Naming;
import dev.lintel.access.Recorded;
import dev.lintel.access.Sighting;
import dev.lintel.delivery.HttpTarget.Answer;
import io.vertx.core.Future;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Writes who somebody is to Frigate's event of the same visit, as its sub-label. See "HTTP API" in Frigate's documentation:
 * {@code GET /api/events} and {@code POST /api/events/ID/sub_label}.
 */
final class FrigateSender implements Sender {
    /** Two clocks that are set over the network differ by less, and both programs need a moment to see somebody. */
    private static final Duration LEEWAY = Duration.ofSeconds(5);

    /** Frigate counts somebody who stays as one event, from its first moment on. */
    private static final Duration LONGEST_STAY = Duration.ofHours(1);

    private static final int MOST_EVENTS = 50;

    /** What Frigate takes. */
    private static final int LONGEST_LABEL = 100;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    private final HttpTarget target;
    private final Map<String, String> cameras;
    private final Naming naming;

    /** @param cameras what a camera is called in Frigate, by its id here */
    FrigateSender(HttpTarget target, Map<String, String> cameras, Naming naming) {
        this.target = target;
        this.cameras = cameras;
        this.naming = naming;
    }

    @Override
    public Future<Sent> send(Recorded event) {
        Sighting seen = event.event().decision().sighting();
        String name = naming.of(event.event().person());
        return target.get(path("/api/events") + query(seen))
                .compose(answer -> answer.ok()
                        ? events(answer)
                                .map(events -> label(events, seen, name))
                                .orElseGet(() -> Future.succeededFuture(
                                        Sent.failed("what answers is no Frigate", Duration.ZERO)))
                        : Future.succeededFuture(answer.sent()))
                .otherwise(failure -> Sent.failed(HttpTarget.why(failure), Duration.ZERO));
    }

    private Future<Sent> label(JsonArray events, Sighting seen, String name) {
        Optional<String> id = nearest(events, seen);
        if (id.isEmpty()) {
            return Future.succeededFuture(Sent.refused("no event of this visit"));
        }
        JsonObject body = new JsonObject().put("subLabel", cut(name));
        // The log does not always know how alike they were.
        double score = seen.nearest() == null ? 0 : seen.nearest().similarity();
        if (score > 0 && score <= 1) {
            body.put("subLabelScore", score);
        }
        return target.post(path("/api/events/" + id.get() + "/sub_label"), Map.of(), body.encode())
                // 404: it was deleted meanwhile, by its retention or by hand.
                .map(answer -> answer.status() == 404 ? Sent.refused("the event is gone") : answer.sent());
    }

    private String query(Sighting seen) {
        return "?cameras=" + cameras.get(seen.camera())
                + "&labels=person&include_thumbnails=0&limit=" + MOST_EVENTS
                + "&after=" + seen.firstSeen().minus(LONGEST_STAY).getEpochSecond()
                + "&before=" + seen.decided().plus(LEEWAY).getEpochSecond();
    }

    private static Optional<JsonArray> events(Answer answer) {
        try {
            return Optional.of(new JsonArray(answer.body()));
        } catch (DecodeException e) {
            return Optional.empty();
        }
    }

    /** Of the events that go on while the visit does, the one that began most nearly with it. */
    private static Optional<String> nearest(JsonArray events, Sighting seen) {
        return events.stream()
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .filter(event -> event.getValue("id") instanceof String id
                        && ID.matcher(id).matches()
                        && event.getValue("start_time") instanceof Number start
                        && !time(start).isAfter(seen.decided().plus(LEEWAY))
                        && (!(event.getValue("end_time") instanceof Number end)
                                || !time(end).isBefore(seen.firstSeen().minus(LEEWAY))))
                .min(Comparator.comparing(
                        event -> Duration.between(seen.firstSeen(), time(event.getNumber("start_time")))
                                .abs()))
                .map(event -> event.getString("id"));
    }

    private static Instant time(Number seconds) {
        return Instant.ofEpochMilli(Math.round(seconds.doubleValue() * 1000));
    }

    private static String cut(String name) {
        return name.codePointCount(0, name.length()) <= LONGEST_LABEL
                ? name
                : name.substring(0, name.offsetByCodePoints(0, LONGEST_LABEL));
    }

    /** Frigate may be below a path of a reverse proxy. */
    String path(String own) {
        String before = target.target().replaceAll("\\?.*", "").replaceAll("/+$", "");
        return before + own;
    }
}

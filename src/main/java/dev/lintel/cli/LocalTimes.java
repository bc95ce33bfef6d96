package dev.lintel.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** Moments as people read them: the box's local time, to the second. */
record LocalTimes(ZoneId zone) {
    private static final DateTimeFormatter TEXT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    /** In the zone that a report or the box names; UTC if it names none. */
    static LocalTimes in(String zone) {
        try {
            return new LocalTimes(ZoneId.of(zone));
        } catch (DateTimeException e) {
            return new LocalTimes(ZoneId.of("UTC"));
        }
    }

    /** In the zone of a box. */
    static LocalTimes of(Client client) {
        return in(client.get("/version", Map.of()).orFail().path("time_zone").asText());
    }

    /** @param instant as the API has it; anything else stays as it is */
    String text(String instant) {
        try {
            return TEXT.format(Instant.parse(instant).atZone(zone));
        } catch (DateTimeException e) {
            return instant;
        }
    }
}

package dev.lintel.attendance;

import dev.lintel.access.Direction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * When somebody was there on one day. Somebody is there from an entry inwards to the next one outwards. Where a camera
 * cannot tell the direction, the first sighting is the coming, and the last one the leaving.
 *
 * @param firstIn null if only the leaving was seen
 * @param lastOut null if nobody left, or somebody is still there
 * @param total real time elapsed between comings and leavings, so right on days with 23 or 25 hours
 * @param openSince since when somebody is there whose leaving was not seen; null if it was
 * @param unmatched entries that do not fit: outwards without having come, inwards without having left
 */
public record Presence(Instant firstIn, Instant lastOut, Duration total, Instant openSince, int unmatched) {

    /** @param entries of one person and day that count, by time */
    static Presence of(List<Marked> entries) {
        Instant firstIn = null;
        Instant lastOut = null;
        Duration total = Duration.ZERO;
        Instant since = null;
        Instant lastSeen = null;
        int unmatched = 0;
        for (Marked marked : entries) {
            Instant at = marked.entry().at();
            Direction direction = marked.entry().direction();
            if (direction == Direction.OUT) {
                if (since == null) {
                    unmatched++;
                } else {
                    total = total.plus(Duration.between(since, at));
                }
                since = null;
                lastSeen = null;
                lastOut = at;
            } else if (since == null) {
                since = at;
                firstIn = firstIn == null ? at : firstIn;
            } else if (direction == Direction.BOTH) {
                lastSeen = at;
            } else {
                unmatched++;
            }
        }
        if (since != null && lastSeen != null) {
            total = total.plus(Duration.between(since, lastSeen));
            lastOut = lastSeen;
            since = null;
        }
        return new Presence(firstIn, since == null ? lastOut : null, total, since, unmatched);
    }
}

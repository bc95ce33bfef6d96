package dev.lintel.attendance;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * When somebody was there on one working day: all stays that began on it, see {@link Stays}.
 *
 * @param firstIn null if only the leaving was seen
 * @param lastOut null if nobody left, or the last leaving was not seen; may be on the next day
 * @param total real time elapsed between comings and leavings, so right on days with 23 or 25 hours
 * @param openSince the last coming whose leaving was not seen; null if all were
 * @param unmatched entries that do not fit: outwards without having come, inwards without having left
 */
public record Presence(Instant firstIn, Instant lastOut, Duration total, Instant openSince, int unmatched) {

    /**
     * @param stays of one person and working day, by time
     * @param lostGoing the last going of the day to which there is no coming; null if there is none
     */
    static Presence of(List<Stay> stays, Instant lostGoing, int unmatched) {
        Instant lastOut = lostGoing;
        Instant openSince = null;
        Duration total = Duration.ZERO;
        for (Stay stay : stays) {
            total = total.plus(stay.length());
            if (stay.isOpen()) {
                openSince = stay.from();
            } else if (lastOut == null || stay.to().isAfter(lastOut)) {
                lastOut = stay.to();
            }
        }
        boolean endsOpen = openSince != null && (lastOut == null || openSince.isAfter(lastOut));
        return new Presence(
                stays.isEmpty() ? null : stays.get(0).from(), endsOpen ? null : lastOut, total, openSince, unmatched);
    }
}

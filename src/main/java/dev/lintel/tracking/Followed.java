package dev.lintel.tracking;

import dev.lintel.access.Decision;
import dev.lintel.access.LiveProof;
import dev.lintel.access.Sighting.Identity;
import dev.lintel.face.FaceBox;
import dev.lintel.face.Label;
import java.util.UUID;

/**
 * A face that is followed at the moment.
 *
 * @param number of the track
 * @param visit id of the visit
 * @param box where it was last seen, in pixels of the frame
 * @param seenNanos when that was
 * @param identity what the votes say so far; null while they say nothing
 * @param person whom they name; null if nobody
 * @param verdict what was decided about the visit last; null before
 */
public record Followed(
        int number,
        UUID visit,
        FaceBox box,
        long seenNanos,
        Identity identity,
        Label person,
        LiveProof.State live,
        Decision.Verdict verdict) {

    static Followed of(Track track) {
        Visit visit = track.visit;
        Verdict verdict = visit.votes.isEmpty() ? null : visit.votes.verdict(visit.report != null);
        boolean clear = verdict != null && verdict.clear();
        return new Followed(
                track.number,
                visit.id,
                track.motion.box(),
                track.motion.nanos(),
                clear ? verdict.identity() : null,
                clear && verdict.identity() == Identity.KNOWN
                        ? verdict.nearest().label()
                        : null,
                visit.state(),
                visit.verdict);
    }
}

package dev.lintel.attendance;

import dev.lintel.access.Decision;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.LiveProof;
import dev.lintel.access.Reason;
import dev.lintel.access.Sighting;

/** Which events count as somebody's coming or going. Immutable. */
public final class Counting {
    private final AttendanceConfig config;

    public Counting(AttendanceConfig config) {
        this.config = config;
    }

    public boolean counts(DoorEvent event) {
        return config.enabled()
                && event.person() != null
                && isPoint(event.camera(), event.door())
                && (config.countGranted() && passed(event) || config.countSeen() && seen(event));
    }

    /** Through the door, as far as there is a lock or a contact that tells. */
    private static boolean passed(DoorEvent event) {
        Decision decision = event.decision();
        return event.kind() == DoorEvent.Kind.PASSED
                || decision != null
                        && decision.verdict() == Decision.Verdict.GRANTED
                        && decision.passage() == Decision.Passage.AT_ONCE;
    }

    /** Whether what happens here counts; either may be null. */
    public boolean isPoint(String camera, String door) {
        return config.points().isEmpty()
                || config.points().stream().anyMatch(point -> point.equals(camera) || point.equals(door));
    }

    /** Recognised and live, where no door is that could have opened. */
    private static boolean seen(DoorEvent event) {
        Decision decision = event.decision();
        Sighting sighting = decision == null ? null : decision.sighting();
        return event.door() == null
                && sighting != null
                && !Reason.has(decision.reasons(), Reason.CLOCK)
                && sighting.identity() == Sighting.Identity.KNOWN
                && sighting.liveness().state() == LiveProof.State.LIVE;
    }
}

package dev.lintel.attendance;

import dev.lintel.access.Decision;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.LiveProof;
import dev.lintel.access.Sighting;

/** Which events count as somebody's coming or going. Immutable. */
public final class Counting {
    private final AttendanceConfig config;

    public Counting(AttendanceConfig config) {
        this.config = config;
    }

    public boolean counts(DoorEvent event) {
        Decision decision = event.decision();
        return config.enabled()
                && event.kind() == DoorEvent.Kind.DECISION
                && event.person() != null
                && decision != null
                && isPoint(event.camera(), event.door())
                && (config.countGranted() && decision.verdict() == Decision.Verdict.GRANTED
                        || config.countSeen() && seen(event));
    }

    /** Whether what happens here counts; either may be null. */
    public boolean isPoint(String camera, String door) {
        return config.points().isEmpty()
                || config.points().stream().anyMatch(point -> point.equals(camera) || point.equals(door));
    }

    /** Recognised and live, where no door is that could have opened. */
    private static boolean seen(DoorEvent event) {
        Sighting sighting = event.decision().sighting();
        return event.door() == null
                && sighting != null
                && sighting.identity() == Sighting.Identity.KNOWN
                && sighting.liveness().state() == LiveProof.State.LIVE;
    }
}

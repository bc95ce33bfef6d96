package dev.lintel.tracking;

import dev.lintel.access.Sighting.Identity;
import dev.lintel.challenge.Proof;
import java.time.Duration;
import java.util.Comparator;

/** When another view of a face is worth an embedding. Plain function. */
final class ViewChoice {
    /** How much better than the poorest vote a view must be to replace it. */
    private static final double BETTER = 0.1;

    /** Time between two looks at somebody who is not proven live: every frame of most cameras, and of the others enough. */
    private static final Duration PROVING = Duration.ofMillis(60);

    /** The same once a report has been made. */
    private static final Duration PROVING_SLOWLY = Duration.ofMillis(250);

    private ViewChoice() {}

    /** Whether {@link Track#best} should be asked about now. */
    static boolean wanted(Track track, long nanos, TrackingConfig config) {
        if (track.asked != null || track.best == null) {
            return false;
        }
        long since = nanos - track.lastAsked;
        Visit visit = track.visit;
        if (visit.votes.isEmpty() && visit.report == null && track.misfit == null || track.urgent) {
            return true;
        }
        if (since >= config.recheck().toNanos()) {
            return true;
        }
        if (judged(track)) {
            // Only what was itself recognised proves anything, so each view that is judged is embedded as well.
            boolean soon =
                    visit.report == null || visit.proof.filter(Proof::running).isPresent();
            return since >= (soon ? PROVING : PROVING_SLOWLY).toNanos();
        }
        if (track.doubtful || track.misfit != null) {
            return since >= config.spacing().toNanos();
        }
        if (visit.report == null && !visit.votes.full()) {
            return since >= config.spacing().toNanos()
                    && !visit.votes.verdict(false).clear();
        }
        boolean unclear = !visit.reportedAs(Identity.KNOWN)
                && !visit.upgraded
                && (visit.report != null || !visit.votes.verdict(false).clear());
        boolean adds = track.best.quality() >= poorest(visit) + BETTER
                || visit.votes.isAnotherLook(Vote.Pose.of(track.best.face().quality()));
        return unclear && since >= 2 * config.spacing().toNanos() && adds;
    }

    /** Whether the look is to judge liveness as well. */
    static boolean judged(Track track) {
        return track.visit.looking();
    }

    private static double poorest(Visit visit) {
        return visit.votes.votes().stream()
                .min(Comparator.comparingDouble(Vote::quality))
                .map(Vote::quality)
                .orElse(0.0);
    }
}

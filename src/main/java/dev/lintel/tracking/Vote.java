package dev.lintel.tracking;

import dev.lintel.face.Candidate;
import dev.lintel.face.Embedding;
import dev.lintel.face.FusedLooks;
import dev.lintel.face.Quality;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one frame says about who somebody is.
 *
 * @param quality of the view, 0..1: its weight
 * @param pose and light of the view
 * @param candidates the nearest people, nearest first; empty if nobody is enrolled
 */
record Vote(Embedding embedding, double quality, Pose pose, List<Candidate> candidates, long nanos, Instant at) {

    /** How the head was turned, in degrees, and how bright the face was, 0..255. */
    record Pose(double yaw, double pitch, double brightness) {
        private static final double TURN = 15;
        private static final double LIGHT = 40;

        static Pose of(Quality quality) {
            return new Pose(quality.yaw(), quality.pitch(), quality.brightness());
        }

        double differenceTo(Pose other) {
            return Math.hypot(yaw - other.yaw, pitch - other.pitch) / TURN
                    + Math.abs(brightness - other.brightness) / LIGHT;
        }
    }

    private static final double APART_NANOS = 1e9;

    /** How much another picture it is by pose, light and time: 0 (the same) to 1 (as different as pictures of a visit become). */
    double differenceTo(Vote other) {
        return Math.min(1, pose.differenceTo(other.pose) + Math.abs(nanos - other.nanos) / APART_NANOS);
    }

    FusedLooks.Look look() {
        return new FusedLooks.Look(embedding, quality);
    }

    Vote {
        candidates = List.copyOf(candidates);
    }

    Optional<Candidate> nearest() {
        return candidates.stream().findFirst();
    }

    /** Whether this frame alone would be taken for its nearest person. */
    boolean accepted(double similarity) {
        return !candidates.isEmpty() && candidates.get(0).similarity() >= similarity;
    }
}

package dev.lintel.tracking;

import dev.lintel.access.Sighting.Identity;
import dev.lintel.face.Candidate;

/**
 * What the votes say together.
 *
 * @param clear whether further votes would change nothing
 * @param nearest the person nearest to the mean of the votes; null if nobody is enrolled
 * @param distance of the nearest, 0.6 scale; 2 if nobody is enrolled
 * @param threshold largest distance that counts as a match
 * @param margin by how much (cosine) the nearest is more similar than the next; 0 if there is no nearest, and against
 *     -1 if there is no next
 */
record Verdict(Identity identity, boolean clear, Candidate nearest, double distance, double threshold, double margin) {
    /** Distance that stands for nobody. */
    static final double NOBODY = 2;
}

/** Faces followed over frames, the vote of a visit's best frames, and the sighting that comes of it. */
package dev.lintel.tracking;

package dev.lintel.access;

import java.io.Serializable;
import java.time.Instant;

/**
 * How one camera is.
 *
 * @param id in the configuration
 * @param door the door that it belongs to; null if none
 * @param since when this state began
 * @param detail one sentence: what is wrong and what to do; empty while it is live
 * @param width of its picture as it is looked at, pixels; 0 before the first frame
 * @param height likewise
 * @param fps frames a second that arrived lately
 * @param frames that arrived since the start
 * @param dropped frames that were never looked at because a newer one was there
 * @param picture whether its live picture may be shown
 * @param colourless whether its last picture had no colour, as an infra-red camera's at night
 * @param fault what is wrong with the box's own work on it, one sentence; empty if nothing is
 * @param hangs whether that fault is one that only a restart of the box ends
 * @param liveness what the liveness network says of live faces there; null where it has no level by camera
 */
public record CameraState(
        String id,
        String door,
        Direction direction,
        State state,
        Instant since,
        String detail,
        int width,
        int height,
        double fps,
        long frames,
        long dropped,
        boolean picture,
        boolean colourless,
        String fault,
        boolean hangs,
        LiveLevel liveness)
        implements Serializable {

    public enum State {
        /** Pictures arrive and change. */
        LIVE,
        /** Being opened, or opened again after a short loss. */
        CONNECTING,
        /** No picture for longer than the configured time. */
        LOST,
        /** Pictures arrive, but always the same one. */
        FROZEN
    }
}

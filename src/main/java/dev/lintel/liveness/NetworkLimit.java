package dev.lintel.liveness;

import dev.lintel.access.Reason;

/** What the network must say on average over a visit to one camera. */
public interface NetworkLimit {
    /** The network's own limit. */
    NetworkLimit OWN = own -> own;

    /**
     * @param own smallest mean of the network that counts as live at any camera, 0..1
     * @return the same at this camera
     */
    double needed(double own);

    /** The reason {@code network} of a visit, with what else is to be kept of it. */
    default Reason of(Reason network) {
        return network;
    }
}

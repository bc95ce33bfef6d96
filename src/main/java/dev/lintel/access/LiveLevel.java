package dev.lintel.access;

import java.io.Serializable;

/**
 * What the liveness network says of live faces at one camera, learnt from visits that something else than the network proved live.
 *
 * @param level what it says of a live face there, 0..1; 0 while {@link State#LEARNING}
 * @param limit smallest mean of the network over a visit that would count as live there, 0..1; the box's own while learning
 * @param used whether that limit is in use
 * @param proven visits that it was learnt from
 * @param people who came in them
 * @param recent of the latest visits of people who were recognised, as many as were looked at
 * @param refused those among them of which the network said too little, and that movements did not prove live either
 */
public record LiveLevel(
        State state, double level, double limit, boolean used, int proven, int people, int recent, int refused)
        implements Serializable {

    public enum State {
        /** Too few visits were proven live, or of too few people. */
        LEARNING,
        LEARNT,
        /** Live faces look to the network as attacks do elsewhere: it can hardly tell them apart at this camera. */
        TOO_LOW
    }

    /** Fewer visits say nothing about how many are refused. */
    private static final int ENOUGH = 10;

    /** Whether the network keeps most of those who are recognised from being proven live: somebody shows pictures, or it does not
     * know this camera. */
    public boolean refusesMost() {
        return recent >= ENOUGH && 2 * refused > recent;
    }
}

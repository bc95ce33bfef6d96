package dev.lintel.access;

import java.io.Serializable;
import java.util.List;

/**
 * Whether the face of a whole track was live. Fails closed: what could not be judged is {@link State#NOT_PROVEN}.
 *
 * @param score 0..1, how sure it is that the face was live; comparable between tracks, so that a threshold can be swept
 * @param reasons what decided, then what spoke for or against it; empty where nothing was judged
 */
public record LiveProof(State state, double score, List<Reason> reasons) implements Serializable {

    public enum State {
        LIVE,
        /** Too little was seen, or a check is missing. Never as good as live. */
        NOT_PROVEN,
        /** Something spoke clearly for a photo or a screen. */
        ATTACK
    }

    public LiveProof {
        reasons = List.copyOf(reasons);
    }
}

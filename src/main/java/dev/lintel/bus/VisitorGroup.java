package dev.lintel.bus;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;

/**
 * One unknown person, as far as can be told, without the vectors.
 *
 * @param visits that are remembered; 0 of one that is ignored, whose visits are forgotten
 * @param live visits in which the face was proven to be live
 * @param first remembered visit, or since when it is ignored
 * @param last remembered visit, likewise
 * @param cameras that saw it
 * @param until when it is forgotten, unless seen again
 */
public record VisitorGroup(
        long id,
        boolean ignored,
        int visits,
        int live,
        Instant first,
        Instant last,
        List<String> cameras,
        Instant until)
        implements Serializable {

    public VisitorGroup {
        cameras = List.copyOf(cameras);
    }
}

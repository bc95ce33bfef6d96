package dev.lintel.tracking;

import dev.lintel.liveness.FrameEvidence;
import dev.lintel.tracking.Play.Shown;
import dev.lintel.vision.GreyImage;
import dev.lintel.vision.SeenFace;
import java.util.List;

/** How what is shown becomes what a feed hands on. Confined to one thread. */
interface Lens {
    /** The next frame: a face for each that is shown, in the same order, each with a crop of its own. */
    List<SeenFace> film(List<Shown> faces);

    /** The frame that was filmed last, small. */
    GreyImage scene();

    FrameEvidence judge(TrackingResult.Inspect ask, Shown face);
}

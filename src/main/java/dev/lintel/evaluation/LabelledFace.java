package dev.lintel.evaluation;

import dev.lintel.vision.SeenFace;
import dev.lintel.vision.SeenImage;
import java.util.Comparator;

/** Which of several faces in an image is the one its label means. */
public enum LabelledFace {
    /** The face nearest to the image's centre, a whole one if there is one: how LFW and folders of portraits are meant. */
    CENTRAL {
        @Override
        SeenFace of(SeenImage image) {
            return image.faces().stream()
                    .min(Comparator.comparing((SeenFace face) -> face.quality().cutOff())
                            .thenComparingDouble(face -> Math.hypot(
                                    face.box().centreX() - image.width() / 2.0,
                                    face.box().centreY() - image.height() / 2.0)))
                    .orElseThrow();
        }
    },
    /** The largest face: what the appliance takes. */
    LARGEST {
        @Override
        SeenFace of(SeenImage image) {
            return image.faces().get(0);
        }
    };

    abstract SeenFace of(SeenImage image);
}

package dev.lintel.face;

import java.io.Serializable;
import java.util.List;

/**
 * How usable a face is for recognition, and why not.
 *
 * @param score 0 (useless) to 1 (ideal): the worst of its parts
 * @param faceSize shorter side of the face box in pixels of the original image
 * @param yaw estimated turn of the head to the side, degrees, positive to the viewer's right
 * @param pitch estimated nod, degrees, positive looking down
 * @param roll estimated tilt in the image plane, degrees, positive clockwise
 * @param sharpness four times the smaller variance of the second differences along rows and columns of the aligned face
 *     (grey levels squared)
 * @param brightness mean grey level of the aligned face, 0..255
 * @param contrast standard deviation of the grey level, 0..127
 * @param issues what falls below the configured limits; empty if usable
 */
public record Quality(
        double score,
        int faceSize,
        double yaw,
        double pitch,
        double roll,
        double sharpness,
        double brightness,
        double contrast,
        List<Issue> issues)
        implements Serializable {

    /** A limit that was missed. {@code value} and {@code limit} share the unit of the named measure. */
    public record Issue(Kind kind, double value, double limit) implements Serializable {

        /** The shortfall in words, with what to do. */
        public String describe() {
            return String.format(
                    java.util.Locale.ROOT, "%s (%.1f, limit %.1f): %s", kind.label, value, limit, kind.advice);
        }
    }

    public enum Kind {
        INCOMPLETE("the picture is cut off, percent there", "send the whole file"),
        CUT_OFF("the picture's edge cuts the face, landmarks inside", "move into the middle of the picture"),
        TOO_SMALL("face too small, pixels", "come closer or use a larger photo"),
        TURNED_AWAY("head turned, degrees", "look at the camera"),
        NODDING("head up or down, degrees", "hold the camera at eye level"),
        TILTED("head tilted, degrees", "hold the head upright"),
        BLURRED("sharpness too low", "hold still, clean the lens, or use a sharper photo"),
        TOO_DARK("too dark", "add light on the face"),
        TOO_BRIGHT("overexposed", "avoid direct light on the face"),
        LOW_CONTRAST("contrast too low", "light the face evenly and clean the lens");

        private final String label;
        private final String advice;

        Kind(String label, String advice) {
            this.label = label;
            this.advice = advice;
        }
    }

    public Quality {
        issues = List.copyOf(issues);
    }

    /** Whether a part of the face lies beyond the picture: nobody is enrolled or recognised by what is left. */
    public boolean cutOff() {
        return issues.stream().anyMatch(issue -> issue.kind() == Kind.CUT_OFF);
    }

    public boolean acceptable() {
        return issues.isEmpty();
    }
}

package dev.lintel.face;

import java.io.Serializable;
import java.util.List;

/**
 * Whether a face looks like a live one in front of the camera, check by check. Live only if every check
 * passed and at least one was made.
 *
 * @param checks in the order they were made
 */
public record Liveness(List<Check> checks) implements Serializable {

    /**
     * One check's finding.
     *
     * @param name stable name, e.g. {@code saturation}
     * @param value what was measured
     * @param threshold the limit it was held against
     * @param passed whether it is on the live side of the limit
     */
    public record Check(String name, double value, double threshold, boolean passed) implements Serializable {

        public String describe() {
            return String.format(java.util.Locale.ROOT, "%s %.3f against %.3f", name, value, threshold);
        }
    }

    public Liveness {
        checks = List.copyOf(checks);
    }

    public boolean live() {
        return !checks.isEmpty() && checks.stream().allMatch(Check::passed);
    }
}

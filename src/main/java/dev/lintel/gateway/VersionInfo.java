package dev.lintel.gateway;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What {@code /version} answers.
 *
 * @param timeZone in which the box counts days and hours
 * @param place name of the place where it stands, as it is now; may be empty
 * @param coming the embedding model that is to take over; empty if none is
 */
public record VersionInfo(
        String version, List<Model> models, ZoneId timeZone, Supplier<String> place, Optional<Coming> coming) {

    /** With a model and a name that stay. */
    public VersionInfo(String version, List<Model> models, ZoneId timeZone, String place) {
        this(version, models, timeZone, () -> place, Optional.empty());
    }

    /**
     * @param task detection, landmarks, embedding or liveness
     * @param runtime tensorflow, lite or onnx
     */
    public record Model(String task, String id, String version, String runtime) {}

    /** @param fromVisits whether visits that are confirmed give it templates */
    public record Coming(String model, boolean fromVisits) {}

    public VersionInfo {
        models = List.copyOf(models);
    }
}

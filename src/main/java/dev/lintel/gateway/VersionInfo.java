package dev.lintel.gateway;

import java.time.ZoneId;
import java.util.List;

/**
 * What {@code /version} answers.
 *
 * @param timeZone in which the box counts days and hours
 * @param place name of the place where it stands; may be empty
 */
public record VersionInfo(String version, List<Model> models, ZoneId timeZone, String place) {

    /**
     * @param task detection, landmarks, embedding or liveness
     * @param runtime tensorflow, lite or onnx
     */
    public record Model(String task, String id, String version, String runtime) {}

    public VersionInfo {
        models = List.copyOf(models);
    }
}

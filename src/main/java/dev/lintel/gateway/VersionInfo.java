package dev.lintel.gateway;

import java.util.List;

/** What {@code /version} answers. */
public record VersionInfo(String version, List<Model> models) {

    /**
     * @param task detection, landmarks, embedding or liveness
     * @param runtime tensorflow or onnx
     */
    public record Model(String task, String id, String version, String runtime) {}

    public VersionInfo {
        models = List.copyOf(models);
    }
}

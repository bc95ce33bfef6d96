package dev.lintel.bus;

import java.io.Serializable;
import java.util.List;

/** The cameras in the order of the configuration. */
public record CameraStates(List<CameraState> cameras) implements Serializable {
    public CameraStates {
        cameras = List.copyOf(cameras);
    }
}

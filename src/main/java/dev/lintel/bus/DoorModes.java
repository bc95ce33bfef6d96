package dev.lintel.bus;

import dev.lintel.access.ModeSetting;
import java.io.Serializable;
import java.util.Map;

/** The modes that were kept, by the doors' ids. */
public record DoorModes(Map<String, ModeSetting> modes) implements Serializable {
    public DoorModes {
        modes = Map.copyOf(modes);
    }
}

package dev.lintel.bus;

import dev.lintel.access.DoorStatus;
import java.io.Serializable;
import java.util.List;

/** The configured doors in the order of the configuration. */
public record DoorList(List<DoorStatus> doors) implements Serializable {
    public DoorList {
        doors = List.copyOf(doors);
    }
}

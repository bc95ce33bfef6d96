package dev.lintel.messages;

import dev.lintel.access.Decision;
import dev.lintel.access.DoorStatus;
import dev.lintel.access.ModeSetting;
import dev.lintel.access.Pin;
import dev.lintel.access.Sighting;
import dev.lintel.bus.Address;
import dev.lintel.bus.Message;
import dev.lintel.face.Deadline;
import dev.lintel.face.Label;
import java.io.Serializable;
import java.util.List;

/** Deciding at a door, and what state it is in: answered by the doors of this box. */
public final class DoorMessages {
    /** Door: decide about a sighting, act, record. */
    public static final Address<DecideSighting, Decision> DECIDE = Address.box("door.decide");

    public static final Address<EnterPin, Decision> ENTER_PIN = Address.box("door.pin");

    public static final Address<UnlockDoor, Decision> UNLOCK = Address.box("door.unlock");

    public static final Address<SetDoorMode, DoorStatus> SET_MODE = Address.box("door.set-mode");

    public static final Address<ReportSensor, DoorStatus> REPORT_SENSOR = Address.box("door.sensor");

    public static final Address<ForgivePassback, Boolean> FORGIVE = Address.box("door.forgive");

    public static final Address<ListDoors, DoorList> LIST = Address.box("door.list");

    /**
     * May this person pass the doors that this camera belongs to? The answer has been acted on and recorded.
     *
     * @param renewed whether somebody who was asked about before stays, recognised and live: answered with the earlier
     *     decision, and not recorded again, unless it has become another
     */
    public record DecideSighting(Sighting sighting, boolean renewed, Deadline deadline) implements Message {}

    /**
     * Somebody typed this at a door. The answer has been acted on and recorded. Refused if no PIN is expected, or after
     * too many wrong ones.
     *
     * @param person who it says it is, where the door takes a PIN without a face; otherwise null
     */
    public record EnterPin(String door, Label person, Pin pin, Deadline deadline) implements Message {}

    /**
     * Open a door for somebody; recorded first. Refused if there is no such door.
     *
     * @param by who asked: the name of an API key, or empty
     */
    public record UnlockDoor(String door, String by, Deadline deadline) implements Message {}

    /**
     * From now on this door is in this mode, also after a restart. Recorded. Refused if there is no such door.
     *
     * @param by who asked: the name of an API key, or empty
     */
    public record SetDoorMode(String door, ModeSetting mode, String by, Deadline deadline) implements Message {}

    /** A sensor that speaks HTTP saw the door open or close. Refused if the door has no such sensor. */
    public record ReportSensor(String door, boolean open, Deadline deadline) implements Message {}

    /**
     * This person counts neither as inside nor as outside any more, for every door's anti-passback. Recorded. Answers whether
     * that changed something. Refused if nobody is enrolled under the label.
     *
     * @param by who asked: the name of an API key, or empty
     */
    public record ForgivePassback(Label person, String by, Deadline deadline) implements Message {}

    /** How are the doors? */
    public record ListDoors(Deadline deadline) implements Message {}

    /** The configured doors in the order of the configuration. */
    public record DoorList(List<DoorStatus> doors) implements Serializable {
        public DoorList {
            doors = List.copyOf(doors);
        }
    }

    private DoorMessages() {}
}

package dev.lintel.messages;

import dev.lintel.access.AccessRights;
import dev.lintel.access.ModeSetting;
import dev.lintel.access.Pin;
import dev.lintel.bus.Address;
import dev.lintel.bus.Command;
import dev.lintel.bus.Message;
import dev.lintel.face.Act;
import dev.lintel.face.Deadline;
import dev.lintel.face.Label;
import java.io.Serializable;
import java.util.Map;

/** Who may pass when, the PINs, which never leave the store, and the kept modes of doors: answered by the store. */
public final class AccessMessages {
    /** Store: who may pass when, and the PINs, which never leave it. */
    public static final Address<GetAccess, AccessRights> GET = Address.house("store.get-access");

    public static final Address<SetAccess, AccessRights> SET = Address.house("store.set-access");

    public static final Address<ClearPin, AccessRights> CLEAR_PIN = Address.house("store.clear-pin");

    public static final Address<CheckPin, Boolean> CHECK_PIN = Address.house("store.check-pin");

    public static final Address<SaveDoorMode, Boolean> SAVE_DOOR_MODE = Address.house("store.save-door-mode");

    public static final Address<LoadDoorModes, DoorModes> LOAD_DOOR_MODES = Address.house("store.load-door-modes");

    /**
     * What are the rights of this person? {@link dev.lintel.access.AccessRights#NONE_SET} if the operator has set none.
     * Refused if nobody is enrolled under the label.
     *
     * @param toPass whether it is asked because the person wants to pass: refused of somebody who is deactivated
     */
    public record GetAccess(Label person, boolean toPass, Deadline deadline) implements Message {
        /** To know it only. */
        public GetAccess(Label person, Deadline deadline) {
            this(person, false, deadline);
        }
    }

    /**
     * Give a person these rights instead of the former ones. Refused if unknown.
     *
     * @param rights its {@code pinSet} is not looked at
     * @param pin the new PIN; null leaves it as it is
     */
    public record SetAccess(Label person, AccessRights rights, Pin pin, Deadline deadline) implements Command {
        @Override
        public Act act() {
            return Act.of("rights-set", person)
                    .with("groups", String.join(" ", rights.groups()))
                    .with("from", rights.from())
                    .with("until", rights.until())
                    .with("pin", pin == null ? null : "set");
        }
    }

    /** Forget the PIN of a person. Refused if the person is unknown; not if there is no PIN. */
    public record ClearPin(Label person, Deadline deadline) implements Command {
        @Override
        public Act act() {
            return Act.of("pin-cleared", person);
        }
    }

    /** Is this the PIN of that person? False as well if there is no such person or PIN, in the same time. */
    public record CheckPin(Label person, Pin pin, Deadline deadline) implements Message {}

    /** Keep the mode of a door over a restart. */
    public record SaveDoorMode(String door, ModeSetting mode, Deadline deadline) implements Command {
        @Override
        public Act act() {
            return Act.NONE;
        }
    }

    /** Which modes were kept? */
    public record LoadDoorModes(Deadline deadline) implements Message {}

    /** The modes that were kept, by the doors' ids. */
    public record DoorModes(Map<String, ModeSetting> modes) implements Serializable {
        public DoorModes {
            modes = Map.copyOf(modes);
        }
    }

    private AccessMessages() {}
}

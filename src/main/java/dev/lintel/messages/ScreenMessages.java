package dev.lintel.messages;

import dev.lintel.access.Cue;
import dev.lintel.access.ScreenState;
import dev.lintel.bus.Address;
import dev.lintel.bus.Message;
import dev.lintel.bus.Topic;
import dev.lintel.face.Deadline;
import java.io.Serializable;

/** What people are told at a door, and that one of them wants in. */
public final class ScreenMessages {
    /** Screens: what one shows. */
    public static final Address<GetScreen, ScreenState> GET = Address.box("screen.get");

    /** Screens: somebody wants in. */
    public static final Address<WakeDoor, ScreenState> WAKE = Address.box("screen.wake");

    /** What a camera has to say to whom it sees has changed. */
    public static final Topic<CameraCue> CUE = Topic.box("screen.cue");

    /** A screen shows something else. */
    public static final Topic<ScreenState> CHANGED = Topic.box("screen.changed");

    /** From now on, for a while, the cameras of a door recognise who comes near. */
    public static final Topic<DoorWoken> WOKEN = Topic.box("screen.woken");

    /**
     * What does the screen of this door show? Refused if there is no such door, it has no screen, or the secret is not its own.
     *
     * @param secret of the screen
     */
    public record GetScreen(String door, String secret, Deadline deadline) implements Message {}

    /**
     * Somebody wants in at this door. Refused if there is no such door, or it waits for no such word.
     *
     * @param secret of the screen that says so; null if something else does that may
     */
    public record WakeDoor(String door, String secret, Deadline deadline) implements Message {}

    public record CameraCue(String camera, Cue cue) implements Serializable {}

    public record DoorWoken(String door) implements Serializable {}

    private ScreenMessages() {}
}

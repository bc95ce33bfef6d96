package dev.lintel.screen;

import dev.lintel.access.DoorEvent;
import dev.lintel.access.ScreenState;
import dev.lintel.bus.Bus;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.messages.ScreenMessages;
import dev.lintel.messages.ScreenMessages.CameraCue;
import dev.lintel.messages.ScreenMessages.DoorWoken;
import dev.lintel.messages.ScreenMessages.GetScreen;
import dev.lintel.messages.ScreenMessages.WakeDoor;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The screens of all doors. Used from one event loop. */
final class Screens {
    private final Bus bus;
    private final LongSupplier nanos;
    private final Map<String, String> doorOfCamera;
    private final Map<String, ScreenedDoor> doors = new LinkedHashMap<>();
    private final Map<String, DoorScreen> screens = new LinkedHashMap<>();
    private final Map<String, ScreenState> shown = new LinkedHashMap<>();

    Screens(Bus bus, List<ScreenedDoor> all, Map<String, String> doorOfCamera, LongSupplier nanos) {
        this.bus = bus;
        this.nanos = nanos;
        this.doorOfCamera = Map.copyOf(doorOfCamera);
        for (ScreenedDoor door : all) {
            DoorScreen screen = new DoorScreen(
                    door.id(), door.screen().name(), door.button().orElse(Duration.ZERO));
            doors.put(door.id(), door);
            screens.put(door.id(), screen);
            shown.put(door.id(), screen.state(nanos.getAsLong()));
        }
    }

    /** Says what each screen shows from now on: what stands on them may be of before a restart of the screens. */
    void begin() {
        shown.values().forEach(state -> bus.publish(ScreenMessages.CHANGED, state));
    }

    void cue(CameraCue said) {
        String door = doorOfCamera.get(said.camera());
        if (door != null) {
            screens.get(door).cue(said.camera(), said.cue(), nanos.getAsLong());
            look(door);
        }
    }

    void happened(DoorEvent event) {
        String door = event.door();
        if (door == null && event.camera() != null) {
            door = doorOfCamera.get(event.camera());
        }
        // What is about the box alone has neither.
        if (door != null && screens.containsKey(door)) {
            screens.get(door).happened(event, nanos.getAsLong());
            look(door);
        }
    }

    /** Time passes. */
    void tick() {
        screens.keySet().forEach(this::look);
    }

    private void look(String door) {
        ScreenState now = screens.get(door).state(nanos.getAsLong());
        if (!Objects.equals(now, shown.put(door, now))) {
            bus.publish(ScreenMessages.CHANGED, now);
        }
    }

    Outcome<ScreenState> get(GetScreen question) {
        return refused(question.door(), question.secret())
                .<Outcome<ScreenState>>map(Outcome::refused)
                .orElseGet(() -> Outcome.done(shown.get(question.door())));
    }

    Outcome<ScreenState> wake(WakeDoor question) {
        ScreenedDoor door = doors.get(question.door());
        if (question.secret() != null) {
            var refusal = refused(question.door(), question.secret());
            if (refusal.isPresent()) {
                return Outcome.refused(refusal.get());
            }
        } else if (door == null) {
            return Outcome.refused(noDoor());
        }
        if (door.button().isEmpty()) {
            return Outcome.refused(
                    Refusal.Code.INVALID_REQUEST,
                    "this door looks without being asked: set its intent to {ask: button} to wait for this call");
        }
        screens.get(question.door()).woken(nanos.getAsLong());
        look(question.door());
        bus.publish(ScreenMessages.WOKEN, new DoorWoken(question.door()));
        return Outcome.done(shown.get(question.door()));
    }

    /** A wrong secret is told nothing, not even which doors there are. */
    private Optional<Refusal> refused(String id, String secret) {
        ScreenedDoor door = doors.get(id);
        boolean right = door != null && secret != null && door.screen().opens(secret);
        return right
                ? Optional.empty()
                : Optional.of(new Refusal(
                        Refusal.Code.UNKNOWN_SCREEN,
                        "no door has a screen with this key: see 'screen' below the door in the configuration"));
    }

    private static Refusal noDoor() {
        return new Refusal(Refusal.Code.UNKNOWN_DOOR, "there is no such door: see /doors");
    }
}

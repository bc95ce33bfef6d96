package dev.lintel.screen;

import dev.lintel.access.Cue;
import dev.lintel.access.Decision;
import dev.lintel.access.Direction;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.ScreenState;
import dev.lintel.access.ScreenState.Shows;
import dev.lintel.face.Label;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * One door's screen: what its cameras have to say, and for some seconds what was decided. What was said to somebody is gone when they
 * are. Plain; used from one event loop; time is any clock that does not jump.
 */
final class DoorScreen {
    /** So long an answer can be read. */
    private static final long ANSWER = Duration.ofSeconds(5).toNanos();

    /** So long somebody may need for a PIN. */
    private static final long PIN = Duration.ofSeconds(30).toNanos();

    /** So long after the last face nobody is there: an answer is not for the next one. */
    private static final long GONE = Duration.ofMillis(1500).toNanos();

    private static final Set<String> NOT_RECOGNISED = Set.of("unknown", "uncertain", "liveness", "pin");

    private final String door;
    private final boolean names;
    private final Duration button;
    private final Map<String, Cue> cues = new HashMap<>();
    private final Set<String> lost = new HashSet<>();
    private Shows answer;
    private Label name;
    private long until;
    private long seen;
    private boolean present;
    private long awake = Long.MIN_VALUE;

    /**
     * @param names whether people are greeted by name
     * @param button how long it looks after somebody said that they want in; zero where it always does
     */
    DoorScreen(String door, boolean names, Duration button) {
        this.door = door;
        this.names = names;
        this.button = button;
    }

    /** A camera of the door, one that sees people come, has something else to say. */
    void cue(String camera, Cue cue, long nanos) {
        cues.put(camera, cue);
        present = cues.values().stream().anyMatch(c -> c.kind() != Cue.Kind.NOBODY);
        seen = nanos;
        if (cue.kind() == Cue.Kind.MOVE) {
            answer = null;
        }
    }

    /** Somebody said that they want in. */
    void woken(long nanos) {
        awake = nanos + button.toNanos();
    }

    /** Something was recorded about this door or one of its cameras. */
    void happened(DoorEvent event, long nanos) {
        switch (event.kind()) {
            case DECISION -> decided(event.decision(), event.direction(), nanos);
            case DOOR_FAILED -> answer(Shows.FAULT, null, nanos, ANSWER);
            case CAMERA_LOST -> lost.add(event.camera());
            case CAMERA_BACK -> lost.remove(event.camera());
            default -> {}
        }
    }

    private void decided(Decision decision, Direction direction, long nanos) {
        if (direction == Direction.OUT) {
            return;
        }
        switch (decision.verdict()) {
            case GRANTED -> answer(Shows.WELCOME, decision.person(), nanos, ANSWER);
            case PIN_NEEDED -> answer(Shows.PIN, null, nanos, PIN);
            default -> {
                boolean again = decision.rule().equals("liveness")
                        && cues.values().stream().anyMatch(c -> c.kind() == Cue.Kind.AGAIN);
                if (!again) {
                    boolean unknown = NOT_RECOGNISED.contains(decision.rule());
                    answer(unknown ? Shows.REFUSED : Shows.CLOSED, null, nanos, ANSWER);
                }
            }
        }
    }

    private void answer(Shows shows, Label whom, long nanos, long length) {
        answer = shows;
        name = names ? whom : null;
        until = nanos + length;
    }

    /** What it shows now. */
    ScreenState state(long nanos) {
        boolean gone = !present && nanos - seen > GONE && answer != Shows.PIN && answer != Shows.FAULT;
        if (answer != null && (nanos >= until || gone)) {
            answer = null;
            name = null;
        }
        if (answer != null) {
            return says(answer, name);
        }
        return cues.values().stream()
                .filter(cue -> cue.kind() == Cue.Kind.MOVE)
                .findFirst()
                .map(cue -> new ScreenState(
                        door, Shows.MOVE, cue.movement(), cue.step(), cue.steps(), null, !button.isZero()))
                .orElseGet(() -> says(waiting(nanos), null));
    }

    private ScreenState says(Shows shows, Label whom) {
        return new ScreenState(door, shows, null, 0, 0, whom, !button.isZero());
    }

    private Shows waiting(long nanos) {
        if (said(Cue.Kind.AGAIN)) {
            return Shows.AGAIN;
        }
        if (said(Cue.Kind.PAUSE)) {
            return Shows.REFUSED;
        }
        if (said(Cue.Kind.LOOK) || said(Cue.Kind.DONE) || nanos < awake) {
            return Shows.LOOK;
        }
        return lost.isEmpty() ? Shows.IDLE : Shows.FAULT;
    }

    private boolean said(Cue.Kind kind) {
        return cues.values().stream().anyMatch(cue -> cue.kind() == kind);
    }
}

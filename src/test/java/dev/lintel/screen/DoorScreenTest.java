package dev.lintel.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.Cue;
import dev.lintel.access.Movement;
import dev.lintel.access.ScreenState;
import dev.lintel.access.ScreenState.Shows;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DoorScreenTest {
    private final DoorScreen screen = new DoorScreen("main", false, Duration.ZERO);
    private long now = Duration.ofHours(1).toNanos();

    @Test
    void shouldSayWhatTheCameraAsksForAndNothingWhenNobodyIsThere() {
        assertThat(shows()).isEqualTo(Shows.IDLE);

        says(Cue.of(Cue.Kind.PASSING));
        assertThat(shows()).as("nobody is spoken to who walks by").isEqualTo(Shows.IDLE);
        says(Cue.of(Cue.Kind.LOOK));
        assertThat(shows()).isEqualTo(Shows.LOOK);
        says(Cue.move(Movement.NOD, 1, 2));
        assertThat(state()).isEqualTo(new ScreenState("main", Shows.MOVE, Movement.NOD, 1, 2, null, false));
        says(Cue.of(Cue.Kind.AGAIN));
        assertThat(shows()).isEqualTo(Shows.AGAIN);
        says(Cue.of(Cue.Kind.PAUSE));
        assertThat(shows()).isEqualTo(Shows.REFUSED);
        says(Cue.of(Cue.Kind.NOBODY));
        assertThat(shows()).isEqualTo(Shows.IDLE);
    }

    @Test
    void shouldAnswerForSomeSeconds() {
        says(Cue.of(Cue.Kind.LOOK));
        screen.happened(Events.granted("main", "Anna"), now);
        assertThat(shows()).isEqualTo(Shows.WELCOME);
        assertThat(state().name()).as("no names unless configured").isNull();

        later(Duration.ofSeconds(5));
        assertThat(shows()).isEqualTo(Shows.LOOK);
    }

    @Test
    void shouldGreetByNameWhereConfiguredAndOnlyWhileThePersonIsThere() {
        DoorScreen named = new DoorScreen("main", true, Duration.ZERO);
        named.cue("front", Cue.of(Cue.Kind.LOOK), now);
        named.happened(Events.granted("main", "Anna"), now);
        assertThat(named.state(now).name().text()).isEqualTo("Anna");

        named.cue("front", Cue.of(Cue.Kind.NOBODY), now);
        later(Duration.ofSeconds(2));
        assertThat(named.state(now)).isEqualTo(new ScreenState("main", Shows.IDLE, null, 0, 0, null, false));
    }

    @Test
    void shouldNotShowAnAnswerToTheNextOneWhoIsAskedForSomething() {
        says(Cue.of(Cue.Kind.LOOK));
        screen.happened(Events.denied("main", "unknown"), now);
        assertThat(shows()).isEqualTo(Shows.REFUSED);

        says(Cue.move(Movement.LEFT, 1, 2));
        assertThat(shows()).isEqualTo(Shows.MOVE);
    }

    @Test
    void shouldTellWhoIsKnownAndMayNotPassOnlyThatTheDoorStaysShut() {
        says(Cue.of(Cue.Kind.LOOK));
        screen.happened(Events.denied("main", "schedule"), now);
        assertThat(shows()).isEqualTo(Shows.CLOSED);
    }

    @Test
    void shouldLetTryAgainWhoFailedInsteadOfSendingThemAway() {
        says(Cue.of(Cue.Kind.AGAIN));
        screen.happened(Events.denied("main", "liveness"), now);
        assertThat(shows()).isEqualTo(Shows.AGAIN);
    }

    @Test
    void shouldSayThatTheDoorDoesNotWork() {
        says(Cue.of(Cue.Kind.LOOK));
        screen.happened(Events.granted("main", "Anna"), now);
        screen.happened(Events.failed("main"), now);
        assertThat(shows()).isEqualTo(Shows.FAULT);

        says(Cue.of(Cue.Kind.NOBODY));
        later(Duration.ofSeconds(6));
        screen.happened(Events.lost("front"), now);
        assertThat(shows()).as("nobody can be seen").isEqualTo(Shows.FAULT);
        screen.happened(Events.back("front"), now);
        assertThat(shows()).isEqualTo(Shows.IDLE);
    }

    @Test
    void shouldAskToLookOnceTheButtonWasTouched() {
        DoorScreen button = new DoorScreen("main", false, Duration.ofSeconds(15));
        assertThat(button.state(now).button()).isTrue();
        button.woken(now);
        assertThat(button.state(now).shows()).isEqualTo(Shows.LOOK);
        later(Duration.ofSeconds(15));
        assertThat(button.state(now).shows()).isEqualTo(Shows.IDLE);
    }

    private void says(Cue cue) {
        screen.cue("front", cue, now);
    }

    private void later(Duration time) {
        now += time.toNanos();
    }

    private ScreenState state() {
        return screen.state(now);
    }

    private Shows shows() {
        return state().shows();
    }
}

package dev.lintel.door;

import static dev.lintel.door.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.DoorEvent.Kind;
import dev.lintel.access.DoorStatus.Sensor;
import dev.lintel.clock.Clocks;
import dev.lintel.testkit.Configs;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SensorWatchTest {
    private Instant now = NOON;
    private final Clocks clocks = new Clocks(() -> now, () -> now, () -> true);
    private final SensorWatch watch = new SensorWatch(config(true), clocks);

    private static SensorConfig config(boolean reportForced) {
        return Configs.with(
                Configs.of(SensorConfig.class, "type: http", "held-open-after: 30s"),
                Map.of("reportForced", reportForced));
    }

    @Test
    void shouldKnowNothingBeforeTheFirstWord() {
        assertThat(watch.state()).isEqualTo(Sensor.UNKNOWN);
        assertThat(watch.becameHeldOpen(false)).isFalse();
        assertThat(watch.report(false, false))
                .as("that it is closed is no news")
                .isEmpty();
        assertThat(watch.since()).isEqualTo(NOON);
    }

    @Test
    void shouldNotCallADoorForcedThatStoodOpenAtTheStart() {
        assertThat(watch.report(true, false)).containsExactly(Kind.DOOR_OPENED);
    }

    @Test
    void shouldReportAForcedDoorUnlessTold() {
        watch.report(false, false);
        assertThat(watch.report(true, false)).containsExactly(Kind.DOOR_OPENED, Kind.DOOR_FORCED);
        assertThat(watch.report(true, false)).as("once").isEmpty();
        assertThat(watch.report(false, false)).containsExactly(Kind.DOOR_CLOSED);
        assertThat(watch.report(true, true)).containsExactly(Kind.DOOR_OPENED);

        SensorWatch withHandle = new SensorWatch(config(false), clocks);
        withHandle.report(false, false);
        assertThat(withHandle.report(true, false)).containsExactly(Kind.DOOR_OPENED);
    }

    @Test
    void shouldSayOnceThatADoorIsHeldOpen() {
        watch.report(true, true);

        assertThat(heldOpen(false, 29)).isFalse();
        assertThat(heldOpen(false, 30)).isTrue();
        assertThat(heldOpen(false, 31)).isFalse();
        assertThat(watch.heldOpen()).isTrue();
        report(false, true, 40);
        assertThat(watch.heldOpen()).isFalse();
        report(true, true, 50);
        assertThat(heldOpen(false, 80)).as("again").isTrue();
    }

    @Test
    void shouldCountOnlyFromTheEndOfFreePassage() {
        watch.report(true, true);

        assertThat(heldOpen(true, 600)).isFalse();
        assertThat(heldOpen(false, 629)).isFalse();
        assertThat(heldOpen(false, 630)).isTrue();
        assertThat(watch.since()).as("since when it is open").isEqualTo(NOON);
    }

    private void report(boolean open, boolean allowed, int second) {
        now = NOON.plusSeconds(second);
        watch.report(open, allowed);
    }

    private boolean heldOpen(boolean mayStayOpen, int second) {
        now = NOON.plusSeconds(second);
        return watch.becameHeldOpen(mayStayOpen);
    }

    @Test
    void shouldNotMindThatTheClockOnTheWallIsSet() {
        Instant[] steady = {NOON};
        SensorWatch other = new SensorWatch(config(true), new Clocks(() -> now, () -> steady[0], () -> true));
        other.report(true, true);
        now = NOON.plusSeconds(3600);
        assertThat(other.becameHeldOpen(false)).isFalse();
        now = NOON.minusSeconds(86_400);
        steady[0] = NOON.plusSeconds(30);
        assertThat(other.becameHeldOpen(false)).isTrue();
    }
}

package dev.lintel.door;

import static dev.lintel.door.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.DoorEvent.Kind;
import dev.lintel.access.DoorStatus.Sensor;
import dev.lintel.testkit.Configs;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SensorWatchTest {
    private final SensorWatch watch = new SensorWatch(config(true));

    private static SensorConfig config(boolean reportForced) {
        return Configs.with(
                Configs.of(SensorConfig.class, "type: http", "held-open-after: 30s"),
                Map.of("reportForced", reportForced));
    }

    @Test
    void shouldKnowNothingBeforeTheFirstWord() {
        assertThat(watch.state()).isEqualTo(Sensor.UNKNOWN);
        assertThat(watch.becameHeldOpen(false, NOON)).isFalse();
        assertThat(watch.report(false, false, NOON))
                .as("that it is closed is no news")
                .isEmpty();
        assertThat(watch.since()).isEqualTo(NOON);
    }

    @Test
    void shouldNotCallADoorForcedThatStoodOpenAtTheStart() {
        assertThat(watch.report(true, false, NOON)).containsExactly(Kind.DOOR_OPENED);
    }

    @Test
    void shouldReportAForcedDoorUnlessTold() {
        watch.report(false, false, NOON);
        assertThat(watch.report(true, false, NOON)).containsExactly(Kind.DOOR_OPENED, Kind.DOOR_FORCED);
        assertThat(watch.report(true, false, NOON)).as("once").isEmpty();
        assertThat(watch.report(false, false, NOON)).containsExactly(Kind.DOOR_CLOSED);
        assertThat(watch.report(true, true, NOON)).containsExactly(Kind.DOOR_OPENED);

        SensorWatch withHandle = new SensorWatch(config(false));
        withHandle.report(false, false, NOON);
        assertThat(withHandle.report(true, false, NOON)).containsExactly(Kind.DOOR_OPENED);
    }

    @Test
    void shouldSayOnceThatADoorIsHeldOpen() {
        watch.report(true, true, NOON);

        assertThat(watch.becameHeldOpen(false, NOON.plusSeconds(29))).isFalse();
        assertThat(watch.becameHeldOpen(false, NOON.plusSeconds(30))).isTrue();
        assertThat(watch.becameHeldOpen(false, NOON.plusSeconds(31))).isFalse();
        assertThat(watch.heldOpen()).isTrue();
        watch.report(false, true, NOON.plusSeconds(40));
        assertThat(watch.heldOpen()).isFalse();
        watch.report(true, true, NOON.plusSeconds(50));
        assertThat(watch.becameHeldOpen(false, NOON.plusSeconds(80)))
                .as("again")
                .isTrue();
    }

    @Test
    void shouldCountOnlyFromTheEndOfFreePassage() {
        watch.report(true, true, NOON);

        assertThat(watch.becameHeldOpen(true, NOON.plusSeconds(600))).isFalse();
        assertThat(watch.becameHeldOpen(false, NOON.plusSeconds(629))).isFalse();
        assertThat(watch.becameHeldOpen(false, NOON.plusSeconds(630))).isTrue();
        assertThat(watch.since()).as("since when it is open").isEqualTo(NOON);
    }
}

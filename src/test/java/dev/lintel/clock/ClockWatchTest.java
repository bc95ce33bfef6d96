package dev.lintel.clock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.clock.ClockConfig.Trust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines with and without a clock, as files say how they are. */
class ClockWatchTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    @TempDir
    Path root;

    private Instant now = NOON;
    private Optional<Boolean> said = Optional.of(false);

    private ClockWatch watch(Trust trust) {
        return new ClockWatch(new ClockConfig(trust), root, () -> now, () -> said);
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), text);
    }

    /** Of a Raspberry Pi: systemd, and no clock with a battery. */
    private void pi() throws IOException {
        Files.createDirectories(root.resolve("run/systemd/system"));
    }

    @Test
    void shouldWaitForTheNetworkOnAMachineWithoutAClock() throws IOException {
        pi();
        ClockWatch watch = watch(Trust.AUTO);
        assertThat(watch.believed()).isFalse();
        assertThat(watch.text()).contains("not synchronised yet", "timedatectl");

        said = Optional.of(true);
        watch.look();

        assertThat(watch.believed()).isTrue();
        said = Optional.of(false);
        watch.look();
        assertThat(watch.believed()).as("for good").isTrue();
    }

    @Test
    void shouldTakeTheWordOfTimesyncd() throws IOException {
        pi();
        write("run/systemd/timesync/synchronized", "");

        assertThat(watch(Trust.AUTO).believed()).isTrue();
    }

    @Test
    void shouldBelieveAClockWithABatteryThatTheSystemWasSetBy() throws IOException {
        pi();
        write("sys/class/rtc/rtc0/since_epoch", NOON.minusSeconds(2).getEpochSecond() + "\n");

        assertThat(watch(Trust.AUTO).believed()).isTrue();
        assertThat(watch(Trust.SYNCHRONISED).believed()).isFalse();
    }

    @Test
    void shouldNotBelieveAClockWhoseBatteryIsMissing() throws IOException {
        pi();
        write("sys/class/rtc/rtc0/since_epoch", "37\n");

        assertThat(watch(Trust.AUTO).believed())
                .as("it begins in 1970 each time")
                .isFalse();
    }

    @Test
    void shouldAskForPlausibleTimeWhereAMachineCannotSayMore() {
        said = Optional.empty();
        assertThat(watch(Trust.AUTO).believed()).isTrue();

        now = Instant.EPOCH;

        assertThat(watch(Trust.AUTO).believed()).isFalse();
        assertThat(watch(Trust.PLAUSIBLE).believed()).isFalse();
        assertThat(watch(Trust.ALWAYS).believed()).isTrue();
    }

    @Test
    void shouldNotBelieveAClockThatGoesBeforeTheLastEventUnlessTheNetworkSetIt() throws IOException {
        ClockWatch watch = watch(Trust.PLAUSIBLE);
        watch.notBefore(NOON.plus(Duration.ofDays(1)));
        assertThat(watch.believed()).isFalse();
        assertThat(watch.text()).contains("wrong", "2026-11-26T12:00:00Z");

        write("run/systemd/timesync/synchronized", "");
        watch.look();

        assertThat(watch.believed())
                .as("an event of a day when the clock was wrong must not shut the box")
                .isTrue();
    }

    @Test
    void shouldSayWhatTimeItWasByTheWallOnceThatIsRight() {
        Instant[] steady = {Instant.EPOCH};
        Clocks clocks = new Clocks(() -> now, () -> steady[0], () -> true);
        Instant then = steady[0];
        steady[0] = steady[0].plusSeconds(90);

        assertThat(clocks.atWall(then)).isEqualTo(NOON.minusSeconds(90));
    }
}

package dev.lintel.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.door.DoorConfig;
import dev.lintel.door.lock.GpioLockConfig;
import dev.lintel.door.lock.Level;
import dev.lintel.door.policy.OnUncertain;
import dev.lintel.door.policy.PassbackConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExampleDoorTest {
    private static final Path EXAMPLE = Path.of("conf/example-door.yaml");

    @TempDir
    Path home;

    @Test
    void shouldLoad() {
        LintelConfig config = ConfigLoader.load(Path.of(""), EXAMPLE, Map.of());

        assertThat(config.doorsOfCameras()).isEqualTo(Map.of("front", "main"));
        DoorConfig door = config.doors().get(0);
        assertThat(door.antiPassback().mode()).isEqualTo(PassbackConfig.Mode.OFF);
        assertThat(door.uncertain()).isEqualTo(OnUncertain.PIN);
        assertThat(door.schedules().get("everybody")).isEqualTo(List.of("Mon-Fri 07:00-19:00", "Sat 08:00-12:00"));
        assertThat(door.holidays()).containsEntry("12-25", List.of());
        assertThat(door.sensor().reportForced()).isFalse();
    }

    /** The alternatives in the comments, as they stand there. */
    static Stream<String> locksAndSensorsInTheComments() throws IOException {
        Matcher found = Pattern.compile("\\{type: (gpio|http|mqtt|none)[^{}]*(\\{[^{}]*\\}[^{}]*)*\\}")
                .matcher(Files.readString(EXAMPLE));
        return found.results().map(match -> match.group());
    }

    @ParameterizedTest
    @MethodSource("locksAndSensorsInTheComments")
    void shouldLoadEveryAlternative(String section) throws IOException {
        String key = section.contains("open-when") || section.contains("held-open") ? "sensor" : "lock";

        assertThat(load(key + ": " + section).id()).isEqualTo("main");
    }

    @Test
    void shouldShowAlternativesOfEveryKind() throws IOException {
        assertThat(locksAndSensorsInTheComments().map(text -> text.replaceAll("\\{type: (\\w+).*", "$1")))
                .contains("gpio", "http", "mqtt", "none");
    }

    @Test
    void shouldReadALock() throws IOException {
        GpioLockConfig lock = (GpioLockConfig)
                load("lock: {type: gpio, pulse: 800ms, chip: pinctrl-rp1, line: 17, released-when: low}")
                        .lock();

        assertThat(lock.pulse()).isEqualTo(Duration.ofMillis(800));
        assertThat(lock.releasedWhen()).isEqualTo(Level.LOW);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "lock: {type: gpio, line: 17} | doors[0].lock.chip: must be the GPIO chip",
                "lock: {type: gpio, chip: ../sda, line: 17} | doors[0].lock.chip: must be the GPIO chip",
                "lock: {type: gpio, chip: gpiochip0} | doors[0].lock.line: is missing: must be a whole number",
                "lock: {type: http} | doors[0].lock.url: must be an address",
                "lock: {type: http, url: 'ftp://x/y'} | doors[0].lock.url: must be an address",
                "lock: {type: http, url: 'http://x/y', method: TRACE} | doors[0].lock.method: must be GET, POST or PUT, was TRACE",
                "lock: {type: mqtt, topic: 'a/#'} | doors[0].lock.topic: must name the topic",
                "lock: {pulse: 10m} | doors[0].lock.pulse: must be 200ms..5m, was 10m",
                "lock: {type: magic} | doors[0].lock.type: must be one of none, gpio, http, mqtt, was magic",
                "lock: {colour: red} | doors[0].lock.colour: no such key",
                "cool-down: 2h | doors[0].cool-down: must be 0s..1h, was 2h",
                "anti-passback: {reset: 1s} | doors[0].anti-passback.reset: must be 1m..7d, was 1s",
                "pin: {attempts: 0} | doors[0].pin.attempts: must be 1..20, was 0",
                "time-zone: Berlin | doors[0].time-zone: must be a region such as Europe/Berlin, was Berlin",
                "schedules: {staff: [sometimes]} | doors[0].schedules.staff: must be days and hours",
                "holidays: {12-32: []} | doors[0].holidays.12-32: must be a day",
                "sensor: {type: gpio, chip: gpiochip0, line: 2000} | doors[0].sensor.line: must be the line of the chip, 0..1023, was 2000",
            })
    void shouldNameWhatIsWrong(String section, String message) {
        assertThatThrownBy(() -> load(section))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message);
    }

    @Test
    void shouldRefuseTwoDoorsOfOneNameAndACameraOfNoDoor() {
        assertThatThrownBy(() -> file("doors: [{id: a}, {id: a}]")).hasMessageContaining("doors: two have the id a");
        assertThatThrownBy(() -> file("doors: [{id: '../a'}]")).hasMessageContaining("doors[0].id: must be 1 to 40");
        assertThatThrownBy(() -> file("cameras: [{id: c, source: /dev/video0, door: b}]\ndoors: [{id: a}]"))
                .hasMessageContaining("cameras: c belongs to the door b");
    }

    private DoorConfig load(String section) throws IOException {
        return file("doors:\n  - id: main\n    " + section + "\n").doors().get(0);
    }

    private LintelConfig file(String yaml) throws IOException {
        Path file = Files.writeString(home.resolve("lintel.yaml"), yaml);
        return ConfigLoader.load(home, file, Map.of());
    }
}

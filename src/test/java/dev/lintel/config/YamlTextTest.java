package dev.lintel.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTextTest {
    private static final String FILE = """
            # The box at the back door.
            gateway:
              port: 8000   # behind the proxy
              # Who may call.
              keys: []
              # concurrency: 16

            # Cameras, from left to right.
            cameras:
              - {id: front, source: /dev/video0}   # the old one
              # The new one:
              - id: back
                source: 'rtsp://anna:pa#ss@10.0.0.5/live'  # keep quoted
                fps: 10
            # Nobody on Sundays.
            doors:
            - id: main
              lock: {type: gpio, line: 17}
              schedules:
                everybody: [Mon-Sat 07:00-19:00]

            logging:
            """;

    private final YamlText file = YamlText.of(FILE);

    @Test
    void shouldReplaceAScalarAndNothingElse() {
        assertThat(file.set("gateway.port", 9000).text()).isEqualTo(FILE.replace("port: 8000 ", "port: 9000 "));
        assertThat(file.set("cameras[1].fps", 25).text()).isEqualTo(FILE.replace("fps: 10", "fps: 25"));
        assertThat(file.set("cameras[0].id", "side").text()).isEqualTo(FILE.replace("id: front", "id: side"));
        assertThat(file.set("doors[0].lock.line", 4).text()).isEqualTo(FILE.replace("line: 17", "line: 4"));
    }

    @Test
    void shouldReplaceAListInItsPlace() {
        assertThat(file.set("doors[0].schedules.everybody", List.of("always")).text())
                .isEqualTo(FILE.replace("[Mon-Sat 07:00-19:00]", "[always]"));
    }

    @Test
    void shouldAddAKeyBelowTheCommentThatShowsIt() {
        assertThat(file.set("gateway.concurrency", 4).text())
                .isEqualTo(FILE.replace("  # concurrency: 16\n", "  # concurrency: 16\n  concurrency: 4\n"));
    }

    @Test
    void shouldAddAKeyToTheEndOfItsSection() {
        assertThat(file.set("gateway.host", "0.0.0.0").text())
                .isEqualTo(FILE.replace("  keys: []\n", "  keys: []\n  host: 0.0.0.0\n"));
        assertThat(file.set("doors[0].lock.chip", "gpiochip0").text())
                .isEqualTo(FILE.replace("line: 17}", "line: 17, chip: gpiochip0}"));
        assertThat(file.set("cameras[1].door", "main").text())
                .isEqualTo(FILE.replace("    fps: 10\n", "    fps: 10\n    door: main\n"));
    }

    @Test
    void shouldAddASectionThatIsMissingOrEmpty() {
        assertThat(file.set("logging.level", "debug").text()).isEqualTo(FILE + "  level: debug\n");
        assertThat(file.set("delivery.mqtt.host", "broker").text())
                .isEqualTo(FILE + "delivery:\n  mqtt:\n    host: broker\n");
        assertThat(YamlText.of("").set("time-zone", "Europe/Vienna").text()).isEqualTo("time-zone: Europe/Vienna\n");
        assertThat(YamlText.of("# nothing yet").set("a.b", 1).text()).isEqualTo("# nothing yet\na:\n  b: 1\n");
    }

    @Test
    void shouldReplaceASectionOrAnItemWhole() {
        Map<String, Object> camera = new LinkedHashMap<>();
        camera.put("id", "yard");
        camera.put("source", "/dev/video7");
        assertThat(file.replace("cameras[0]", camera).text())
                .isEqualTo(FILE.replace("{id: front, source: /dev/video0}", "{id: yard, source: /dev/video7}"));
        assertThat(file.replace("cameras[1]", camera).text())
                .isEqualTo(FILE.replace(
                        "id: back\n    source: 'rtsp://anna:pa#ss@10.0.0.5/live'  # keep quoted\n    fps: 10\n",
                        "id: yard\n    source: /dev/video7\n"));
        assertThat(file.replace("doors[0].schedules", Map.of("staff", List.of("always")))
                        .text())
                .isEqualTo(FILE.replace("everybody: [Mon-Sat 07:00-19:00]", "staff: [always]"));
    }

    @Test
    void shouldMergeASection() {
        Map<String, Object> lock = new LinkedHashMap<>();
        lock.put("type", "gpio");
        lock.put("line", 5);
        lock.put("pulse", "3s");
        assertThat(file.set("doors[0].lock", lock).text())
                .isEqualTo(FILE.replace("{type: gpio, line: 17}", "{type: gpio, line: 5, pulse: 3s}"));
    }

    @Test
    void shouldAppendToLists() {
        Map<String, Object> camera = new LinkedHashMap<>();
        camera.put("id", "yard");
        camera.put("source", "rtsp://anna:a#b@c/");
        assertThat(file.append("cameras", camera).text())
                .isEqualTo(
                        FILE.replace("    fps: 10\n", "    fps: 10\n  - {id: yard, source: 'rtsp://anna:a#b@c/'}\n"));
        assertThat(file.append("doors", Map.of("id", "yard")).text())
                .isEqualTo(FILE.replace("19:00]\n", "19:00]\n- {id: yard}\n"));
        assertThat(file.append("gateway.keys", Map.of("name", "desk")).text())
                .isEqualTo(FILE.replace("  keys: []\n", "  keys:\n    - {name: desk}\n"));
        assertThat(file.append("doors[0].schedules.everybody", "Sun 10:00-12:00")
                        .text())
                .isEqualTo(FILE.replace("19:00]", "19:00, 'Sun 10:00-12:00']"));
        assertThat(file.append("attendance.holidays", "2026-12-25").text())
                .isEqualTo(FILE + "attendance:\n  holidays: ['2026-12-25']\n");
    }

    @Test
    void shouldTakeAway() {
        assertThat(file.remove("cameras[1].fps").text()).isEqualTo(FILE.replace("    fps: 10\n", ""));
        assertThat(file.remove("cameras[0]").text())
                .isEqualTo(FILE.replace("  - {id: front, source: /dev/video0}   # the old one\n", ""));
        assertThat(file.remove("doors[0].lock.line").text()).isEqualTo(FILE.replace(", line: 17", ""));
        assertThat(file.remove("doors[0].lock.type").text()).isEqualTo(FILE.replace("type: gpio, ", ""));
        assertThat(file.remove("doors[0]").text()).contains("doors:\n  []").contains("# Nobody on Sundays.");
        assertThat(file.remove("nothing.there")).isSameAs(file);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"off", "yes", "12", "0x10", "08:00", "2026-12-25", "a: b", "a #b", "- a", "ä'\"\\", "", " x "})
    void shouldKeepATextAText(String value) throws IOException {
        String text = file.set("logging.level", value)
                .set("doors[0].lock.chip", value)
                .text();

        assertThat(YamlReader.parse(text, "").at("/logging/level").asText()).isEqualTo(value);
        assertThat(YamlReader.parse(text, "").at("/doors/0/lock/chip").asText()).isEqualTo(value);
        assertThat(YamlReader.parse(text, "").at("/logging/level").isTextual()).isTrue();
    }

    @Test
    void shouldKeepTheLineEndsOfWindowsAndCharactersBeyondThePlane() {
        String windows = "# \uD83D\uDEAA door\r\na:\r\n  b: 1 # \uD83D\uDE00\r\n";

        assertThat(YamlText.of(windows).set("a.b", 2).set("a.c", 3).text())
                .isEqualTo("# \uD83D\uDEAA door\r\na:\r\n  b: 2 # \uD83D\uDE00\r\n  c: 3\r\n");
    }

    @Test
    void shouldRefuseWhatWouldChangeSomethingElse() {
        YamlText shared = YamlText.of("a: &x {b: 1}\nc: *x\n");

        assertThatThrownBy(() -> shared.set("a.b", 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a.b: cannot be changed in this file");
        assertThatThrownBy(() -> file.set("cameras[7].id", "x")).hasMessageContaining("no item [7]");
        assertThatThrownBy(() -> YamlText.of("- a")).hasMessageContaining("keys and values");
        assertThatThrownBy(() -> YamlText.of("a: [")).hasMessageContaining("no YAML");
    }

    /** Every key of the operator's file can be set, and only its line changes. */
    @ParameterizedTest
    @CsvSource({
        "gateway.port, 9000",
        "gateway.max-buffered, 64MB",
        "liveness.sequence.live-score, 0.8",
        "liveness.sequence.trust-motion, true",
        "delivery.mqtt.host, broker",
        "delivery.mqtt.ca-file, conf/ca.pem",
        "defaults.camera.region.left, 0.2",
        "defaults.door.sensor.chip, gpiochip0",
        "time-zone, Europe/Vienna"
    })
    void shouldChangeOneLineOfTheOperatorsFile(String path, String value) throws IOException {
        String shipped = Files.readString(Path.of("conf/lintel.yaml"));

        String changed = YamlText.of(shipped).set(path, value).text();

        List<String> before = shipped.lines().toList();
        List<String> after = changed.lines().toList();
        List<String> added =
                after.stream().filter(line -> !before.contains(line)).toList();
        assertThat(added).hasSize(1);
        assertThat(after.size() - before.size()).isBetween(0, 1);
        int at = after.indexOf(added.get(0));
        String key = path.replaceAll(".*\\.", "");
        assertThat(after.size() == before.size() || after.get(at - 1).strip().startsWith("# " + key + ":"))
                .as("in its place, or below the comment that shows it")
                .isTrue();
    }
}

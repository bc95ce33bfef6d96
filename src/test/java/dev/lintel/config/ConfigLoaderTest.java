package dev.lintel.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.camera.CameraConfig;
import dev.lintel.camera.RegionConfig;
import dev.lintel.door.lock.GpioLockConfig;
import dev.lintel.door.lock.Level;
import dev.lintel.testkit.Configs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {
    @TempDir
    Path home;

    private LintelConfig load(String yaml, Map<String, String> environment) throws IOException {
        Path file = home.resolve("conf/lintel.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, yaml);
        return ConfigLoader.load(home, file, environment);
    }

    private LintelConfig defaultsAtHome() {
        return HomePaths.resolve(Configs.of(LintelConfig.class), home);
    }

    @Test
    void shouldHaveDefaultsWithoutAFile() {
        assertThat(ConfigLoader.load(home, home.resolve("conf/lintel.yaml"), Map.of()))
                .isEqualTo(defaultsAtHome());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# only a comment\n", "---\n", "embedding:\n", "logging: {}\n"})
    void shouldAcceptAnEmptyFile(String yaml) throws IOException {
        assertThat(load(yaml, Map.of())).isEqualTo(defaultsAtHome());
    }

    @Test
    void shouldLetTheFileWinOverDefaultsAndTheEnvironmentOverTheFile() throws IOException {
        String yaml = "embedding: {threads: 3}\nliveness: {threads: 5}\n";

        LintelConfig config = load(yaml, Map.of("LINTEL_EMBEDDING_THREADS", "7", "PATH", "/bin", "LINTEL_HOME", "/x"));

        assertThat(config.embedding().threads()).isEqualTo(7);
        assertThat(config.liveness().threads()).isEqualTo(5);
    }

    @Test
    void shouldResolvePathsAgainstHome() throws IOException {
        assertThat(load("embedding: {model: models/other}", Map.of())
                        .embedding()
                        .model())
                .isEqualTo(home.resolve("models/other"));
        assertThat(load("embedding: {model: /srv/pack}", Map.of()).embedding().model())
                .isEqualTo(Path.of("/srv/pack"));
        assertThat(load("", Map.of()).embedding().model()).isAbsolute().startsWithRaw(home);
    }

    @Test
    void shouldTellNoLivenessPackFromOneOfThatName() throws IOException {
        assertThat(load("liveness: {model: none}", Map.of()).liveness().network())
                .isEmpty();
        assertThat(load("liveness: {model: models/none}", Map.of()).liveness().network())
                .hasValue(home.resolve("models/none"));
        assertThat(load("", Map.of()).liveness().network()).hasValue(home.resolve("models/lintel-live"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "embedding: {threads: 0}       | conf/lintel.yaml: embedding.threads: must be 1..64, was 0",
                "embedding: {thread: 2}        | conf/lintel.yaml: embedding.thread: no such key; did you mean embedding.threads?",
                "embeding: {threads: 2}        | conf/lintel.yaml: embeding: no such key; did you mean embedding?",
                "embedding: {threads: many}    | conf/lintel.yaml: embedding.threads: must be a whole number",
                "embedding: {threads: 1.5}     | conf/lintel.yaml: embedding.threads: must be a whole number",
                "embedding: 4                  | conf/lintel.yaml: embedding: must be a section of keys",
                "liveness: {max-saturation: x} | conf/lintel.yaml: liveness.max-saturation: must be a number",
                "liveness: {max-saturation: 2} | conf/lintel.yaml: liveness.max-saturation: must be 0..1, was 2",
                "logging: {format: xml}        | conf/lintel.yaml: logging.format: must be plain or json, was xml",
                "just text                     | conf/lintel.yaml: must hold keys and values",
                "a: [1, 2                      | conf/lintel.yaml line 1: is no YAML: while parsing a flow sequence: expected ',' or ']'",
            })
    void shouldNameTheKeyAndWhatItMustBe(String yaml, String message) {
        assertThatThrownBy(() -> load(yaml, Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void shouldRefuseAKeyThatStandsTwice() {
        assertThatThrownBy(() -> load("logging: {level: info}\nlogging: {level: warn}\n", Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Duplicate")
                .hasMessageContaining("logging");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LINTEL_EMBEDDING_THREADS | 0    | environment variable LINTEL_EMBEDDING_THREADS: embedding.threads: must be 1..64, was 0",
                "LINTEL_EMBEDDING_THREADS | lots | environment variable LINTEL_EMBEDDING_THREADS: embedding.threads: must be a whole",
                "LINTEL_EMBEDDING_THREAD  | 2    | environment variable LINTEL_EMBEDDING_THREAD is no key of the configuration: did you mean LINTEL_EMBEDDING_THREADS?",
                "LINTEL_WALLPAPER         | red  | environment variable LINTEL_WALLPAPER is no key of the configuration: a key such as",
            })
    void shouldNameTheVariable(String name, String value, String message) {
        assertThatThrownBy(() -> load("", Map.of(name, value)))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void shouldBlameTheFileForTheFilesMistakesEvenWhenTheEnvironmentOverridesThem() {
        assertThatThrownBy(() -> load("embedding: {threads: 0}", Map.of("LINTEL_EMBEDDING_THREADS", "2")))
                .hasMessageStartingWith("conf/lintel.yaml: embedding.threads");
    }

    @Test
    void shouldSayEverythingThatIsWrongAtOnce() {
        String yaml = """
                embedding: {threads: many}
                gateway: {port: 70000, max-files: 0, colour: red}
                tracking: {votes: 1, margin: 2}
                visitors: 3
                doors:
                  - {id: a b, cool-down: 2h, pin: {attempts: 0, patience: soon}}
                  - {id: back, schedules: {staff: [sometimes, never]}, lock: {type: gpio, line: 5000}}
                delivery: {mqtt: {host: 'mqtt://anna:hush@broker:1883', password: {hush: 1}}}
                cameras: [{id: front, source: 'ftp://anna:hush@host/'}]
                """;

        assertThatThrownBy(() -> load(yaml, Map.of("LINTEL_LOGGING_LEVEL", "loud", "LINTEL_WALLPAPER", "red")))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.getMessage().lines().map(line -> line.replace("conf/lintel.yaml: ", "")))
                                .satisfies(lines -> assertThat(String.join("\n", lines))
                                        .contains(
                                                "embedding.threads: must be a whole number, was many",
                                                "gateway.port: must be 0..65535, was 70000",
                                                "gateway.max-files: must be 1..1000, was 0",
                                                "gateway.colour: no such key",
                                                "tracking.votes: must be 2..20, was 1",
                                                "tracking.margin: must be 0..1, was 2.0",
                                                "visitors: must be a section of keys, was 3",
                                                "doors[0].id: must be 1 to 40 letters, digits, - or _, was 'a b'",
                                                "doors[0].cool-down: must be 0s..1h, was 2h",
                                                "doors[0].pin.attempts: must be 1..20, was 0",
                                                "doors[0].pin.patience: must be a duration such as 500ms, 10s, 5m, 2h or PT10S, was soon",
                                                "doors[1].schedules.staff: must be days and hours, such as Mon-Fri 07:00-19:00, or always, was 'sometimes'",
                                                "was 'never'",
                                                "doors[1].lock.chip: must be the GPIO chip",
                                                "doors[1].lock.line: must be the line of the chip, 0..1023, was 5000",
                                                "delivery.mqtt.host: must be the broker's name or number alone",
                                                "delivery.mqtt.password: must be a text, was a section",
                                                "cameras[0].source: begins with ftp://",
                                                "environment variable LINTEL_LOGGING_LEVEL: logging.level: must be",
                                                "environment variable LINTEL_WALLPAPER is no key")
                                        .doesNotContain("hush", "anna"))
                                .isNotEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gateway: {keys: hush}",
                "gateway: {keys: [hush]}",
                "gateway: {keys: [{name: a, role: admin, key: [hush]}]}",
                "cameras: ['rtsp://anna:hush@x/']",
                "cameras: [{id: a, source: {hush: 1}}]",
                "delivery: {webhooks: ['http://anna:hush@x/']}",
                "delivery: {mqtt: 'mqtt://anna:hush@x'}",
                "delivery: {mqtt: {port: 'anna:hush@x'}}",
                "delivery: {webhooks: [{name: a, url: 'http://anna:hush@x/'}]}",
                "doors: [{id: a, lock: 'http://anna:hush@x/'}]",
                "doors: [{id: a, lock: {type: http, url: 'http://ho st:hush@x/ y'}}]",
            })
    void shouldNotRepeatASecret(String yaml) {
        assertThatThrownBy(() -> load(yaml, Map.of()))
                .isInstanceOf(ConfigException.class)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hush", "anna"));
    }

    @Test
    void shouldCompleteItemsFromTheTemplateOfTheirKind() throws IOException {
        LintelConfig config = load("""
                defaults:
                  camera: {fps: 10, region: {left: 0.1}}
                  lock: {any: {pulse: 3s}, gpio: {released-when: low}}
                cameras:
                  - {id: front, source: /dev/video0}
                  - {id: back, source: /dev/video1, fps: 5, region: {top: 0.2}}
                doors:
                  - {id: main, lock: {type: gpio, chip: gpiochip0, line: 17}, schedules: {staff: [daily 08:00-18:00]}}
                """, Map.of());

        assertThat(config.cameras()).extracting(CameraConfig::fps).containsExactly(10, 5);
        assertThat(config.cameras().get(1).region()).isEqualTo(new RegionConfig(0.1, 0.2, 1, 1));
        assertThat(config.doors().get(0).lock())
                .isEqualTo(new GpioLockConfig(Duration.ofSeconds(3), true, "gpiochip0", 17, Level.LOW));
        assertThat(config.doors().get(0).schedules())
                .as("hours are replaced, never added to: everybody would pass otherwise")
                .containsOnlyKeys("staff");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "defaults: {camera: {fsp: 3}}         | defaults.camera.fsp: no such key; did you mean defaults.camera.fps?",
                "defaults: {window: {}}               | defaults.window: no such key",
                "defaults: {lock: {gpio: {topic: a}}} | defaults.lock.gpio.topic: no such key",
            })
    void shouldRefuseTemplatesOfNothing(String yaml, String message) {
        assertThatThrownBy(() -> load(yaml, Map.of())).hasMessageContaining(message);
    }

    @Test
    void shouldSayThatAValueComesFromATemplate() {
        assertThatThrownBy(() ->
                        load("defaults: {camera: {fps: 100}}\ncameras: [{id: front, source: /dev/video0}]", Map.of()))
                .hasMessageContaining("cameras[0].fps: must be 1..60, was 100 (by 'defaults')");
    }

    @Test
    void shouldFollowTheMachineAndOtherKeysWhereNothingIsSaid() throws IOException {
        assertThat(load("delivery: {mqtt: {tls: true}}", Map.of())
                        .delivery()
                        .mqtt()
                        .port())
                .isEqualTo(8883);
        assertThat(load("liveness: {sequence: {trust-motion: true}}", Map.of())
                        .liveness()
                        .sequence()
                        .liveScore())
                .isEqualTo(0.6);
        assertThat(load("tracking: {votes: 2}", Map.of()).tracking().strangerVotes())
                .isEqualTo(2);
        assertThat(load("gateway: {max-upload: 30MB}", Map.of()).gateway().maxRequest())
                .isEqualTo(60_000_000);
        assertThat(load("", Map.of()).embedding().threads()).isBetween(1, 4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "time-zone: Europe/Vienna                     | Europe/Vienna",
                "attendance: {time-zone: Europe/Vienna}       | Europe/Vienna",
                "'doors: [{id: a, time-zone: Asia/Tokyo}]'    | Asia/Tokyo",
                "'{time-zone: Asia/Tokyo, attendance: {time-zone: Asia/Tokyo}}' | Asia/Tokyo",
                "'attendance: {time-zone: \"\"}'              | machine",
            })
    void shouldHaveOneTimeZone(String yaml, String zone) throws IOException {
        ZoneId expected = zone.equals("machine") ? ZoneId.systemDefault() : ZoneId.of(zone);

        LintelConfig config = load(yaml, Map.of());

        assertThat(config.timeZone()).isEqualTo(expected);
        assertThat(config.attendance().zone()).isEqualTo(expected);
        assertThat(config.doors())
                .allSatisfy(door -> assertThat(door.timeZone()).isEqualTo(expected));
    }

    @Test
    void shouldRefuseTwoTimeZones() {
        assertThatThrownBy(() -> load("time-zone: Asia/Tokyo\nattendance: {time-zone: Europe/Vienna}", Map.of()))
                .hasMessage(
                        "conf/lintel.yaml: attendance.time-zone: is Europe/Vienna: the box has one time zone, Asia/Tokyo"
                                + " ('time-zone' at the top): leave this one out");
        assertThatThrownBy(() ->
                        load("doors: [{id: a, time-zone: Asia/Tokyo}, {id: b, time-zone: Europe/Vienna}]", Map.of()))
                .hasMessageContaining("doors[0].time-zone: is Asia/Tokyo");
    }

    @Test
    void shouldSayWhereTheFileIsNoYamlWithoutQuotingIt() {
        assertThatThrownBy(() -> load("a: b\ncameras: [{source: 'rtsp://anna:hush@x/'", Map.of()))
                .hasMessageStartingWith("conf/lintel.yaml line ")
                .hasMessageContaining("is no YAML: while parsing a flow")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hush"));
    }
}

package dev.lintel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckConfigTest {
    private static final String REPOSITORY = Path.of("").toAbsolutePath().toString();

    @TempDir
    Path folder;

    private record Run(int exit, String out, String err) {}

    private Run check(String yaml, String home) throws IOException {
        Path file = Files.writeString(folder.resolve("lintel.yaml"), yaml);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = LintelCommand.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute("check-config", "--config", file.toString(), "--home", home);
        return new Run(exit, out.toString(), err.toString());
    }

    @Test
    void shouldWarnOfALevelThatIsLearntFromTheFutureOn() throws IOException {
        String yaml = "cameras:\n  - {id: front, source: 'rtsp://cam/live', level-since: '%s'}\n";

        assertThat(check(yaml.formatted("2999-01-01T00:00:00Z"), REPOSITORY).out)
                .contains("warning    camera front: level-since is 2999-01-01T00:00:00Z, in the future");
        assertThat(check(yaml.formatted("2020-01-01T00:00:00Z"), REPOSITORY).out)
                .doesNotContain("level-since");
    }

    @Test
    void shouldPrintWhatItUnderstood() throws IOException {
        Files.writeString(folder.resolve("clip.avi"), "");
        Run run = check("""
                time-zone: Europe/Vienna
                cameras:
                  - {id: front, source: 'rtsp://anna:hush@cam_1/live', door: main, direction: in}
                  - {id: film, source: CLIP}
                doors:
                  - id: main
                    lock: {type: http, url: 'http://anna:hush@relay/on', pulse: 3s}
                    schedules: {everybody: [Mon-Fri 07:00-19:00], staff: [always]}
                    holidays: {12-25: [], 12-24: [08:00-12:00]}
                  - {id: back, lock: {type: gpio, chip: gpiochip0, line: 17}, require-liveness: false}
                attendance: {enabled: true, day-start: 4, schedule: [{days: [mon, tue], start: '08:00', end: '16:30'}]}
                delivery:
                  webhooks: [{name: desk, url: 'http://desk.lan:1880/hush'}]
                  mqtt: {host: broker}
                """.replace("CLIP", folder.resolve("clip.avi").toString()), REPOSITORY);

        assertThat(run.err).isEmpty();
        assertThat(run.exit).isZero();
        assertThat(run.out)
                .contains(
                        "lintel.yaml is valid",
                        "time zone  Europe/Vienna, now ",
                        "camera     front: rtsp://cam_1:554, in, door main",
                        "camera     film: " + folder.resolve("clip.avi") + ", both, no door",
                        "door       main: lock http, POST to http://relay:80, pulse 3s, fail secure",
                        "  hours    everybody: Mon-Fri 07:00-19:00",
                        "  hours    staff: always",
                        "  day      12-25: closed",
                        "  day      12-24: 08:00-12:00",
                        "door       back: lock gpio, line 17 of gpiochip0, released when high, pulse 5s, fail secure, opens to"
                                + " photographs: require-liveness is false",
                        "attendance days begin at 4:00",
                        "  expected mon, tue 08:00-16:30",
                        "webhook    desk: http://desk.lan:1880",
                        "broker     broker:1883")
                .doesNotContain("hush", "anna");
    }

    @Test
    void shouldFindWhatIsMissing() throws IOException {
        Run run = check("""
                vision: {model: models/none-such}
                embedding: {model: docs}
                cameras: [{id: film, source: clips/none-such.mp4}]
                delivery: {mqtt: {host: broker, ca-file: conf/none-such.pem}}
                """, REPOSITORY);

        assertThat(run.exit).isEqualTo(78);
        assertThat(run.err.lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("lintel: vision.model: there is no folder ")
                                .contains("models/none-such"),
                        line -> assertThat(line).startsWith("lintel: embedding.model: "),
                        line -> assertThat(line)
                                .startsWith("lintel: cameras[0].source: there is no ")
                                .contains("clips/none-such.mp4"),
                        line -> assertThat(line).startsWith("lintel: delivery.mqtt.ca-file: there is no "));
        assertThat(run.out).contains("lintel.yaml can be read", "camera     film: ");
    }

    @Test
    void shouldSayAllThatIsWrongALineEach() throws IOException {
        Run run = check("gateway: {prot: 1, max-files: 0}\ndoors: [{id: a b}]\n", REPOSITORY);

        assertThat(run.exit).isEqualTo(78);
        assertThat(run.err.lines())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).startsWith("lintel: ").contains("lintel.yaml: "));
    }
}

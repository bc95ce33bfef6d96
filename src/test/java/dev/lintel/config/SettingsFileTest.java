package dev.lintel.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lintel.config.SettingsChange.Kind;
import dev.lintel.config.SettingsFile.DifferentLine;
import dev.lintel.config.SettingsFile.Proposal;
import dev.lintel.config.SettingsFile.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsFileTest {
    private static final String TEXT = """
            # The back door. The old one was rtsp://root:oldpass@10.0.0.4/live
            cameras:
              - {id: front, source: 'rtsp://anna:hunter2@10.0.0.5/live?token=t0ken', door: main}   # keep
            doors:
              - id: main
                lock: {type: http, url: 'http://relay/secret-path', headers: {Authorization: Basic b64b64}}
                schedules:
                  everybody: [Mon-Fri 07:00-19:00]
            delivery:
              webhooks:
                - {name: desk, url: 'https://desk.example/hook/abc', secret: 0123456789abcdef}
              mqtt: {host: broker, username: lintel, password: pa55word}
            """;
    private static final List<String> SECRETS =
            List.of("hunter2", "t0ken", "secret-path", "b64b64", "0123456789abcdef", "abc'", "pa55word", "oldpass");

    @TempDir
    Path home;

    private Path file;
    private SettingsFile settings;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(home.resolve("lintel.yaml"), TEXT);
        settings = with(Map.of());
    }

    private SettingsFile with(Map<String, String> environment) {
        return new SettingsFile(
                home,
                file,
                environment,
                home.resolve("versions"),
                Set.of(home.resolve("models/other")),
                InstantSource.fixed(Instant.parse("2026-11-30T08:00:00Z")));
    }

    @Test
    void shouldShowEveryKeyButNoSecret() throws IOException {
        Settings shown = settings.read();

        assertThat(shown.tree().at("/doors/0/schedules/everybody/0").asText()).isEqualTo("Mon-Fri 07:00-19:00");
        assertThat(shown.tree().at("/cameras/0/source").asText()).isEqualTo("rtsp://10.0.0.5:554");
        assertThat(shown.tree().at("/doors/0/lock/type").asText()).isEqualTo("http");
        assertThat(shown.tree().at("/attendance/keep-events").asText()).isEqualTo("90d");
        assertThat(shown.tree().at("/delivery/mqtt/host").asText()).isEqualTo("broker");
        assertThat(shown.hidden())
                .contains(
                        "cameras[0].source",
                        "doors[0].lock.url",
                        "doors[0].lock.headers.Authorization",
                        "delivery.webhooks[0].secret",
                        "delivery.mqtt.password");
        assertThat(SECRETS).noneMatch(secret -> shown.tree().toString().contains(secret));
    }

    @Test
    void shouldChangeOnePlaceAndKeepTheRestAsItWasWritten() throws IOException {
        Proposal proposal = settings.propose(List.of(
                change(Kind.REPLACE, "doors[0].schedules", "{everybody: [always], staff: ['Sat 08:00-12:00']}")));
        assertThat(proposal.problems()).isEmpty();
        settings.save(proposal, "anna");

        assertThat(Files.readString(file))
                .startsWith(TEXT.substring(0, TEXT.indexOf("    schedules:")))
                .contains("staff: ['Sat 08:00-12:00']")
                .doesNotContain("Mon-Fri")
                .endsWith(TEXT.substring(TEXT.indexOf("delivery:")));
        assertThat(settings.config().doors().get(0).schedules()).containsOnlyKeys("everybody", "staff");
    }

    @Test
    void shouldNeverShowASecretInTheDifference() throws IOException {
        Proposal proposal = settings.propose(List.of(
                change(Kind.SET, "cameras[0].source", "'rtsp://anna:s3cond@10.0.0.9/other'"),
                change(Kind.SET, "delivery.mqtt.password", "thirdOne"),
                change(Kind.SET, "doors[0].lock.headers.Authorization", "Basic f0urth"),
                change(Kind.SET, "delivery.webhooks[0].secret", "fedcba9876543210")));

        assertThat(proposal.problems()).isEmpty();
        assertThat(proposal.lines()).extracting(DifferentLine::added).containsSubsequence(false, true);
        assertThat(proposal.lines().toString())
                .contains("rtsp://10.0.0.9:554/••• (new)", "password: ••• (new)", "secret: ••• (new)")
                .doesNotContain("s3cond", "other", "thirdOne", "f0urth", "fedcba9876543210");
        assertThat(SECRETS).noneMatch(secret -> proposal.lines().toString().contains(secret));
        assertThat(proposal.toString()).doesNotContain("thirdOne", "hunter2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SET | doors[0].lock.pulse | 1h | doors[0].lock.pulse",
                "SET | cameras[0].door | nowhere | cameras",
                "SET | logging.level | loud | logging.level",
                "SET | doors[0].schedules.everybody | [Mon-Fri 7-19] | doors[0].schedules.everybody",
                "REPLACE | cameras[0] | {id: front} | cameras[0].source",
                "SET | no.such.key | 1 | no",
                "APPEND | cameras | {id: front, source: /dev/video1} | cameras"
            })
    void shouldNeverWriteWhatIsWrong(Kind kind, String path, String value, String key) throws IOException {
        Proposal proposal = settings.propose(List.of(change(kind, path, value)));

        assertThat(proposal.problems()).extracting(ConfigProblem::path).contains(key);
        assertThatThrownBy(() -> settings.save(proposal, "anna")).isInstanceOf(IllegalStateException.class);
        assertThat(Files.readString(file)).isEqualTo(TEXT);
        assertThat(settings.versions()).isEmpty();
    }

    /** However it is written: by its own key, by its section, by the defaults of a list. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SET | store.database | /etc/passwd",
                "SET | store | {database: /tmp/other.db}",
                "SET | vision.model | /tmp/pack",
                "SET | liveness.sequence.trust-motion | true",
                "SET | delivery.webhooks[0] | {secret-file: /etc/shadow}",
                "SET | defaults.webhook.secret-file | /etc/shadow",
                "SET | delivery.mqtt.ca-file | /etc/hosts",
                "SET | delivery.pseudonym-key | /tmp/key",
                "SET | embedding.model | ../elsewhere",
                "APPEND | cameras | {id: files, source: /home}",
                "SET | cameras[0].source | data/films/anna.mp4",
                "SET | gateway.keys | [{name: me, role: admin, key: 0123456789abcdef}]",
                "SET | gateway.max-import | 1GB"
            })
    void shouldKeepFilesAndKeysOutOfReach(Kind kind, String path, String value) throws IOException {
        assertThat(settings.propose(List.of(change(kind, path, value))).problems())
                .isNotEmpty();
        assertThat(Files.readString(file)).isEqualTo(TEXT);
    }

    @Test
    void shouldChooseAmongTheModelsOfTheBox() throws IOException {
        assertThat(settings.propose(List.of(change(Kind.SET, "embedding.model", "models/other")))
                        .problems())
                .isEmpty();
    }

    @Test
    void shouldSayThatTheEnvironmentGoesFirst() throws IOException {
        SettingsFile fixed = with(Map.of("LINTEL_LOGGING_LEVEL", "warn"));

        assertThat(fixed.read().overridden()).containsExactly("logging.level");
        assertThat(fixed.propose(List.of(change(Kind.SET, "logging.level", "debug")))
                        .problems())
                .extracting(ConfigProblem::text)
                .containsExactly("is set by the environment of the service: change it there, or take it away there");
    }

    @Test
    void shouldSayThatThePackageHasOneEngineOnly() throws IOException {
        SettingsFile fixed = with(Map.of("LINTEL_INFERENCE_ENGINE", "lite", "LINTEL_ONLY_ENGINE", "lite"));

        assertThat(fixed.propose(List.of(change(Kind.SET, "inference.engine", "tensorflow")))
                        .problems())
                .singleElement()
                .extracting(ConfigProblem::text)
                .asString()
                .contains("lintel-lite, has only TensorFlow Lite", "install the package lintel");
    }

    @Test
    void shouldRefuseToOverwriteWhatSomebodyElseWrote() throws IOException {
        Proposal proposal = settings.propose(List.of(change(Kind.SET, "logging.level", "debug")));
        Files.writeString(file, TEXT + "visitors: {keep: 1h}\n");

        assertThatThrownBy(() -> settings.save(proposal, "anna")).hasMessage("the file was changed meanwhile");
        assertThat(Files.readString(file)).contains("keep: 1h").doesNotContain("debug");
    }

    @Test
    void shouldKeepTenVersionsAndGoBack() throws IOException {
        for (int i = 0; i < 12; i++) {
            settings.save(settings.propose(List.of(change(Kind.SET, "visitors.most", "10" + i))), "anna");
        }
        List<SettingsVersion> versions = settings.versions();
        assertThat(versions).extracting(SettingsVersion::id).containsExactly(13, 12, 11, 10, 9, 8, 7, 6, 5, 4);
        assertThat(versions.get(0).by()).isEqualTo("anna");
        assertThat(versions.get(0).paths()).containsExactly("visitors.most");
        assertThat(settings.proposeVersion(1)).isEmpty();

        settings.save(settings.proposeVersion(4).orElseThrow(), "bert");
        assertThat(settings.config().visitors().most()).isEqualTo(102);
        assertThat(settings.versions().get(0).by()).isEqualTo("bert");
        try (Stream<Path> kept = Files.walk(home.resolve("versions"))) {
            assertThat(kept.map(this::rights).toList()).containsOnly("rwx------", "rw-------");
        }
    }

    @Test
    void shouldKeepWhatWasWrittenByHandBetween() throws IOException {
        settings.save(settings.propose(List.of(change(Kind.SET, "visitors.most", "100"))), "anna");
        Files.writeString(file, Files.readString(file).replace("most: 100", "most: 200"));
        settings.save(settings.propose(List.of(change(Kind.SET, "visitors.most", "300"))), "anna");

        assertThat(settings.versions()).extracting(SettingsVersion::by).containsExactly("anna", "", "anna", "");
        Proposal back = settings.proposeVersion(3).orElseThrow();
        assertThat(back.config().orElseThrow().visitors().most()).isEqualTo(200);
    }

    @Test
    void shouldTakeBackWhatDidNotWork() throws IOException {
        Proposal proposal = settings.propose(List.of(change(Kind.SET, "visitors.most", "100")));
        settings.save(proposal, "anna");
        settings.undo(proposal);

        assertThat(Files.readString(file)).isEqualTo(TEXT);
    }

    private String rights(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static SettingsChange change(Kind kind, String path, String yaml) {
        JsonNode value = YamlReader.parse(yaml, Arrays.toString(new String[] {path}));
        return new SettingsChange(kind, path, value);
    }
}

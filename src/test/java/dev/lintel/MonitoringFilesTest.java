package dev.lintel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.metrics.CameraMeters;
import dev.lintel.metrics.TrackingMeters;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard and the alert rules look at meters that the box has. */
class MonitoringFilesTest {
    private static final Path DASHBOARD = Path.of("conf/grafana-dashboard.json");
    private static final Path ALERTS = Path.of("conf/prometheus-alerts.yml");
    private static final Path PROMTOOL = Path.of("/usr/bin/promtool");
    private static final Pattern METRIC = Pattern.compile("\\b(?:lintel|jvm|process|system)_[a-z_]+");
    private static final Pattern LABELS = Pattern.compile("by \\(([a-z, ]+)\\)|([a-z_]+)(?==~?\")|\\{\\{([a-z_]+)}}");

    /** Given by Prometheus itself. */
    private static final Set<String> SCRAPED = Set.of("instance", "job", "le");

    /** The labels of each metric, as the box writes them. */
    private static final Map<String, Set<String>> KNOWN = new HashMap<>();

    private static String scraped;

    /** Everything that the box measures has happened once. */
    @BeforeAll
    static void measure() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        ApplianceMetrics metrics = new ApplianceMetrics(registry);
        new ProcessMetrics(registry).close();
        metrics.request("identify", "ok", 200, 1);
        metrics.identification("match");
        metrics.enrolment("stored");
        metrics.rejected("requests");
        metrics.expired("liveness");
        metrics.queueDepth("streams", () -> 0);
        metrics.gallery(() -> 0, () -> 0);
        metrics.renewal(() -> 0);
        metrics.delivery("mqtt", "delivered");
        metrics.outbox("mqtt", () -> 0, () -> 0);
        metrics.mqttConnected(() -> 1);
        metrics.backups(() -> 0, () -> 0, () -> 0);
        metrics.store(() -> 1, () -> 1, () -> 1);
        metrics.door("main", List.of("schedule"), () -> 0, () -> "normal");
        metrics.decision("main", "GRANTED", "schedule");
        metrics.doorOpening("main");
        metrics.lockFailure("main");
        metrics.heldOpen("main", () -> 0);
        CameraMeters camera = metrics.camera("front");
        camera.health(() -> 0, () -> "live");
        camera.liveness(() -> 0, () -> 0, () -> 0);
        TrackingMeters tracking = new TrackingMeters(metrics, "front");
        tracking.sighting("known", "live", Duration.ZERO);
        tracking.decided("known", Duration.ZERO);
        tracking.skipped();
        Pattern sample = Pattern.compile("^([a-z_]+)(?:\\{(.*)})? .*");
        scraped = registry.scrape();
        for (String line : scraped.split("\n")) {
            Matcher matcher = sample.matcher(line);
            if (matcher.matches()) {
                Set<String> labels = KNOWN.computeIfAbsent(matcher.group(1), name -> new HashSet<>());
                if (matcher.group(2) != null) {
                    Arrays.stream(matcher.group(2).split("\",")).forEach(label -> labels.add(label.split("=")[0]));
                }
            }
        }
    }

    @Test
    void shouldShowOnlyWhatIsMeasured() throws IOException {
        JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
        int expressions = 0;
        for (JsonNode panel : dashboard.get("panels")) {
            for (JsonNode target : panel.path("targets")) {
                check(target.get("expr").asText(), target.get("legendFormat").asText());
                expressions++;
            }
        }
        assertThat(expressions).isGreaterThan(30);
        check(dashboard.at("/templating/list/1/query/query").asText(), "");
        assertThat(dashboard.findValuesAsText("id")).doesNotHaveDuplicates();
    }

    @Test
    void shouldWarnOnlyOfWhatIsMeasured() throws IOException {
        JsonNode rules = new YAMLMapper().readTree(ALERTS.toFile()).at("/groups/0/rules");
        List<String> names = new ArrayList<>();
        for (JsonNode rule : rules) {
            names.add(rule.get("alert").asText());
            String expression = rule.get("expr").asText();
            if (!expression.startsWith("up{")) {
                check(expression, "");
            }
            assertThat(rule.at("/labels/severity").asText()).isIn("warning", "critical");
            assertThat(rule.at("/annotations/summary").asText()).isNotBlank();
        }
        assertThat(names)
                .doesNotHaveDuplicates()
                .contains(
                        "LintelDown",
                        "LintelCameraLost",
                        "LintelCameraStale",
                        "LintelLiveFacesTooLow",
                        "LintelDoorHeldOpen",
                        "LintelDoorLockDown",
                        "LintelLockBroken",
                        "LintelOutboxGrows",
                        "LintelStoreNotWritable",
                        "LintelSpoofAttempts");
    }

    /** {@code increase()} never sees a counter that begins at 1, nor a quantile a histogram that is not there yet. */
    @Test
    void shouldHaveEveryMetricOfARuleInPlaceBeforeAnythingHappens() throws IOException {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        ApplianceMetrics metrics = new ApplianceMetrics(registry);
        metrics.store(() -> 1, () -> 1, () -> 1);
        metrics.door("main", List.of("schedule"), () -> 0, () -> "normal");
        metrics.heldOpen("main", () -> 0);
        CameraMeters camera = metrics.camera("front");
        camera.health(() -> 0, () -> "live");
        camera.liveness(() -> 0, () -> 0, () -> 0);
        new TrackingMeters(metrics, "front");
        metrics.outbox("mqtt", () -> 0, () -> 0);
        metrics.mqttConnected(() -> 1);
        metrics.backups(() -> 0, () -> 0, () -> 0);

        RuleMetrics.of(ALERTS).assertInPlace(registry.scrape());
    }

    private static void check(String expression, String legend) {
        Set<String> labels = new HashSet<>(SCRAPED);
        List<String> metrics =
                METRIC.matcher(expression).results().map(found -> found.group()).toList();
        assertThat(metrics).as(expression).isNotEmpty();
        for (String metric : metrics) {
            assertThat(KNOWN).as(expression).containsKey(metric);
            labels.addAll(KNOWN.get(metric));
        }
        Matcher used = LABELS.matcher(expression + legend);
        while (used.find()) {
            for (int group = 1; group <= 3; group++) {
                if (used.group(group) != null) {
                    assertThat(labels).as(expression).contains(used.group(group).split(", "));
                }
            }
        }
    }

    @Test
    void shouldPassPrometheusOwnCheck() throws Exception {
        promtool("", "check", "rules", ALERTS.toString());
    }

    /** Also each alert at the first thing that goes wrong, and none while all is well. */
    @Test
    void shouldRaiseAnAlertAtTheFirstFailure(@TempDir Path folder) throws Exception {
        Path cases = folder.resolve("test.yml");
        Files.writeString(
                cases,
                Files.readString(Path.of("src/test/resources/prometheus-alerts-test.yml"))
                        .replace("[ALERTS]", "['" + ALERTS.toAbsolutePath() + "']"));

        promtool("", "test", "rules", cases.toString());
    }

    /** Two of Micrometer's own names are excused: dashboards of other people know them. */
    @Test
    void shouldNameMetricsAsPrometheusWantsThem() throws Exception {
        String ours = scraped.lines()
                .filter(line -> !line.contains("process_cpu_time_ns") && !line.contains("system_cpu_count"))
                .collect(Collectors.joining("\n", "", "\n"));

        promtool(ours, "check", "metrics");
    }

    private static void promtool(String input, String... arguments) throws Exception {
        assumeTrue(Files.isExecutable(PROMTOOL), "promtool is not installed: apt-get install prometheus");
        List<String> command = new ArrayList<>(List.of(PROMTOOL.toString()));
        command.addAll(List.of(arguments));

        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
    }
}

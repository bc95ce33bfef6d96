package dev.lintel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the alert rules look at: metrics and the labels that they choose by. */
record RuleMetrics(List<Selector> selectors) {
    private static final Pattern SELECTOR = Pattern.compile("(lintel_[a-z_]+)(?:\\{([^}]*)})?");
    private static final Pattern CONDITION = Pattern.compile("([a-z_]+)(=~?)\"([^\"]*)\"");
    private static final Pattern SAMPLE = Pattern.compile("(lintel_[a-z_]+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");

    record Selector(String metric, Map<String, Pattern> labels) {}

    static RuleMetrics of(Path rules) throws IOException {
        List<Selector> all = new ArrayList<>();
        for (JsonNode rule : new YAMLMapper().readTree(rules.toFile()).at("/groups/0/rules")) {
            Matcher found = SELECTOR.matcher(rule.get("expr").asText());
            while (found.find()) {
                Map<String, Pattern> labels = new HashMap<>();
                Matcher condition = CONDITION.matcher(found.group(2) == null ? "" : found.group(2));
                while (condition.find()) {
                    boolean regex = condition.group(2).equals("=~");
                    labels.put(
                            condition.group(1),
                            Pattern.compile(regex ? condition.group(3) : Pattern.quote(condition.group(3))));
                }
                all.add(new Selector(found.group(1), labels));
            }
        }
        assertThat(all).hasSizeGreaterThan(10);
        return new RuleMetrics(all);
    }

    /** Each has a sample, and a counter's is 0. */
    void assertInPlace(String scrape) {
        for (Selector selector : selectors) {
            List<Double> values = new ArrayList<>();
            for (String line : scrape.split("\n")) {
                Matcher sample = SAMPLE.matcher(line);
                if (sample.matches() && sample.group(1).equals(selector.metric) && chosen(selector, sample.group(2))) {
                    values.add(Double.parseDouble(sample.group(3)));
                }
            }
            assertThat(values).as("%s", selector).isNotEmpty();
            if (selector.metric.endsWith("_total") || selector.metric.endsWith("_bucket")) {
                assertThat(values).as("%s", selector).containsOnly(0.0);
            }
        }
    }

    private static boolean chosen(Selector selector, String labels) {
        Map<String, String> given = new HashMap<>();
        Matcher label = LABEL.matcher(labels == null ? "" : labels);
        while (label.find()) {
            given.put(label.group(1), label.group(2));
        }
        return selector.labels.entrySet().stream()
                .allMatch(wanted -> given.containsKey(wanted.getKey())
                        && wanted.getValue().matcher(given.get(wanted.getKey())).matches());
    }
}

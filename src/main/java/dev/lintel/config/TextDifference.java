package dev.lintel.config;

import dev.lintel.config.SettingsFile.DifferentLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** What a change does to the lines of the file, as it may be shown: without secrets. */
final class TextDifference {
    private static final String HIDDEN = "•••";
    private static final Pattern CREDENTIALS = Pattern.compile("://[^\\s/@]*@");
    /** More lines than this are compared in blocks, so that a huge file takes no huge table. */
    private static final int MOST_CELLS = 4_000_000;

    private TextDifference() {}

    static List<DifferentLine> between(String before, String after) {
        Set<String> old =
                new HashSet<>(secrets(before).stream().map(Secret::value).toList());
        return lines(masked(before, old), masked(after, old));
    }

    private record Secret(int start, int end, String value, String shown) {}

    private static String[] masked(String text, Set<String> old) {
        StringBuilder masked = new StringBuilder(text);
        List<Secret> secrets = secrets(text);
        for (int i = secrets.size() - 1; i >= 0; i--) {
            Secret secret = secrets.get(i);
            String news = old.contains(secret.value()) ? "" : " (new)";
            String rest = secret.shown().isEmpty() ? "" : secret.shown() + "/";
            masked.replace(secret.start(), secret.end(), rest + HIDDEN + news);
        }
        return CREDENTIALS.matcher(masked).replaceAll("://" + HIDDEN + "@").split("\\R", -1);
    }

    private static List<Secret> secrets(String text) {
        List<Secret> found = new ArrayList<>();
        Node root = new Yaml(new LoaderOptions()).compose(new java.io.StringReader(text));
        if (root != null) {
            collect(root, "", new YamlPlaces(text), found);
        }
        Set<Integer> seen = new HashSet<>();
        // An alias is the node that it stands for: hidden once.
        return found.stream()
                .filter(secret -> seen.add(secret.start()))
                .sorted(Comparator.comparingInt(Secret::start))
                .toList();
    }

    private static void collect(Node node, String key, YamlPlaces places, List<Secret> found) {
        if (node instanceof MappingNode map) {
            for (NodeTuple entry : map.getValue()) {
                String name = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
                collect(entry.getValueNode(), key.equals("headers") ? key : name, places, found);
            }
        } else if (node instanceof SequenceNode list) {
            list.getValue().forEach(item -> collect(item, key, places, found));
        } else if (node instanceof ScalarNode scalar && !scalar.getValue().isEmpty()) {
            String shown = ShownValues.shown(key, scalar.getValue());
            if (!shown.equals(scalar.getValue())) {
                found.add(new Secret(places.start(node), places.end(node), scalar.getValue(), shown));
            }
        }
    }

    /** By the longest common subsequence of what is between the common beginning and end. */
    private static List<DifferentLine> lines(String[] before, String[] after) {
        int start = 0;
        while (start < before.length && start < after.length && before[start].equals(after[start])) {
            start++;
        }
        int endBefore = before.length;
        int endAfter = after.length;
        while (endBefore > start && endAfter > start && before[endBefore - 1].equals(after[endAfter - 1])) {
            endBefore--;
            endAfter--;
        }
        int rows = endBefore - start;
        int columns = endAfter - start;
        List<DifferentLine> lines = new ArrayList<>();
        if ((long) rows * columns > MOST_CELLS) {
            for (int i = start; i < endBefore; i++) {
                lines.add(new DifferentLine(false, i + 1, before[i]));
            }
            for (int j = start; j < endAfter; j++) {
                lines.add(new DifferentLine(true, j + 1, after[j]));
            }
            return lines;
        }
        int[][] common = new int[rows + 1][columns + 1];
        for (int i = rows - 1; i >= 0; i--) {
            for (int j = columns - 1; j >= 0; j--) {
                common[i][j] = before[start + i].equals(after[start + j])
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        int i = 0;
        int j = 0;
        while (i < rows || j < columns) {
            if (i < rows && j < columns && before[start + i].equals(after[start + j])) {
                i++;
                j++;
            } else if (i < rows && (j == columns || common[i + 1][j] >= common[i][j + 1])) {
                lines.add(new DifferentLine(false, start + i + 1, before[start + i++]));
            } else {
                lines.add(new DifferentLine(true, start + j + 1, after[start + j++]));
            }
        }
        return lines;
    }
}

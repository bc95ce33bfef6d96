package dev.lintel.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The text of a YAML file that is changed in single places. Everything else stays as its author wrote it: comments, order,
 * blank lines, quotes. Values are texts, numbers, truth values, and lists and maps of them; paths are written {@code
 * doors[0].lock.pulse}. After each change the text is read again: one that would mean anything but the change is refused.
 * Immutable.
 */
public final class YamlText {
    private static final Pattern STEP = Pattern.compile("\\.?([^.\\[\\]]+)|\\[(\\d+)\\]");

    private final String text;
    private final YamlPlaces places;

    private YamlText(String text) {
        this.text = text;
        this.places = new YamlPlaces(text);
    }

    /** @throws IllegalArgumentException if it is no YAML with keys and values */
    public static YamlText of(String text) {
        Object all = load(text);
        if (all != null && !(all instanceof Map)) {
            throw new IllegalArgumentException("the text must hold keys and values");
        }
        return new YamlText(text);
    }

    /** What it is now. */
    public String text() {
        return text;
    }

    /**
     * Gives a key a value. A map is merged into one that is there, key by key; anything else is replaced. A key that is
     * missing comes below the comment that shows it, or else to the end of its section.
     */
    public YamlText set(String path, Object value) {
        List<Object> steps = steps(path);
        if (value instanceof Map<?, ?> map && !map.isEmpty() && find(root(), steps) instanceof MappingNode) {
            YamlText changed = this;
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                changed = changed.set(path + "." + entry.getKey(), entry.getValue());
            }
            return changed;
        }
        return checked(put(steps, value), YamlValues.with(load(text), steps, value), path);
    }

    /** Gives a key, or an item of a list, a value and nothing of what was there. */
    public YamlText replace(String path, Object value) {
        List<Object> steps = steps(path);
        return checked(put(steps, value), YamlValues.with(load(text), steps, value), path);
    }

    /** Adds an item to the end of a list, which is made if it is missing. */
    public YamlText append(String path, Object item) {
        List<Object> steps = steps(path);
        Object expected = YamlValues.appended(load(text), steps, item);
        Node found = find(root(), steps);
        String changed;
        if (!(found instanceof SequenceNode list)) {
            changed = put(steps, List.of(item));
        } else if (!YamlPlaces.flow(list)) {
            changed = insertLine(
                    places.lineEnd(places.end(list)),
                    " ".repeat(places.column(places.start(list))) + "- " + YamlValues.flow(item));
        } else if (list.getValue().isEmpty()) {
            changed = replaced(
                    places.start(list), places.end(list), List.of(item), places.indentOf(places.start(list)) + 2);
        } else {
            changed = spliced(places.end(list) - 1, places.end(list) - 1, ", " + YamlValues.flow(item));
        }
        return checked(changed, expected, path);
    }

    /** Takes a key, or an item of a list, away; the comments around it stay. Nothing happens if it is not there. */
    public YamlText remove(String path) {
        List<Object> steps = steps(path);
        Node node = find(root(), steps);
        if (node == null) {
            return this;
        }
        Node parent = find(root(), steps.subList(0, steps.size() - 1));
        Object last = steps.get(steps.size() - 1);
        int from = last instanceof Integer ? places.start(node) : places.start(key((MappingNode) parent, last));
        int to = Math.max(places.end(node), from);
        List<?> siblings = ((CollectionNode<?>) parent).getValue();
        String changed;
        if (siblings.size() == 1 && parent != root()) {
            String none = parent instanceof SequenceNode ? "[]" : "{}";
            changed = spliced(
                    places.start(parent),
                    Math.max(places.end(parent), to),
                    YamlPlaces.flow((CollectionNode<?>) parent) ? none : "  " + none);
        } else if (YamlPlaces.flow((CollectionNode<?>) parent)) {
            Matcher after = Pattern.compile("\\G\\s*,\\s*").matcher(text).region(to, text.length());
            boolean more = after.lookingAt();
            changed = spliced(more ? from : text.lastIndexOf(',', from), more ? after.end() : to, "");
        } else {
            int line = text.lastIndexOf('\n', from) + 1;
            changed = spliced(
                    line, Math.min(text.length(), places.lineEnd(to) + newline().length()), "");
        }
        return checked(changed, YamlValues.without(load(text), steps), path);
    }

    private String put(List<Object> steps, Object value) {
        int known = steps.size();
        while (known > 0 && find(root(), steps.subList(0, known)) == null) {
            known--;
        }
        Node node = find(root(), steps.subList(0, known));
        if (known == steps.size()) {
            return replaced(places.start(node), places.end(node), value, places.indentOf(places.start(node)) + 2);
        }
        Object rest = value;
        for (int i = steps.size() - 1; i > known; i--) {
            rest = Map.of(steps.get(i), rest);
        }
        Object key = steps.get(known);
        if (node == null) {
            String between = text.isEmpty() || text.endsWith("\n") ? "" : newline();
            return text + between + YamlValues.block(Map.of(key, rest), 0, newline()) + newline();
        }
        if (!(node instanceof MappingNode section)) {
            return replaced(
                    places.start(node), places.end(node), Map.of(key, rest), places.indentOf(places.start(node)) + 2);
        }
        String entry = YamlValues.flow(key) + ": " + YamlValues.flow(rest);
        if (YamlPlaces.flow(section)) {
            return spliced(
                    places.end(section) - 1,
                    places.end(section) - 1,
                    (section.getValue().isEmpty() ? "" : ", ") + entry);
        }
        int indent = places.column(places.start(section));
        return insertLine(place(section, key, indent), YamlValues.block(Map.of(key, rest), indent, newline()));
    }

    /** The end of the line after which a missing key belongs: that of the comment which shows it, or the section's last. */
    private int place(MappingNode section, Object key, int indent) {
        Matcher shown = Pattern.compile("(?m)^ {" + indent + "}# ?" + Pattern.quote(key.toString()) + ":.*$")
                .matcher(text);
        int last = places.lineEnd(places.end(section));
        int from = places.beginning(places.start(section), indent);
        Matcher next = Pattern.compile("(?m)^ {0," + Math.max(0, indent - 1) + "}[^ #\\r\\n]")
                .matcher(text);
        int to = indent > 0 && next.find(Math.min(text.length(), last)) ? next.start() : text.length();
        return shown.find(from) && shown.start() < to ? places.lineEnd(shown.start()) : last;
    }

    /** A block where a list or map replaces one, or nothing; everything else in one line. */
    private String replaced(int from, int to, Object value, int indent) {
        boolean empty = from == to;
        boolean many = value instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof Map
                || value instanceof Map<?, ?> map
                        && !map.isEmpty()
                        && (empty || !"{[".contains(text.substring(from, from + 1)));
        if (!many) {
            return spliced(from, to, (empty ? " " : "") + YamlValues.flow(value));
        }
        int before = from;
        while (before > 0 && (text.charAt(before - 1) == ' ' || text.charAt(before - 1) == '-')) {
            before--;
        }
        boolean ownLine = before == 0 || text.charAt(before - 1) == '\n';
        return ownLine
                ? spliced(
                        from,
                        to,
                        YamlValues.block(value, places.column(from), newline()).strip())
                : spliced(before, to, newline() + YamlValues.block(value, indent, newline()));
    }

    private String insertLine(int lineEnd, String line) {
        return spliced(lineEnd, lineEnd, newline() + line);
    }

    private String spliced(int from, int to, String with) {
        return text.substring(0, from) + with + text.substring(to);
    }

    private YamlText checked(String changed, Object expected, String path) {
        Object is;
        try {
            is = load(changed);
        } catch (IllegalArgumentException e) {
            is = null;
        }
        if (!YamlValues.same(expected, is)) {
            throw new IllegalArgumentException(
                    path + ": cannot be changed in this file without changing something else: edit it by hand");
        }
        return new YamlText(changed);
    }

    private Node root() {
        return new Yaml(new LoaderOptions()).compose(new java.io.StringReader(text));
    }

    private static Object load(String text) {
        try {
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
        } catch (YAMLException e) {
            throw new IllegalArgumentException("the text is no YAML", e);
        }
    }

    private static Node find(Node from, List<Object> steps) {
        Node node = from;
        for (Object step : steps) {
            if (node instanceof MappingNode map && step instanceof String) {
                NodeTuple entry = entry(map, step);
                node = entry == null ? null : entry.getValueNode();
            } else if (node instanceof SequenceNode list
                    && step instanceof Integer i
                    && i < list.getValue().size()) {
                node = list.getValue().get(i);
            } else {
                return null;
            }
        }
        return node;
    }

    private static NodeTuple entry(MappingNode map, Object key) {
        return map.getValue().stream()
                .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode name
                        && name.getValue().equals(key))
                .findFirst()
                .orElse(null);
    }

    private static Node key(MappingNode map, Object key) {
        return entry(map, key).getKeyNode();
    }

    private String newline() {
        return text.contains("\r\n") ? "\r\n" : "\n";
    }

    private static List<Object> steps(String path) {
        List<Object> steps = new ArrayList<>();
        Matcher step = STEP.matcher(path);
        int end = 0;
        while (step.find() && step.start() == end) {
            steps.add(step.group(1) != null ? step.group(1) : Integer.valueOf(step.group(2)));
            end = step.end();
        }
        if (steps.isEmpty() || end != path.length()) {
            throw new IllegalArgumentException("no path of keys: " + path);
        }
        return steps;
    }
}

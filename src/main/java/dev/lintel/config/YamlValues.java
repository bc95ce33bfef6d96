package dev.lintel.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** Values of a YAML file: written, and changed as they are to be after a change of the text. */
final class YamlValues {
    private YamlValues() {}

    /** In one line. */
    static String flow(Object value) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.FLOW);
        options.setSplitLines(false);
        options.setWidth(Integer.MAX_VALUE);
        String list = new Yaml(options).dump(List.of(value)).strip();
        return list.substring(1, list.length() - 1);
    }

    /** Lists of maps with a line for each item, maps with one for each key; without a line break at the end. */
    static String block(Object value, int indent, String newline) {
        String before = " ".repeat(indent);
        if (value instanceof List<?> list && !list.isEmpty()) {
            return list.stream().map(item -> before + "- " + flow(item)).collect(Collectors.joining(newline));
        }
        if (!(value instanceof Map<?, ?> map) || map.isEmpty()) {
            return before + flow(value);
        }
        return map.entrySet().stream()
                .map(entry -> {
                    Object below = entry.getValue();
                    boolean deeper = below instanceof Map<?, ?> section && !section.isEmpty()
                            || below instanceof List<?> items && !items.isEmpty() && items.get(0) instanceof Map;
                    return before + flow(entry.getKey()) + ":"
                            + (deeper ? newline + block(below, indent + 2, newline) : " " + flow(below));
                })
                .collect(Collectors.joining(newline));
    }

    static Object with(Object tree, List<Object> steps, Object value) {
        if (steps.isEmpty()) {
            return value;
        }
        Object step = steps.get(0);
        List<Object> rest = steps.subList(1, steps.size());
        if (step instanceof Integer i) {
            List<Object> list = new ArrayList<>(tree instanceof List<?> there ? there : List.of());
            if (i >= list.size()) {
                throw new IllegalArgumentException("there is no item [" + i + "]");
            }
            list.set(i, with(list.get(i), rest, value));
            return list;
        }
        Map<Object, Object> map = new LinkedHashMap<>(tree instanceof Map<?, ?> there ? there : Map.of());
        map.put(step, with(map.get(step), rest, value));
        return map;
    }

    static Object appended(Object tree, List<Object> steps, Object item) {
        Object there = at(tree, steps);
        List<Object> list = new ArrayList<>(there instanceof List<?> items ? items : List.of());
        list.add(item);
        return with(tree, steps, list);
    }

    static Object without(Object tree, List<Object> steps) {
        List<Object> above = steps.subList(0, steps.size() - 1);
        Object parent = at(tree, above);
        Object last = steps.get(steps.size() - 1);
        if (parent instanceof List<?> list) {
            List<Object> left = new ArrayList<>(list);
            left.remove(((Integer) last).intValue());
            return with(tree, above, left);
        }
        Map<Object, Object> left = new LinkedHashMap<>((Map<?, ?>) parent);
        left.remove(last);
        return with(tree, above, left);
    }

    private static Object at(Object tree, List<Object> steps) {
        Object at = tree;
        for (Object step : steps) {
            at = at instanceof Map<?, ?> map
                    ? map.get(step)
                    : at instanceof List<?> list && step instanceof Integer i && i < list.size() ? list.get(i) : null;
        }
        return at;
    }

    /** Alike in everything, numbers by value; an empty section and none are the same. */
    static boolean same(Object one, Object other) {
        if (one instanceof Map<?, ?> a && other instanceof Map<?, ?> b) {
            return a.keySet().equals(b.keySet())
                    && a.entrySet().stream().allMatch(entry -> same(entry.getValue(), b.get(entry.getKey())));
        }
        if (one instanceof List<?> a && other instanceof List<?> b) {
            if (a.size() != b.size()) {
                return false;
            }
            for (int i = 0; i < a.size(); i++) {
                if (!same(a.get(i), b.get(i))) {
                    return false;
                }
            }
            return true;
        }
        if (one instanceof Number a && other instanceof Number b) {
            return a.doubleValue() == b.doubleValue();
        }
        boolean none = one == null || one instanceof Map<?, ?> map && map.isEmpty();
        return none ? other == null || other instanceof Map<?, ?> map && map.isEmpty() : Objects.equals(one, other);
    }
}

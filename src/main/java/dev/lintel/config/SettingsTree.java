package dev.lintel.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lintel.settings.Checks;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration as it may be shown: every key with the value that it has, in the spelling of the file, without secrets.
 * Used once.
 */
final class SettingsTree {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Path home;
    private final List<String> hidden = new ArrayList<>();
    private final ObjectNode tree;

    SettingsTree(LintelConfig config, Path home) {
        this.home = home;
        this.tree = (ObjectNode) node(config, "", "");
    }

    /** What is hidden is null here, or only the part of an address that may be shown. */
    ObjectNode tree() {
        return tree;
    }

    /** Paths of the keys whose values are hidden, all or in part. */
    List<String> hidden() {
        return List.copyOf(hidden);
    }

    private JsonNode node(Object value, String key, String path) {
        if (value instanceof Optional<?> perhaps) {
            return perhaps.map(there -> node(there, key, path)).orElse(JSON.nullNode());
        }
        if (value instanceof Record record) {
            return object(record, path);
        }
        if (value instanceof Map<?, ?> map) {
            return object(map, key, path);
        }
        if (value instanceof List<?> list) {
            ArrayNode items = JSON.arrayNode();
            for (int i = 0; i < list.size(); i++) {
                items.add(node(list.get(i), key, path + "[" + i + "]"));
            }
            return items;
        }
        return leaf(value, key, path);
    }

    private ObjectNode object(Record record, String path) {
        ObjectNode object = JSON.objectNode();
        for (Class<?> kind : record.getClass().getInterfaces()) {
            if (kind.isSealed()) {
                object.put("type", Templates.name(record.getClass()));
            }
        }
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            String name = ConfigKey.kebab(component.getName());
            try {
                object.set(
                        name,
                        node(component.getAccessor().invoke(record), name, path.isEmpty() ? name : path + "." + name));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(record.getClass() + " is no public record", e);
            }
        }
        return object;
    }

    private ObjectNode object(Map<?, ?> map, String key, String path) {
        ObjectNode object = JSON.objectNode();
        map.forEach((name, value) -> object.set(name.toString(), node(value, key, path + "." + name)));
        return object;
    }

    private JsonNode leaf(Object value, String key, String path) {
        String text = text(value);
        String shown = ShownValues.shown(key, text);
        if (!shown.equals(text)) {
            hidden.add(path);
            return shown.isEmpty() ? JSON.nullNode() : JSON.textNode(shown);
        }
        if (value instanceof Integer || value instanceof Long) {
            return JSON.numberNode(((Number) value).longValue());
        }
        if (value instanceof Number number) {
            return JSON.numberNode(number.doubleValue());
        }
        return value instanceof Boolean flag ? JSON.booleanNode(flag) : JSON.textNode(text);
    }

    private String text(Object value) {
        if (value instanceof Duration duration) {
            return Checks.text(duration);
        }
        if (value instanceof Path path) {
            return path.startsWith(home) ? home.relativize(path).toString() : path.toString();
        }
        if (value instanceof Enum<?> choice) {
            return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
        return value instanceof ZoneId zone ? zone.getId() : value.toString();
    }
}

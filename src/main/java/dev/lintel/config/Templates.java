package dev.lintel.config;

import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What items of lists have unless they say otherwise: the section {@value #SECTION} of the bundled file, the user's over it.
 * Locks have a part that every kind shares, {@value #ANY}, and one for each kind.
 */
final class Templates {
    static final String SECTION = "defaults";
    static final String ANY = "any";

    private final ObjectNode templates;
    private final ObjectNode users;

    /** @param users the section of the user's file; empty if there is none */
    Templates(ObjectNode bundled, ObjectNode users) {
        this.templates = (ObjectNode) bundled.get(SECTION);
        this.users = users;
    }

    /** Beneath an item of a list. */
    JsonNode item(Class<?> type) {
        String key = key(type);
        return merged(type, templates.path(key), users.path(key));
    }

    /** Beneath a record that is one of several kinds. */
    JsonNode choice(Class<?> sealed, Class<?> chosen) {
        ObjectNode both = YamlReader.MAPPER.createObjectNode();
        for (String part : List.of(ANY, name(chosen))) {
            for (ObjectNode layer : List.of(templates, users)) {
                layer.path(key(sealed)).path(part).properties().forEach(e -> both.set(e.getKey(), e.getValue()));
            }
        }
        return both;
    }

    /** Whether the user changed any of these. */
    boolean changed() {
        return !users.isEmpty();
    }

    /** What is in the user's section that no item has. */
    List<ConfigProblem> unknown() {
        List<ConfigProblem> problems = new ArrayList<>();
        users.properties().forEach(section -> {
            String path = SECTION + "." + section.getKey();
            Optional<Class<?>> type = ITEMS.stream()
                    .filter(item -> key(item).equals(section.getKey()))
                    .findFirst();
            if (type.isEmpty()) {
                List<String> known =
                        ITEMS.stream().map(item -> SECTION + "." + key(item)).toList();
                problems.add(new ConfigProblem(path, "no such key; " + Nearest.hint(path, known)));
            } else if (type.get().isSealed()) {
                for (var kind : section.getValue().properties()) {
                    unknown(kinds(type.get(), kind.getKey()), kind.getValue(), path + "." + kind.getKey(), problems);
                }
            } else {
                unknown(List.of(type.get()), section.getValue(), path, problems);
            }
        });
        return problems;
    }

    private static void unknown(List<Class<?>> types, JsonNode own, String path, List<ConfigProblem> problems) {
        TreeSet<String> known = new TreeSet<>();
        types.forEach(type -> Arrays.stream(type.getRecordComponents())
                .forEach(component -> known.add(path + "." + ConfigKey.kebab(component.getName()))));
        own.fieldNames().forEachRemaining(name -> {
            if (!known.contains(path + "." + name)) {
                problems.add(
                        new ConfigProblem(path + "." + name, "no such key; " + Nearest.hint(path + "." + name, known)));
            }
        });
    }

    /** What the records of lists are; each has a section, by its name. */
    static final List<Class<?>> ITEMS = List.of(
            dev.lintel.camera.CameraConfig.class,
            dev.lintel.door.DoorConfig.class,
            dev.lintel.door.lock.LockConfig.class,
            dev.lintel.delivery.WebhookConfig.class,
            dev.lintel.attendance.ShiftConfig.class);

    /** The kinds that a section of a sealed record is about; none if there is no such kind. */
    private static List<Class<?>> kinds(Class<?> sealed, String name) {
        return Arrays.<Class<?>>stream(sealed.getPermittedSubclasses())
                .filter(kind -> name.equals(ANY) || name.equals(name(kind)))
                .toList();
    }

    /** {@code camera} of {@code CameraConfig}. */
    static String key(Class<?> type) {
        return ConfigKey.kebab(type.getSimpleName().replaceAll("Config$", ""));
    }

    /** The {@code type} of the file that stands for a kind. */
    static String name(Class<?> kind) {
        return kind.getAnnotation(JsonTypeName.class).value();
    }

    /** The default of a record, wherever it stands in the configuration. */
    JsonNode beneath(Class<?> type, ObjectNode bundled) {
        for (Class<?> kindOf : type.getInterfaces()) {
            if (kindOf.isSealed()) {
                return choice(kindOf, type);
            }
        }
        JsonNode found = bundled;
        for (String step : path(type)) {
            found = found.path(step);
        }
        return found;
    }

    /** The whole of a configuration in which a record holds these values. */
    static ObjectNode above(Class<?> type, JsonNode own) {
        List<String> path = path(type);
        ObjectNode whole = YamlReader.MAPPER.createObjectNode();
        if (path.isEmpty()) {
            return own.isObject() ? (ObjectNode) own : whole;
        }
        ObjectNode at = whole;
        for (String step : path.subList(0, path.size() - 1)) {
            at = at.putObject(step);
        }
        at.set(path.get(path.size() - 1), own);
        return whole;
    }

    private static List<String> path(Class<?> type) {
        return type == LintelConfig.class
                ? List.of()
                : find(type, LintelConfig.class, List.of()).orElse(List.of(SECTION, key(type)));
    }

    private static Optional<List<String>> find(Class<?> type, Class<?> in, List<String> above) {
        for (RecordComponent component : in.getRecordComponents()) {
            Class<?> item = itemOf(component.getGenericType());
            Class<?> inner = item == null ? component.getType() : item;
            List<String> path = new ArrayList<>(above);
            path.add(ConfigKey.kebab(component.getName()));
            if (item != null) {
                path = new ArrayList<>(List.of(SECTION, key(item)));
            }
            if (inner == type) {
                return Optional.of(path);
            }
            Optional<List<String>> below = inner.isRecord() ? find(type, inner, path) : Optional.empty();
            if (below.isPresent()) {
                return below;
            }
        }
        return Optional.empty();
    }

    /** The record that a list is of; null if it is none of records. */
    static Class<?> itemOf(Type type) {
        return type instanceof ParameterizedType list
                        && list.getRawType() == List.class
                        && list.getActualTypeArguments()[0] instanceof Class<?> item
                        && item.isRecord()
                ? item
                : null;
    }

    /** One over the other; sections are merged key by key, everything else is replaced. */
    private static JsonNode merged(Class<?> type, JsonNode base, JsonNode over) {
        if (!base.isObject() || !over.isObject()) {
            return over.isMissingNode() || over.isNull() ? base : over;
        }
        ObjectNode both = base.deepCopy();
        for (var entry : over.properties()) {
            JsonNode value = entry.getValue();
            Class<?> below = Arrays.stream(type.getRecordComponents())
                    .filter(c -> ConfigKey.kebab(c.getName()).equals(entry.getKey()))
                    .map(RecordComponent::getType)
                    .findFirst()
                    .orElse(null);
            both.set(
                    entry.getKey(),
                    below != null && below.isRecord() ? merged(below, both.path(entry.getKey()), value) : value);
        }
        return both;
    }
}

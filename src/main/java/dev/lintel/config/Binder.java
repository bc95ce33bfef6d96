package dev.lintel.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Makes records of what the user wrote, with the defaults beneath, and notes everything that is wrong on the way. A key that
 * the user left out, or left empty, has its default; a component of type {@link Optional} may have none. Used once.
 */
final class Binder {
    /** Instead of a value that cannot be made. */
    private static final Object FAILED = new Object();

    private final Templates templates;
    private final List<ConfigProblem> problems = new ArrayList<>();

    Binder(Templates templates) {
        this.templates = templates;
    }

    List<ConfigProblem> problems() {
        return List.copyOf(problems);
    }

    /** Empty if anything is wrong; {@link #problems} says what. */
    <T> Optional<T> bind(Class<T> type, JsonNode own, JsonNode base) {
        Object made = value(type, own, base, "");
        return made == FAILED || !problems.isEmpty() ? Optional.empty() : Optional.of(type.cast(made));
    }

    private Object value(Type type, JsonNode own, JsonNode base, String path) {
        Class<?> raw = (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
        if (raw == Optional.class) {
            if (absent(own) && absent(base)) {
                return Optional.empty();
            }
            Object there = value(((ParameterizedType) type).getActualTypeArguments()[0], own, base, path);
            return there == FAILED ? FAILED : Optional.of(there);
        }
        // A choice is an interface; newer JDKs have sealed classes that are single values, such as ZoneId.
        if (raw.isInterface() && raw.isSealed()) {
            return choice(raw, own, base, path);
        }
        if (raw.isRecord()) {
            return record(raw, own, base, path, Set.of());
        }
        Class<?> item = Templates.itemOf(type);
        return item != null
                ? list(item, absent(own) ? base : own, path)
                : leaf(type, raw, absent(own) ? base : own, path);
    }

    private Object list(Class<?> item, JsonNode node, String path) {
        if (absent(node)) {
            return List.of();
        }
        if (!node.isArray()) {
            return failed(path, "must be a list, was " + Leaf.shown(path, node));
        }
        List<Object> items = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            items.add(value(item, node.get(i), templates.item(item), path + "[" + i + "]"));
        }
        return items.contains(FAILED) ? FAILED : List.copyOf(items);
    }

    private Object choice(Class<?> sealed, JsonNode own, JsonNode base, String path) {
        JsonNode section = absent(own) ? base : own;
        if (!section.isObject()) {
            return failed(path, "must be a section of keys, was " + Leaf.shown(path, section));
        }
        JsonNode type = absent(section.get("type")) ? base.path("type") : section.get("type");
        List<Class<?>> kinds = List.of(sealed.getPermittedSubclasses());
        Optional<Class<?>> kind = kinds.stream()
                .filter(k -> Templates.name(k).equalsIgnoreCase(type.asText()))
                .findFirst();
        return kind.map(k -> record(k, section, templates.choice(sealed, k), path, Set.of("type")))
                .orElseGet(() -> failed(
                        path + ".type",
                        "must be one of " + kinds.stream().map(Templates::name).collect(Collectors.joining(", "))
                                + ", was " + Leaf.shown(path, type)));
    }

    private Object record(Class<?> type, JsonNode own, JsonNode base, String path, Set<String> besides) {
        if (!absent(own) && !own.isObject()) {
            return failed(path, "must be a section of keys, was " + Leaf.shown(path, own));
        }
        RecordComponent[] components = type.getRecordComponents();
        refuseOthers(components, own, path, besides);
        Object[] values = new Object[components.length];
        Set<String> replaced = new HashSet<>();
        boolean makeable = true;
        for (int i = 0; i < components.length; i++) {
            String name = ConfigKey.kebab(components[i].getName());
            Type wanted = components[i].getGenericType();
            JsonNode mine = own == null ? null : own.get(name);
            JsonNode below = base == null ? null : base.get(name);
            values[i] = value(wanted, mine, below, under(path, name));
            if (values[i] == FAILED) {
                replaced.add(name);
                // With the default in its place the rest of the record is still looked at.
                values[i] = Templates.itemOf(wanted) != null
                        ? FAILED
                        : new Binder(templates).value(wanted, null, below, "");
                makeable &= values[i] != FAILED;
            }
        }
        Object made = makeable ? made(type, values, own, path, replaced) : FAILED;
        return replaced.isEmpty() ? made : FAILED;
    }

    private Object made(Class<?> type, Object[] values, JsonNode own, String path, Set<String> replaced) {
        try {
            Class<?>[] types = Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            if (!(e.getCause() instanceof IllegalArgumentException refused)) {
                throw new IllegalStateException("cannot make a " + type.getSimpleName(), e.getCause());
            }
            refused.getMessage().lines().forEach(line -> {
                int colon = line.indexOf(": ");
                boolean key = colon > 0 && line.substring(0, colon).matches("[A-Za-z0-9._\\[\\]-]+");
                String name = key ? line.substring(0, colon) : "";
                String first = name.replaceAll("[.\\[].*", "");
                if (!replaced.contains(first)) {
                    boolean fromDefaults =
                            templates.changed() && key && path.endsWith("]") && (own == null || !own.has(first));
                    problems.add(new ConfigProblem(
                            key ? under(path, name) : path,
                            (key ? line.substring(colon + 2) : line) + (fromDefaults ? " (by 'defaults')" : "")));
                }
            });
            return FAILED;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " is no public record", e);
        }
    }

    private void refuseOthers(RecordComponent[] components, JsonNode own, String path, Set<String> besides) {
        if (absent(own)) {
            return;
        }
        Set<String> known = Arrays.stream(components)
                .map(component -> under(path, ConfigKey.kebab(component.getName())))
                .collect(Collectors.toCollection(TreeSet::new));
        own.fieldNames().forEachRemaining(name -> {
            String key = under(path, name);
            if (!known.contains(key) && !besides.contains(name)) {
                problems.add(new ConfigProblem(key, "no such key; " + Nearest.hint(key, known)));
            }
        });
    }

    private Object leaf(Type type, Class<?> raw, JsonNode node, String path) {
        try {
            return Leaf.of(type, raw, absent(node) ? null : node, path);
        } catch (IllegalArgumentException e) {
            return failed(path, e.getMessage());
        }
    }

    private Object failed(String path, String text) {
        problems.add(new ConfigProblem(path, text));
        return FAILED;
    }

    static boolean absent(JsonNode node) {
        return node == null || node.isMissingNode() || node.isNull();
    }

    private static String under(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}

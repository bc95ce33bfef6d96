package dev.lintel.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testkit.Configs;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The shipped configuration is the operator's manual: it must say what the code does. */
class ConfFilesTest {
    private static final Path SHIPPED = Path.of("conf/lintel.yaml");
    /** What items of lists must say themselves, or what the box says for all of them. */
    private static final Set<String> NO_DEFAULT = Set.of(
            "defaults.camera.id",
            "defaults.camera.source",
            "defaults.door.id",
            "defaults.door.time-zone",
            "defaults.shift.days",
            "defaults.shift.start",
            "defaults.shift.end",
            "defaults.webhook.name",
            "defaults.webhook.url");

    private static final List<String> KEYS = keys();
    private static final Pattern KEY = Pattern.compile("^( *)(# )?([a-z][a-z0-9-]*):( .*)?$");

    @Test
    void shouldBeTheBundledFile() throws IOException {
        assertThat(Path.of("src/main/resources/dev/lintel/config/lintel.yaml"))
                .as("copy conf/lintel.yaml there: it holds the defaults of the code")
                .hasSameTextualContentAs(SHIPPED);
    }

    @Test
    void shouldEqualTheDefaults() {
        Path home = Path.of("").toAbsolutePath();

        assertThat(ConfigLoader.load(home, SHIPPED, Map.of()))
                .isEqualTo(HomePaths.resolve(Configs.of(LintelConfig.class), home));
    }

    @Test
    void shouldMentionEveryKeyAndNoOther() throws IOException {
        assertThat(keysOf(Files.readAllLines(SHIPPED))).containsExactlyInAnyOrderElementsOf(KEYS);
    }

    private static List<String> keys() {
        List<ConfigKey> keys = new ArrayList<>(ConfigKey.all());
        for (Class<?> item : Templates.ITEMS) {
            if (!item.isSealed()) {
                keys.addAll(ConfigKey.of(item, List.of(Templates.SECTION, Templates.key(item))));
                continue;
            }
            Set<String> shared = Arrays.stream(item.getMethods())
                    .filter(method -> Modifier.isAbstract(method.getModifiers()) && method.getParameterCount() == 0)
                    .map(Method::getName)
                    .collect(Collectors.toSet());
            for (Class<?> kind : item.getPermittedSubclasses()) {
                for (RecordComponent component : kind.getRecordComponents()) {
                    keys.add(new ConfigKey(List.of(
                            Templates.SECTION,
                            Templates.key(item),
                            shared.contains(component.getName()) ? Templates.ANY : Templates.name(kind),
                            ConfigKey.kebab(component.getName()))));
                }
            }
        }
        return keys.stream()
                .map(ConfigKey::dotted)
                .filter(key -> !NO_DEFAULT.contains(key))
                .distinct()
                .toList();
    }

    @Test
    void shouldExplainEveryKey() throws IOException {
        List<String> lines = Files.readAllLines(SHIPPED);
        for (int i = 1; i < lines.size(); i++) {
            Matcher key = KEY.matcher(lines.get(i));
            if (key.matches() && key.group(1).length() >= 2 && key.group(4) != null) {
                int above = i - 1;
                while (KEY.matcher(lines.get(above)).matches()
                        && !lines.get(above).strip().startsWith("# ")) {
                    above--;
                }
                assertThat(lines.get(above).strip())
                        .as("the line above %s", key.group(3))
                        .startsWith("# ");
            }
        }
    }

    /** Dotted paths of the keys that hold a value, whether commented out or not. */
    private static List<String> keysOf(List<String> lines) {
        List<String> keys = new ArrayList<>();
        List<String> above = new ArrayList<>();
        for (String line : lines) {
            Matcher key = KEY.matcher(line);
            if (!key.matches() || (key.group(2) != null && !isKey(key.group(3)))) {
                continue;
            }
            int depth = key.group(1).length() / 2;
            while (above.size() > depth) {
                above.remove(above.size() - 1);
            }
            if (key.group(4) == null) {
                above.add(key.group(3));
            } else {
                above.add(key.group(3));
                keys.add(String.join(".", above));
                above.remove(above.size() - 1);
            }
        }
        return keys;
    }

    private static boolean isKey(String word) {
        return KEYS.stream().anyMatch(key -> key.replaceAll(".*\\.", "").equals(word));
    }
}

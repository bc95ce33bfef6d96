package dev.lintel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The shipped configuration is the operator's manual: it must say what the code does. */
class ConfFilesTest {
    private static final Path SHIPPED = Path.of("conf/lintel.yaml");
    private static final Pattern KEY = Pattern.compile("^( *)(# )?([a-z][a-z0-9-]*):( .*)?$");

    @Test
    void shouldEqualTheDefaults() {
        Path home = Path.of("").toAbsolutePath();

        assertThat(ConfigLoader.load(home, SHIPPED, Map.of()))
                .isEqualTo(HomePaths.resolve(LintelConfig.defaults(), home));
    }

    @Test
    void shouldMentionEveryKeyAndNoOther() throws IOException {
        assertThat(keysOf(Files.readAllLines(SHIPPED)))
                .containsExactlyInAnyOrderElementsOf(
                        ConfigKey.all().stream().map(ConfigKey::dotted).toList());
    }

    @Test
    void shouldExplainEveryKey() throws IOException {
        List<String> lines = Files.readAllLines(SHIPPED);
        for (int i = 1; i < lines.size(); i++) {
            Matcher key = KEY.matcher(lines.get(i));
            if (key.matches() && key.group(1).length() == 2 && key.group(4) != null) {
                int above = i - 1;
                while (KEY.matcher(lines.get(above)).matches()
                        && !lines.get(above).strip().startsWith("# ")) {
                    above--;
                }
                assertThat(lines.get(above))
                        .as("the line above %s", key.group(3))
                        .startsWith("  # ");
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
        return ConfigKey.all().stream()
                .anyMatch(key -> key.path().get(key.path().size() - 1).equals(word));
    }
}

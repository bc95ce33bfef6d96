package dev.lintel.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.Sentences;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What can be said about the page's files without a browser. */
class PageFilesTest {
    private static final Path WEB = Path.of("src/main/resources/web");
    private static final Path MESSAGES = WEB.resolve("messages");

    @Test
    void shouldNameNoOtherHost() throws IOException {
        Pattern address = Pattern.compile("(?:https?:)?//[\\w.-]+\\.\\w+[^\\s\"'<]*");
        assertThat(found(address, sources()).stream().filter(hit -> !hit.equals("http://www.w3.org/2000/svg")))
                .isEmpty();
    }

    @Test
    void shouldNeedNoExceptionFromTheContentSecurityPolicy() throws IOException {
        String page = Files.readString(WEB.resolve("index.html"));
        assertThat(page).doesNotContainPattern("<style|\\sstyle=|\\son\\w+=|javascript:");
        assertThat(Pattern.compile("<script(?![^>]*\\ssrc=)").matcher(page).find())
                .as("inline script")
                .isFalse();
        for (Path source : sources()) {
            assertThat(Files.readString(source))
                    .as(source.toString())
                    .doesNotContain("innerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function");
        }
    }

    @Test
    void shouldSpeakEveryLanguageInFull() throws IOException {
        JsonObject english = messages("en");
        try (Stream<Path> files = Files.list(MESSAGES)) {
            for (Path file : files.toList()) {
                JsonObject other = new JsonObject(Files.readString(file));
                assertThat(other.fieldNames()).as(file.toString()).containsExactlyElementsOf(english.fieldNames());
                for (String key : english.fieldNames()) {
                    assertThat(other.getString(key)).as("%s of %s", key, file).isNotBlank();
                    assertThat(placeholders(other.getString(key)))
                            .as("%s of %s", key, file)
                            .isEqualTo(placeholders(english.getString(key)));
                }
            }
        }
        assertThat(messages("de").getString("people.title")).isEqualTo("Personen");
    }

    @Test
    void shouldHaveEveryTextOfThePage() throws IOException {
        Set<String> known = messages("en").fieldNames().stream()
                .map(key -> key.replaceFirst("\\.(one|other)$", ""))
                .collect(Collectors.toSet());
        Set<String> used = new TreeSet<>(found(Pattern.compile("data-(?:text|label)=\"([^\"]+)\""), sources()));
        used.addAll(found(Pattern.compile("\\bt\\(\\s*'([^']+)'"), sources()));
        assertThat(used).hasSizeGreaterThan(150);
        assertThat(known).containsAll(used);
    }

    /** What is put together, such as {@code t(`mode.${mode}`)}, has at least one text that it can become. */
    @Test
    void shouldHaveATextForWhatIsPutTogether() throws IOException {
        Set<String> patterns = found(Pattern.compile("\\b(?:t|known)\\(\\s*`([^`]+)`"), sources());
        Set<String> keys = messages("en").fieldNames();
        assertThat(patterns).hasSizeGreaterThan(15).allSatisfy(pattern -> {
            Pattern key = Pattern.compile(Arrays.stream(pattern.split("\\$\\{[^}]*}", -1))
                    .map(Pattern::quote)
                    .collect(Collectors.joining(".+")));
            assertThat(keys).as(pattern).anyMatch(key.asMatchPredicate());
        });
    }

    @Test
    void shouldNeedEveryText() throws IOException {
        Set<String> whole = found(Pattern.compile("['\"]([a-z_0-9-]+(?:\\.[a-z_0-9-]+)*)['\"]"), sources());
        List<Pattern> patterns = found(Pattern.compile("`([a-z_0-9.]*\\.[^` ]*\\$\\{[^`]+)`"), sources()).stream()
                .map(pattern -> Pattern.compile(Arrays.stream(pattern.split("\\$\\{[^}]*}", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".+"))))
                .toList();
        assertThat(messages("en").fieldNames().stream().map(key -> key.replaceFirst("\\.(one|other)$", "")))
                .allMatch(key -> whole.contains(key)
                        || patterns.stream()
                                .anyMatch(pattern -> pattern.matcher(key).matches()));
    }

    /** What the box says as a code has a sentence in each language, of no more than the box gives with it. */
    @Test
    void shouldHaveASentenceForEveryReason() throws IOException {
        JsonObject english = messages("en");
        assertThat(Sentences.codes()).hasSizeGreaterThan(60).allSatisfy(code -> {
            assertThat(english.fieldNames()).contains("reason." + code);
            assertThat(placeholders(english.getString("reason." + code)))
                    .as(code)
                    .allMatch(gap -> Sentences.names(code).contains(gap.substring(1, gap.length() - 1)));
        });
    }

    @Test
    void shouldHaveAFormForOneAndMany() throws IOException {
        Set<String> keys = messages("en").fieldNames();
        assertThat(keys.stream().filter(key -> key.endsWith(".one")).map(key -> key.replace(".one", ".other")))
                .allMatch(keys::contains);
        assertThat(keys.stream().filter(key -> key.endsWith(".other")).map(key -> key.replace(".other", ".one")))
                .allMatch(keys::contains);
    }

    private static JsonObject messages(String language) throws IOException {
        return new JsonObject(Files.readString(MESSAGES.resolve(language + ".json")));
    }

    private static Set<String> placeholders(String text) {
        return Pattern.compile("\\{\\w+}")
                .matcher(text)
                .results()
                .map(hit -> hit.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void shouldImportOnlyWhatExists() throws IOException {
        for (Path source : sources()) {
            for (String name : found(Pattern.compile("from '\\./([\\w.]+)'"), List.of(source))) {
                assertThat(source.resolveSibling(name)).exists();
            }
        }
    }

    /** One wrong name, and no view starts: the browser links all modules before it runs any. */
    @Test
    void shouldImportOnlyNamesThatAreExported() throws IOException {
        Pattern imports = Pattern.compile("import \\{([^}]*)} from '\\./([\\w.]+)'");
        for (Path source : sources()) {
            for (var hit : imports.matcher(Files.readString(source)).results().toList()) {
                String there = Files.readString(source.resolveSibling(hit.group(2)));
                for (String name : hit.group(1).split(",")) {
                    String plain = name.strip().replaceFirst(" as \\w+$", "");
                    if (!plain.isEmpty()) {
                        assertThat(there)
                                .as(source.getFileName() + " imports " + plain + " from " + hit.group(2))
                                .containsPattern("export (async )?(function|const|let|class) " + plain
                                        + "\\b|export \\{[^}]*\\b" + plain + "\\b");
                    }
                }
            }
        }
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(WEB)) {
            List<Path> sources = files.filter(Files::isRegularFile).sorted().toList();
            assertThat(sources).isNotEmpty();
            return sources;
        }
    }

    /** The first group of each hit, or the whole hit where the pattern has none. */
    private static Set<String> found(Pattern pattern, List<Path> files) throws IOException {
        Set<String> hits = new TreeSet<>();
        for (Path file : files) {
            pattern.matcher(Files.readString(file))
                    .results()
                    .forEach(hit -> hits.add(hit.group(hit.groupCount() == 0 ? 0 : 1)));
        }
        return hits;
    }
}

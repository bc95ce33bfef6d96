package dev.lintel.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private static final Path STRINGS = WEB.resolve("js/strings.js");

  @Test
  void shouldNameNoOtherHost() throws IOException {
    Pattern address = Pattern.compile("(?:https?:)?//[\\w.-]+\\.\\w+[^\\s\"'<]*");
    assertThat(found(address, sources()).stream().filter(hit -> !hit.equals("http://www.w3.org/2000/svg"))).isEmpty();
  }

  @Test
  void shouldNeedNoExceptionFromTheContentSecurityPolicy() throws IOException {
    String page = Files.readString(WEB.resolve("index.html"));
    assertThat(page).doesNotContainPattern("<style|\\sstyle=|\\son\\w+=|javascript:");
    assertThat(Pattern.compile("<script(?![^>]*\\ssrc=)").matcher(page).find()).as("inline script").isFalse();
    for (Path source : sources()) {
      assertThat(Files.readString(source)).as(source.toString())
          .doesNotContain("innerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function");
    }
  }

  @Test
  void shouldHaveEveryTextOfThePage() throws IOException {
    Set<String> known = found(Pattern.compile("(?m)^  '([^']+)':"), List.of(STRINGS)).stream()
        .map(key -> key.replaceFirst("\\.(one|other)$", ""))
        .collect(Collectors.toSet());
    Set<String> used = new TreeSet<>(found(Pattern.compile("data-(?:text|label)=\"([^\"]+)\""), sources()));
    used.addAll(found(Pattern.compile("\\bt\\(\\s*'([^']+)'"), sources()));
    assertThat(used).hasSizeGreaterThan(60);
    assertThat(known).containsAll(used);
  }

  @Test
  void shouldHaveAFormForOneAndMany() throws IOException {
    Set<String> keys = found(Pattern.compile("(?m)^  '([^']+)':"), List.of(STRINGS));
    assertThat(keys.stream().filter(key -> key.endsWith(".one")).map(key -> key.replace(".one", ".other"))).allMatch(keys::contains);
    assertThat(keys.stream().filter(key -> key.endsWith(".other")).map(key -> key.replace(".other", ".one"))).allMatch(keys::contains);
  }

  @Test
  void shouldImportOnlyWhatExists() throws IOException {
    for (Path source : sources()) {
      for (String name : found(Pattern.compile("from '\\./([\\w.]+)'"), List.of(source))) {
        assertThat(source.resolveSibling(name)).exists();
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
      pattern.matcher(Files.readString(file)).results()
          .forEach(hit -> hits.add(hit.group(hit.groupCount() == 0 ? 0 : 1)));
    }
    return hits;
  }
}

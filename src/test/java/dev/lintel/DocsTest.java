package dev.lintel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Follows every relative link in the Markdown files, and its anchor as GitHub makes it from a heading. */
class DocsTest {
    private static final Set<String> NOT_OURS = Set.of("target", "data", "node_modules");

    private static final Pattern FENCED = Pattern.compile("(?ms)^ *```.*?^ *```\\s*$");
    private static final Pattern CODE = Pattern.compile("`[^`\n]*`");
    private static final Pattern LINK = Pattern.compile("\\]\\(\\s*<?([^\\s)>]+)>?(?:\\s+\"[^\"]*\")?\\s*\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6}\\s+(.+?)\\s*#*$");
    private static final Pattern ELSEWHERE = Pattern.compile("^[a-z][a-z0-9+.-]*:.*");

    @Test
    void shouldResolveEveryLinkAndAnchor() throws IOException {
        Path root = Path.of("").toAbsolutePath();

        assertThat(documents(root)).contains(root.resolve("README.md"), root.resolve("docs/quick-start.md"));
        assertThat(broken(root)).isEmpty();
    }

    @Test
    void shouldFindBrokenLinksAndAnchors(@TempDir Path root) throws IOException {
        Files.createDirectory(root.resolve("docs"));
        Files.writeString(root.resolve("docs/door.md"), "# The door\n\n## PINs, and `more`\n\n## PINs, and `more`\n");
        Files.writeString(root.resolve("README.md"), """
                # Box
                [a](docs/door.md) [b](docs/door.md#pins-and-more) [c](docs/door.md#pins-and-more-1) [d](#box) [e](docs)
                [web](https://example.org/nothing) ![picture](docs/missing.png) [f](docs/door.md#windows) [g](#here)
                [h](/docs/door.md) `[code](nothing.md)`
                ```
                [fenced](nothing.md)
                ```
                """);

        assertThat(broken(root))
                .containsExactly(
                        "README.md: docs/missing.png",
                        "README.md: docs/door.md#windows",
                        "README.md: #here",
                        "README.md: /docs/door.md");
    }

    /** Links that lead nowhere, each with the file that it stands in. */
    private static List<String> broken(Path root) throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path document : documents(root)) {
            for (String link : links(document)) {
                if (!resolves(document, link)) {
                    broken.add(root.relativize(document) + ": " + link);
                }
            }
        }
        return broken;
    }

    private static List<Path> documents(Path root) throws IOException {
        try (Stream<Path> files = Files.find(root, 8, (path, attributes) -> attributes.isRegularFile())) {
            return files.filter(path -> path.getFileName().toString().endsWith(".md"))
                    .filter(path -> ours(root.relativize(path)))
                    .sorted()
                    .toList();
        }
    }

    private static boolean ours(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith(".") || NOT_OURS.contains(part.toString())) {
                return false;
            }
        }
        return true;
    }

    private static List<String> links(Path document) throws IOException {
        String text = CODE.matcher(withoutFences(document)).replaceAll("code");
        return LINK.matcher(text)
                .results()
                .map(found -> found.group(1))
                .filter(link -> !ELSEWHERE.matcher(link).matches())
                .toList();
    }

    private static String withoutFences(Path document) throws IOException {
        return FENCED.matcher(Files.readString(document)).replaceAll("");
    }

    private static boolean resolves(Path document, String link) throws IOException {
        if (link.startsWith("/")) {
            return false; // works neither in a browser of files nor in an installation
        }
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty()
                ? document
                : document.resolveSibling(URLDecoder.decode(parts[0], StandardCharsets.UTF_8))
                        .normalize();
        return Files.exists(target) && (parts.length == 1 || anchors(target).contains(parts[1]));
    }

    private static Set<String> anchors(Path document) throws IOException {
        if (!document.toString().endsWith(".md")) {
            return Set.of();
        }
        Set<String> anchors = new HashSet<>();
        Map<String, Integer> seen = new HashMap<>();
        Matcher headings = HEADING.matcher(withoutFences(document));
        while (headings.find()) {
            String anchor = headings.group(1)
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-');
            int before = seen.merge(anchor, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? anchor : anchor + "-" + before);
        }
        return anchors;
    }
}

package dev.lintel.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several files change together or not at all, wherever the work ends. */
class FileSwapTest {
    private static final Map<String, String> OLD = Map.of(
            "box.db", "old database", "box.db-wal", "old journal", "box.db.key", "old key", "conf/box.yaml", "old");
    private static final Map<String, String> NEW =
            Map.of("box.db", "new database", "box.db.key", "new key", "conf/box.yaml", "new", "tls/box.p12", "new");

    @TempDir
    Path folder;

    /** The power fails. */
    private static final class PowerCut extends Error {
        private static final long serialVersionUID = 1;
    }

    private FileSwap begin(Path root) throws IOException {
        Files.createDirectories(root.resolve("conf"));
        for (var file : OLD.entrySet()) {
            Files.writeString(root.resolve(file.getKey()), file.getValue());
        }
        FileSwap swap = new FileSwap(root.resolve("box.db.restoring"), root.resolve("before"));
        swap.remove(root.resolve("box.db-wal"));
        for (var file : NEW.entrySet()) {
            swap.put(root.resolve(file.getKey()), file.getValue().getBytes(StandardCharsets.UTF_8));
        }
        return swap;
    }

    /** What a box would see: without what waits, and without what was there before. */
    private static Map<String, String> seen(Path root) throws IOException {
        Map<String, String> seen = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = root.relativize(file).toString();
                if (!name.startsWith("before") && !name.endsWith(".restored") && !name.endsWith(".new")) {
                    seen.put(name, Files.readString(file));
                }
            }
        }
        return seen;
    }

    @Test
    void shouldLeaveTheOldOrTheNewWhereverItEnds() throws IOException {
        int ends = 0;
        int old = 0;
        for (boolean whole = false; !whole; ends++) {
            Path root = Files.createDirectories(folder.resolve("end-" + ends));
            FileSwap swap = begin(root);
            AtomicInteger left = new AtomicInteger(ends);
            try {
                swap.go(() -> {
                    if (left.getAndDecrement() == 0) {
                        throw new PowerCut();
                    }
                });
                whole = true;
            } catch (PowerCut cut) {
                if (Files.exists(root.resolve("box.db.restoring"))) {
                    FileSwap.finish(root.resolve("box.db.restoring"));
                } else {
                    old++;
                    assertThat(seen(root)).as("ended at " + ends).isEqualTo(new TreeMap<>(OLD));
                    continue;
                }
            }
            assertThat(seen(root)).as("ended at " + ends).isEqualTo(new TreeMap<>(NEW));
            assertThat(Files.getPosixFilePermissions(root.resolve("box.db")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            for (FileSwap.Former former : FileSwap.formers(root.resolve("before"))) {
                String name = root.relativize(former.target()).toString();
                assertThat(former.file().isPresent()).as(name).isEqualTo(OLD.containsKey(name));
                if (former.file().isPresent()) {
                    assertThat(former.file().get()).hasContent(OLD.get(name));
                }
            }
        }
        assertThat(old).isEqualTo(2);
        assertThat(ends).isGreaterThan(10);
    }

    /** A link that is set aside would lead elsewhere, and what it leads to would be taken for what was there. */
    @Test
    void shouldReplaceWhatALinkLeadsTo() throws IOException {
        Path real = Files.writeString(
                Files.createDirectories(folder.resolve("repository")).resolve("box.yaml"), "old");
        Path link = Files.createSymbolicLink(
                Files.createDirectories(folder.resolve("conf")).resolve("box.yaml"), Path.of("../repository/box.yaml"));
        FileSwap swap = new FileSwap(folder.resolve("box.db.restoring"), folder.resolve("before"));
        swap.remove(link);
        swap.put(link, "new".getBytes(StandardCharsets.UTF_8));

        swap.go();

        assertThat(link).isSymbolicLink().hasContent("new");
        assertThat(real).hasContent("new");
        assertThat(FileSwap.formers(swap.aside())).singleElement().satisfies(former -> {
            assertThat(former.target()).isEqualTo(real.toRealPath());
            assertThat(former.file().orElseThrow()).isRegularFile().hasContent("old");
            assertThat(former.file().orElseThrow())
                    .satisfies(file -> assertThat(Files.isSymbolicLink(file)).isFalse());
        });
    }

    @Test
    void shouldLeaveNothingOfWhatWasGivenUp() throws IOException {
        begin(folder).giveUp();

        assertThat(seen(folder)).isEqualTo(new TreeMap<>(OLD));
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(OLD.size());
        }
    }
}

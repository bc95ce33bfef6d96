package dev.lintel.cli;

import dev.lintel.inference.ModelException;
import dev.lintel.inference.ModelManifest;
import dev.lintel.inference.ModelManifest.Task;
import dev.lintel.inference.ModelPack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What the configured embedder and the public ones reach, and under which terms, from their manifests. */
final class EmbedderChoice {
    private EmbedderChoice() {}

    /** @param pack directory of the configured pack; the descriptions of the public ones lie beside it, below public */
    static Finding finding(Path pack) {
        try {
            ModelManifest own = ModelPack.describe(pack.resolve("manifest.yaml"));
            List<String> others = new ArrayList<>();
            for (Path file : descriptions(pack.resolveSibling("public"))) {
                ModelManifest other = ModelPack.describe(file);
                if (other.task() == Task.EMBEDDING && !other.id().equals(own.id())) {
                    others.add(sentence(name(file), other));
                }
            }
            return Finding.ok(
                    "choice of embedder",
                    sentence(own.id(), own)
                            + (others.isEmpty()
                                    ? ""
                                    : "; scripts/fetch-models has: " + String.join("; ", others)
                                            + ". Choose before people are enrolled: after a change they must be enrolled again"));
        } catch (ModelException | IOException e) {
            return Finding.warn("choice of embedder", e.getMessage());
        }
    }

    private static List<Path> descriptions(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".yaml", "");
    }

    private static String sentence(String name, ModelManifest pack) {
        String reach = pack.measured().missed() == null
                ? "not measured"
                : String.format(
                        Locale.ROOT,
                        "misses %.1f %% of the people at the first look where 1 %% of strangers pass%s",
                        100 * pack.measured().missed(),
                        pack.measured().missedOn() == null
                                ? ""
                                : " (" + pack.measured().missedOn() + ")");
        String training = pack.trainingData().isEmpty() ? "not stated" : String.join(", ", pack.trainingData());
        return name + " " + reach + ", " + pack.licence() + ", training data: " + training;
    }
}

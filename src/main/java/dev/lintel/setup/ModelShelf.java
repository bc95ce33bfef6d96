package dev.lintel.setup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The recognition models that lie on this box, as their manifests describe them. */
public final class ModelShelf {
    private static final YAMLMapper YAML = new YAMLMapper();

    private final Path home;

    /** @param home directory with {@code models/} */
    public ModelShelf(Path home) {
        this.home = home.toAbsolutePath().normalize();
    }

    /**
     * One pack.
     *
     * @param folder as the configuration has it
     * @param licence under which terms it may be used
     * @param lfwAccuracy share of the pairs of Labeled Faces in the Wild that it tells right, 0..1; null if its manifest says
     *     nothing
     * @param measured how that was measured; null if its manifest says nothing
     */
    record Model(String folder, String id, String version, String licence, Double lfwAccuracy, String measured) {}

    /** What can recognise; a folder whose manifest or graph is missing is none. */
    List<Model> embedders() throws IOException {
        List<Model> models = new ArrayList<>();
        for (Path folder : folders()) {
            JsonNode manifest = YAML.readTree(Files.readString(folder.resolve("manifest.yaml")));
            if (manifest.path("task").asText().equals("embedding")
                    && Files.isReadable(folder.resolve(manifest.path("file").asText("none")))) {
                JsonNode measured = manifest.path("measured");
                models.add(new Model(
                        home.relativize(folder).toString(),
                        manifest.path("id").asText(),
                        manifest.path("version").asText("0"),
                        manifest.path("licence").asText("unknown"),
                        measured.path("lfwAccuracy").isNumber()
                                ? measured.path("lfwAccuracy").doubleValue()
                                : null,
                        measured.path("lfw").isTextual() ? measured.path("lfw").asText() : null));
            }
        }
        return models;
    }

    /** Their folders, absolute. */
    public Set<Path> chosenFrom() throws IOException {
        return embedders().stream().map(model -> home.resolve(model.folder())).collect(Collectors.toSet());
    }

    private List<Path> folders() throws IOException {
        Path models = home.resolve("models");
        if (!Files.isDirectory(models)) {
            return List.of();
        }
        try (Stream<Path> found = Files.walk(models, 2)) {
            return found.filter(folder -> Files.isReadable(folder.resolve("manifest.yaml")))
                    .sorted()
                    .toList();
        }
    }
}

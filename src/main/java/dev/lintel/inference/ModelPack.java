package dev.lintel.inference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A verified model: the {@code manifest.yaml} of a directory and the graph that it names, read and hashed once and held in
 * memory. Immutable.
 */
public final class ModelPack {
    /** More wait for each other longer than they compute. */
    private static final int MOST_THREADS = 4;

    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();

    private final Path directory;
    private final ModelManifest manifest;
    private final byte[] graph;

    private ModelPack(Path directory, ModelManifest manifest) {
        this.directory = directory;
        this.manifest = manifest;
        this.graph = verified(manifest.file(), manifest.sha256());
    }

    /**
     * Reads the manifest and checks that its graphs are those that it describes.
     *
     * @param engine which of two graphs is opened, where the pack has two
     * @throws ModelException if something is missing or wrong, or the pack has no graph for the engine
     */
    public static ModelPack load(Path directory, Engine engine) {
        Path file = directory.resolve("manifest.yaml");
        ModelManifest manifest = describe(file);
        ModelManifest chosen;
        try {
            chosen = manifest.on(engine);
        } catch (IllegalArgumentException e) {
            throw new ModelException(file + ": " + e.getMessage(), e);
        }
        ModelPack pack = new ModelPack(directory, chosen);
        if (chosen.runtime() == ModelManifest.Runtime.LITE && chosen != manifest) {
            pack.verified(manifest.file(), manifest.sha256());
        } else if (manifest.lite() != null) {
            pack.verified(manifest.lite().file(), manifest.lite().sha256());
        }
        return pack;
    }

    /**
     * The manifest alone, also of a pack that is not installed.
     *
     * @throws ModelException if it is missing or wrong
     */
    public static ModelManifest describe(Path file) {
        ModelManifest manifest;
        try {
            manifest = YAML.readValue(Files.readAllBytes(file), ModelManifest.class);
        } catch (NoSuchFileException e) {
            throw new ModelException(
                    file
                            + ": not found. The default packs are in models/ of the repository; scripts/fetch-models installs others.");
        } catch (JsonProcessingException e) {
            throw new ModelException(file + ": " + reason(e), e);
        } catch (IOException e) {
            throw new ModelException(file + ": cannot be read: " + e.getMessage(), e);
        }
        if (manifest == null) {
            throw new ModelException(file + ": is empty. Install the pack again.");
        }
        return manifest;
    }

    /** Like {@link #load(Path, Engine)}, and refuses a pack for another task. */
    public static ModelPack load(Path directory, Engine engine, ModelManifest.Task task) {
        ModelPack pack = load(directory, engine);
        if (pack.manifest.task() != task) {
            throw new ModelException(directory + ": is a pack for " + lower(pack.manifest.task()) + ", not for "
                    + lower(task) + ". Point the configuration at another directory.");
        }
        return pack;
    }

    public ModelManifest manifest() {
        return manifest;
    }

    Path graph() {
        return directory.resolve(manifest.file());
    }

    /** Like {@link #open(int)}, with as many threads as are of use on this machine. */
    public Network open() {
        // TensorFlow gains nothing from a second thread on these graphs, see 'scripts/bench networks'.
        boolean several = manifest.runtime() == ModelManifest.Runtime.LITE;
        return open(several ? Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()) : 1);
    }

    /**
     * Loads the network and runs it once, which warms it up and shows whether its outputs have the promised
     * names and shape. Whoever opens it closes it.
     *
     * @param threads cores that one run may use, 1..64; TensorFlow Lite uses them where no other network runs at the time
     * @throws ModelException if the graph cannot be loaded or answers otherwise than the manifest says
     */
    public Network open(int threads) {
        if (threads < 1 || threads > 64) {
            throw new IllegalArgumentException("threads: must be 1..64, was " + threads);
        }
        Network network;
        try {
            network = switch (manifest.runtime()) {
                case TENSORFLOW -> TensorFlowNetwork.open(graph, manifest, threads);
                case LITE -> LiteNetwork.open(graph, manifest, threads);
                case ONNX -> OpenCvNetwork.open(graph, manifest, threads);
            };
        } catch (RuntimeException | IOException e) {
            throw new ModelException(
                    graph() + ": cannot be loaded as " + manifest.runtime() + ": " + firstLine(e)
                            + ". The manifest and the graph do not belong together, or this runtime does not know the network.",
                    e);
        }
        try {
            ShapeCheck.run(graph(), manifest, network);
            return network;
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
    }

    private byte[] verified(String name, String sha256) {
        Path file = directory.resolve(name);
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new ModelException(
                    file + ": not found, though the manifest beside it names it. Install the pack again.");
        } catch (IOException e) {
            throw new ModelException(file + ": cannot be read: " + e.getMessage(), e);
        }
        String actual = sha256(bytes);
        if (!actual.equals(sha256)) {
            throw new ModelException(file + ": has SHA-256 " + actual + ", the manifest says " + sha256
                    + ". The file is damaged or not the one described; install the pack again.");
        }
        return bytes;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String reason(JsonProcessingException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return path(unknown) + ": unknown key; known are " + unknown.getKnownPropertyIds();
        }
        if (e.getCause() instanceof IllegalArgumentException invalid) {
            return invalid.getMessage();
        }
        return e instanceof JsonMappingException mapping
                ? path(mapping) + ": " + e.getOriginalMessage()
                : e.getOriginalMessage();
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
    }

    /** OpenCV's messages carry a source path of the machine that built it before the reason. */
    static String firstLine(Exception e) {
        String message = String.valueOf(e.getMessage());
        int reason = message.indexOf("error: ");
        return (reason < 0 ? message : message.substring(reason + 7))
                .lines()
                .findFirst()
                .orElse("");
    }

    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}

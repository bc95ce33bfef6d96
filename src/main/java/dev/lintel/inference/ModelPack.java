package dev.lintel.inference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.nio.ByteBuffer;

/** A verified model on disk: a directory with {@code manifest.yaml} and the graph that it names. Immutable. */
public final class ModelPack {
  private static final ObjectMapper YAML =
      YAMLMapper.builder().enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS).build();

  private final Path directory;
  private final ModelManifest manifest;

  private ModelPack(Path directory, ModelManifest manifest) {
    this.directory = directory;
    this.manifest = manifest;
  }

  /**
   * Reads the manifest and checks that the graph is the one it describes.
   *
   * @throws ModelException if either is missing or wrong
   */
  public static ModelPack load(Path directory) {
    Path file = directory.resolve("manifest.yaml");
    ModelManifest manifest;
    try {
      manifest = YAML.readValue(Files.readAllBytes(file), ModelManifest.class);
    } catch (NoSuchFileException e) {
      throw new ModelException(
          file + ": not found. The default packs are in models/ of the repository; scripts/fetch-models installs others.");
    } catch (ValueInstantiationException e) {
      throw new ModelException(file + ": " + e.getCause().getMessage(), e);
    } catch (JsonProcessingException e) {
      throw new ModelException(file + ": " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new ModelException(file + ": cannot be read: " + e.getMessage(), e);
    }
    ModelPack pack = new ModelPack(directory, manifest);
    pack.verify();
    return pack;
  }

  /** Like {@link #load(Path)}, and refuses a pack for another task. */
  public static ModelPack load(Path directory, ModelManifest.Task task) {
    ModelPack pack = load(directory);
    if (pack.manifest.task() != task) {
      throw new ModelException(directory + ": is a pack for " + pack.manifest.task() + ", not for " + task
          + ". Point the configuration at another directory.");
    }
    return pack;
  }

  public ModelManifest manifest() {
    return manifest;
  }

  public Path directory() {
    return directory;
  }

  Path graph() {
    return directory.resolve(manifest.file());
  }

  /**
   * Loads the network and runs it once, which warms it up and shows whether its outputs have the promised
   * names and shape. Whoever opens it closes it.
   *
   * @param threads cores that one run may use, at least 1
   * @throws ModelException if the graph cannot be loaded or answers otherwise than the manifest says
   */
  public Network open(int threads) {
    Network network;
    try {
      network = manifest.runtime() == ModelManifest.Runtime.TENSORFLOW
          ? TensorFlowNetwork.open(graph(), manifest, threads)
          : OpenCvNetwork.open(graph(), manifest, threads);
    } catch (RuntimeException | IOException e) {
      throw new ModelException(graph() + ": cannot be loaded as " + manifest.runtime() + ": " + e.getMessage(), e);
    }
    try {
      probe(network);
      return network;
    } catch (RuntimeException e) {
      network.close();
      throw e instanceof ModelException m ? m : new ModelException(graph() + ": fails on a black image: " + e.getMessage(), e);
    }
  }

  private void probe(Network network) {
    int width = manifest.input().width() > 0 ? manifest.input().width() : 320;
    int height = manifest.input().height() > 0 ? manifest.input().height() : 320;
    Map<String, float[]> outputs =
        network.run(ByteBuffer.allocateDirect(width * height * 3), 1, height, width);
    for (String name : manifest.output().names()) {
      float[] values = outputs.get(name);
      int expected = manifest.output().dimension();
      if (values == null || values.length == 0 || (expected > 0 && values.length != expected)) {
        throw new ModelException(graph() + ": output '" + name + "' has "
            + (values == null ? "no" : values.length) + " values, the manifest promises "
            + (expected > 0 ? expected : "some") + ". The manifest and the graph do not belong together.");
      }
    }
  }

  private void verify() {
    String actual;
    try (var in = Files.newInputStream(graph())) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] chunk = new byte[1 << 16];
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        digest.update(chunk, 0, n);
      }
      actual = HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchFileException e) {
      throw new ModelException(graph() + ": not found, though the manifest beside it names it. Install the pack again.");
    } catch (IOException e) {
      throw new ModelException(graph() + ": cannot be read: " + e.getMessage(), e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    if (!actual.equals(manifest.sha256())) {
      throw new ModelException(graph() + ": has SHA-256 " + actual + ", the manifest says " + manifest.sha256()
          + ". The file is damaged or not the one described; install the pack again.");
    }
  }
}

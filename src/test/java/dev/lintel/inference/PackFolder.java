package dev.lintel.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Writes model packs for tests. */
public final class PackFolder {
    /** Public networks beside the project; absent on a fresh clone. */
    public static final Path PUBLIC = Path.of("../shared/models");

    private PackFolder() {}

    /** A pack of a copied graph file and a manifest in which {@code @FILE} and {@code @SHA256} are filled in. */
    public static Path write(Path folder, Path graph, String manifest) throws Exception {
        byte[] bytes = Files.readAllBytes(graph);
        Files.createDirectories(folder);
        Files.write(folder.resolve(graph.getFileName()), bytes);
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        writeManifest(
                folder,
                manifest.replace("@FILE", graph.getFileName().toString()).replace("@SHA256", sha256));
        return folder;
    }

    static void writeManifest(Path folder, String manifest) throws IOException {
        Files.writeString(folder.resolve("manifest.yaml"), manifest);
    }

    /** YuNet as a detection pack. */
    public static Path yunet(Path folder) throws Exception {
        return write(folder, PUBLIC.resolve("yunet_n_640_640.onnx"), """
        task: detection
        id: yunet-n
        version: 1.0.0
        runtime: onnx
        file: @FILE
        sha256: @SHA256
        input: {name: input, width: 0, height: 0, multiple: 32, type: float32, layout: NCHW, colour: BGR}
        output:
          names: [cls_8, cls_16, cls_32, obj_8, obj_16, obj_32, bbox_8, bbox_16, bbox_32, kps_8, kps_16, kps_32]
        threshold: 0.6
        sureScore: 0.9
        licence: Apache-2.0
        """);
    }

    /** MobileFaceNet as an embedding pack. */
    static String mobileFaceNet() {
        return """
        task: embedding
        id: mobilefacenet
        version: 1.0.0
        runtime: onnx
        file: @FILE
        sha256: @SHA256
        input:
          name: input0
          width: 112
          height: 112
          colour: RGB
          mean: [123.675, 116.28, 103.53]
          std: [58.395, 57.12, 57.375]
        output: {names: [output0], dimension: 128}
        calibration:
          similarityAtDefault: 0.4
          thresholds: [{fmr: 1.0e-1, similarity: 0.2}, {fmr: 1.0e-3, similarity: 0.4}]
        """;
    }
}

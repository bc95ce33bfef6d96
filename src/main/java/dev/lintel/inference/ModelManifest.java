package dev.lintel.inference;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.lintel.face.Calibration;
import java.util.List;
import java.util.Locale;

/**
 * {@code manifest.yaml} of a model pack. Its constructors check; a message begins with the key it is about.
 *
 * @param id names the outputs' space; stored with each template, so it changes when outputs change
 * @param lite the same network converted for TensorFlow Lite; null if the pack has none
 * @param calibration embedding packs only
 * @param threshold detection: smallest score; liveness: smallest probability of live; landmarks: smallest
 *     geometric mean of the detector's score and the second output; null for the others
 * @param besideScore detection: score that a further face needs beside the best one of an image; null for the
 *     threshold. A network that sees faces in collars and hands beside the real one needs it
 * @param sequenceThreshold liveness: smallest mean probability over the frames of a visit, where a camera shows more than
 *     one image; null for {@code threshold}
 * @param cameraLimit liveness: how the limit of one camera follows from the level of its live faces; null if that was not measured
 * @param sureScore detection: an upright face of this score is not held against the other quarter turns; null if
 *     upright always wins. A detector that separates upright from turned faces by score has it
 * @param trainingData what the authors say that it was trained on
 * @param measured may hold more than is read here
 */
public record ModelManifest(
        Task task,
        String id,
        String version,
        Runtime runtime,
        String file,
        String sha256,
        Converted lite,
        Input input,
        Output output,
        Calibrated calibration,
        Double threshold,
        Double sureScore,
        Double besideScore,
        Double sequenceThreshold,
        CameraLimit cameraLimit,
        String licence,
        List<String> trainingData,
        Measured measured) {

    /**
     * What was measured of a pack, as far as people are told of it.
     *
     * @param missed embedding: share of enrolled people who are not recognised where 1 % of strangers are taken for somebody; null if
     *     not measured
     * @param missedOn on which pictures, one line
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Measured(Double missed, String missedOn) {}

    /**
     * How a camera's own limit, in place of {@code sequenceThreshold}, follows from the level that live faces reach there.
     *
     * @param margin by how much the limit lies below that level, in log odds, more than 0
     * @param least smallest limit, 0..1
     * @param leastAsked the same where movements are asked for, which then prove more than the network
     * @param most largest limit, 0..1
     */
    public record CameraLimit(double margin, double least, double leastAsked, double most) {
        public CameraLimit {
            require(margin > 0 && margin <= 10, "cameraLimit.margin: must be more than 0 and at most 10");
            require(
                    leastAsked > 0 && leastAsked <= least && least <= most && most < 1,
                    "cameraLimit: needs 0 < leastAsked <= least <= most < 1");
        }
    }

    public enum Task {
        DETECTION,
        /** Five points in a square crop around a face. */
        LANDMARKS,
        EMBEDDING,
        LIVENESS
    }

    /** What runs the graph. */
    public enum Runtime {
        /** A frozen TensorFlow GraphDef that takes raw bytes and normalises inside. */
        TENSORFLOW,
        /** A TensorFlow Lite graph, the same otherwise. */
        LITE,
        /** An ONNX graph, run by OpenCV's DNN module; Java normalises. */
        ONNX;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A second graph of the same weights, beside the first. */
    public record Converted(String file, String sha256) {
        public Converted {
            checkFile("lite.", file, sha256);
        }
    }

    public enum Colour {
        RGB,
        BGR
    }

    /**
     * @param width in pixels, 0 for any multiple of {@code multiple}
     * @param height likewise
     * @param type and {@code layout}: informative; they follow from the runtime
     * @param mean of each channel in the network's colour order, on the 0..255 scale
     * @param std likewise; the network sees {@code (x - mean) / std}
     */
    public record Input(
            String name,
            int width,
            int height,
            int multiple,
            String type,
            String layout,
            Colour colour,
            List<Double> mean,
            List<Double> std) {
        public Input {
            require(name != null && !name.isBlank(), "input.name: is missing");
            require(
                    width >= 0 && height >= 0 && width <= 4096 && height <= 4096,
                    "input: width and height must be 0..4096");
            multiple = Math.max(1, multiple);
            colour = colour == null ? Colour.RGB : colour;
            mean = mean == null ? List.of(0.0, 0.0, 0.0) : List.copyOf(mean);
            std = std == null ? List.of(1.0, 1.0, 1.0) : List.copyOf(std);
            require(mean.size() == 3, "input.mean: needs three values");
            require(std.size() == 3 && std.stream().allMatch(s -> s > 0), "input.std: needs three positive values");
        }
    }

    /**
     * @param dimension length of an embedding; 0 for other tasks
     * @param activation {@code softmax} if liveness values are logits, else {@code none}
     * @param liveIndex which value of a liveness output belongs to "live"
     */
    public record Output(List<String> names, int dimension, String activation, int liveIndex) {
        public Output {
            require(names != null && !names.isEmpty(), "output.names: at least one output is needed");
            names = List.copyOf(names);
            activation = activation == null ? "none" : activation;
            require(
                    activation.equals("none") || activation.equals("softmax"),
                    "output.activation: must be none or softmax");
        }
    }

    /** The calibration block; see {@link Calibration}. */
    public record Calibrated(
            double similarityAtDefault,
            List<Calibration.Point> thresholds,
            double likeness,
            List<Calibration.Looks> looks,
            String source) {
        public Calibrated {
            thresholds = thresholds == null ? List.of() : thresholds;
            looks = looks == null ? List.of() : looks;
            new Calibration(similarityAtDefault, thresholds, looks, likeness);
        }

        public Calibration toCalibration() {
            return new Calibration(similarityAtDefault, thresholds, looks, likeness);
        }
    }

    public ModelManifest {
        require(task != null, "task: is missing; one of detection, landmarks, embedding, liveness");
        require(id != null && id.matches("[A-Za-z0-9._-]{1,64}"), "id: needs 1..64 letters, digits, dots or dashes");
        require(runtime != null, "runtime: is missing; one of tensorflow, lite, onnx");
        checkFile("", file, sha256);
        require(input != null, "input: is missing");
        require(output != null, "output: is missing");
        require(sureScore == null || (sureScore >= 0 && sureScore <= 1), "sureScore: must be 0..1");
        version = version == null ? "0" : version;
        licence = licence == null ? "unknown" : licence;
        trainingData = trainingData == null ? List.of() : List.copyOf(trainingData);
        measured = measured == null ? new Measured(null, null) : measured;
        if (task == Task.EMBEDDING) {
            require(output.dimension > 0, "output.dimension: is missing");
            require(calibration != null, "calibration: is missing; 'lintel calibrate' measures it");
        } else if (task != Task.LANDMARKS) {
            require(threshold != null && threshold >= 0 && threshold <= 1, "threshold: must be 0..1");
        }
    }

    private static void checkFile(String section, String file, String sha256) {
        require(
                file != null && !file.isBlank() && !file.contains("/"),
                section + "file: must name a file beside the manifest");
        require(
                sha256 != null && sha256.matches("[0-9a-f]{64}"),
                section + "sha256: needs 64 hexadecimal digits in lower case");
    }

    /**
     * What is run where an engine is chosen: runtime, file and checksum are those of the graph for it. A pack of one graph only
     * runs on its own runtime beside either engine.
     *
     * @throws IllegalArgumentException if the pack has no graph for it
     */
    ModelManifest on(Engine engine) {
        if (runtime != Runtime.TENSORFLOW || engine == Engine.TENSORFLOW) {
            return this;
        }
        require(
                lite != null,
                "has no graph for inference.engine: lite. Take engine: tensorflow, or convert the pack with"
                        + " scripts/train/lite_export.py");
        return new ModelManifest(
                task,
                id,
                version,
                Runtime.LITE,
                lite.file,
                lite.sha256,
                lite,
                input,
                output,
                calibration,
                threshold,
                sureScore,
                besideScore,
                sequenceThreshold,
                cameraLimit,
                licence,
                trainingData,
                measured);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}

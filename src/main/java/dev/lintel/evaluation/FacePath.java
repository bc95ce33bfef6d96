package dev.lintel.evaluation;

import dev.lintel.embedding.EmbeddingConfig;
import dev.lintel.embedding.FaceEmbedder;
import dev.lintel.evaluation.report.Report.Fact;
import dev.lintel.face.Calibration;
import dev.lintel.face.Embedding;
import dev.lintel.face.EncodedImage;
import dev.lintel.face.FaceCrop;
import dev.lintel.face.Liveness;
import dev.lintel.face.Outcome;
import dev.lintel.inference.ModelManifest;
import dev.lintel.inference.ModelManifest.Task;
import dev.lintel.inference.ModelPack;
import dev.lintel.liveness.LivenessChecks;
import dev.lintel.liveness.LivenessConfig;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.vision.FaceReader;
import dev.lintel.vision.SeenFace;
import dev.lintel.vision.SeenImage;
import dev.lintel.vision.VisionConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The appliance's own way from an image file to a face: the same reader, checks and embedder, without the bus.
 * Thread-safe. Owns the networks.
 */
public final class FacePath implements AutoCloseable {
    private final FaceReader reader;
    private final LivenessChecks checks;
    private final FaceEmbedder embedder;
    private final List<ModelPack> packs;
    private final FaceChoice choice;

    private FacePath(
            FaceReader reader, LivenessChecks checks, FaceEmbedder embedder, List<ModelPack> packs, FaceChoice choice) {
        this.reader = reader;
        this.checks = checks;
        this.embedder = embedder;
        this.packs = packs;
        this.choice = choice;
    }

    /** @throws dev.lintel.inference.ModelException if a pack cannot be used */
    public static FacePath open(
            VisionConfig vision,
            LivenessConfig liveness,
            EmbeddingConfig embedding,
            FaceChoice choice,
            ApplianceMetrics metrics) {
        List<ModelPack> packs = new ArrayList<>();
        packs.add(ModelPack.load(embedding.model(), Task.EMBEDDING));
        packs.add(ModelPack.load(vision.model(), Task.DETECTION));
        packs.add(ModelPack.load(vision.landmarks(), Task.LANDMARKS));
        liveness.network()
                .filter(pack -> liveness.modelOnImages())
                .ifPresent(pack -> packs.add(ModelPack.load(pack, Task.LIVENESS)));
        ModelManifest manifest = packs.get(0).manifest();
        FaceReader reader = FaceReader.open(vision, metrics);
        LivenessChecks checks = LivenessChecks.open(liveness, metrics);
        FaceEmbedder embedder = new FaceEmbedder(
                packs.get(0).open(1),
                manifest.id(),
                manifest.output().names().get(0),
                manifest.output().dimension());
        return new FacePath(reader, checks, embedder, packs, choice);
    }

    /** The embedder's calibration, as its pack has it now. */
    public Calibration calibration() {
        return packs.get(0).manifest().calibration().toCalibration();
    }

    /** The directory of the embedder's pack. */
    public Path embedderPack() {
        return packs.get(0).directory();
    }

    /** Which networks these are. */
    public List<Fact> facts() {
        return packs.stream()
                .map(ModelPack::manifest)
                .map(m -> new Fact(
                        m.task().name().charAt(0) + m.task().name().substring(1).toLowerCase(java.util.Locale.ROOT),
                        m.id() + " " + m.version() + " on " + m.runtime() + ", SHA-256 "
                                + m.sha256().substring(0, 16)))
                .toList();
    }

    /** @throws UncheckedIOException if the file cannot be read */
    public Sample sample(Path file) {
        EncodedImage image = load(file);
        long start = System.nanoTime();
        Outcome<SeenImage> seen = reader.read(image);
        double read = millisSince(start);
        return seen.fold(
                found -> judge(file, choice.of(found), read),
                refusal ->
                        new Sample(file, Optional.empty(), Optional.of(refusal.code()), new Sample.Timing(read, 0, 0)));
    }

    private Sample judge(Path file, SeenFace face, double read) {
        long start = System.nanoTime();
        Liveness liveness = new Liveness(
                checks.onImages().stream().map(check -> check.check(face)).toList());
        double checked = millisSince(start);
        start = System.nanoTime();
        Embedding embedding = embedder.embed(List.of(face.aligned())).get(0);
        double embedded = millisSince(start);
        return new Sample(
                file,
                Optional.of(new Sample.Face(embedding, face.quality(), liveness)),
                Optional.empty(),
                new Sample.Timing(read, checked, embedded));
    }

    /** The aligned face in the file, for a thumbnail. */
    Optional<FaceCrop> crop(Path file) {
        return reader.read(load(file))
                .fold(found -> Optional.of(choice.of(found).aligned()), refusal -> Optional.empty());
    }

    private static EncodedImage load(Path file) {
        try {
            return new EncodedImage(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read", e);
        }
    }

    private static double millisSince(long start) {
        return (System.nanoTime() - start) / 1e6;
    }

    @Override
    public void close() {
        embedder.close();
        checks.close();
        reader.close();
    }
}

package dev.lintel.evaluation;

import dev.lintel.embedding.EmbeddingConfig;
import dev.lintel.evaluation.report.Report.Fact;
import dev.lintel.face.Calibration;
import dev.lintel.face.Embedding;
import dev.lintel.face.EncodedImage;
import dev.lintel.face.FaceCrop;
import dev.lintel.face.Liveness;
import dev.lintel.face.Outcome;
import dev.lintel.inference.InferenceConfig;
import dev.lintel.liveness.LivenessConfig;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.models.ModelSet;
import dev.lintel.models.Models;
import dev.lintel.vision.SeenFace;
import dev.lintel.vision.SeenImage;
import dev.lintel.vision.VisionConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The appliance's own way from an image file to a face: the same reader, checks and embedder, without the bus.
 * Thread-safe. Owns the networks.
 */
public final class FacePath implements AutoCloseable {
    private final Models models;
    private final Path embedderPack;
    private final LabelledFace choice;

    private FacePath(Models models, Path embedderPack, LabelledFace choice) {
        this.models = models;
        this.embedderPack = embedderPack;
        this.choice = choice;
    }

    /**
     * Opens the packs; one for liveness only where it judges single images.
     *
     * @throws dev.lintel.inference.ModelException if a pack cannot be used
     */
    public static FacePath open(
            InferenceConfig inference,
            VisionConfig vision,
            LivenessConfig liveness,
            EmbeddingConfig embedding,
            LabelledFace choice,
            ApplianceMetrics metrics) {
        LivenessConfig onImages = liveness.modelOnImages() ? liveness : liveness.withoutModel();
        Models models = new ModelSet(inference, vision, onImages, embedding).open(metrics);
        return new FacePath(models, embedding.model(), choice);
    }

    /** The embedder's calibration, as its pack has it now. */
    public Calibration calibration() {
        return models.calibration();
    }

    /** The directory of the embedder's pack. */
    public Path embedderPack() {
        return embedderPack;
    }

    /** Which networks these are. */
    public List<Fact> facts() {
        return models.manifests().stream()
                .map(m -> new Fact(
                        m.task().name().charAt(0) + ModelSet.name(m.task()).substring(1),
                        m.id() + " " + m.version() + " on " + m.runtime() + ", SHA-256 "
                                + m.sha256().substring(0, 16)))
                .toList();
    }

    /** @throws UncheckedIOException if the file cannot be read */
    public Sample sample(Path file) {
        EncodedImage image = load(file);
        long start = System.nanoTime();
        Outcome<SeenImage> seen = models.reader().read(image);
        double read = millisSince(start);
        return seen.fold(
                found -> judge(file, choice.of(found), read),
                refusal ->
                        new Sample(file, Optional.empty(), Optional.of(refusal.code()), new Sample.Timing(read, 0, 0)));
    }

    private Sample judge(Path file, SeenFace face, double read) {
        long start = System.nanoTime();
        Liveness liveness = new Liveness(models.checks().onImages().stream()
                .map(check -> check.check(face))
                .toList());
        double checked = millisSince(start);
        start = System.nanoTime();
        Embedding embedding = models.embedder().embed(List.of(face.aligned())).get(0);
        double embedded = millisSince(start);
        return new Sample(
                file,
                Optional.of(new Sample.Face(embedding, face.quality(), liveness)),
                Optional.empty(),
                new Sample.Timing(read, checked, embedded));
    }

    /** The aligned face in the file, for a thumbnail. */
    Optional<FaceCrop> crop(Path file) {
        return models.reader()
                .read(load(file))
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
        models.close();
    }
}

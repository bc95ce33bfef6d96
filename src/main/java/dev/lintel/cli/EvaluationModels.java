package dev.lintel.cli;

import dev.lintel.config.LintelConfig;
import dev.lintel.embedding.EmbeddingConfig;
import dev.lintel.evaluation.FacePath;
import dev.lintel.evaluation.LabelledFace;
import dev.lintel.evaluation.Samples;
import dev.lintel.inference.ModelException;
import dev.lintel.liveness.LivenessConfig;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.vision.VisionConfig;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The networks that an evaluation runs, and how: the configured ones, or others to compare them with. */
final class EvaluationModels {
    @Mixin
    Installation installation;

    @Option(names = "--detector", paramLabel = "PACK", description = "Detection pack. Default: the configured one.")
    Path detector;

    @Option(names = "--embedder", paramLabel = "PACK", description = "Embedding pack. Default: the configured one.")
    Path embedder;

    @Option(
            names = "--liveness-model",
            paramLabel = "PACK",
            description = "Liveness pack. Default: the configured one.")
    Path livenessModel;

    @Option(
            names = "--face",
            paramLabel = "central|largest",
            defaultValue = "central",
            description = "Which of several faces in a photo is meant. Default: ${DEFAULT-VALUE}.")
    LabelledFace face;

    @Option(names = "--threads", paramLabel = "N", description = "Images read at once. Default: the number of cores.")
    int threads = Runtime.getRuntime().availableProcessors();

    /** The configuration with the packs that were named instead. */
    LintelConfig load() {
        return load(false);
    }

    /** @param liveness whether liveness itself is measured, by all that the box has, also what single images are spared */
    LintelConfig load(boolean liveness) {
        LintelConfig c = installation.load();
        VisionConfig v = c.vision();
        LivenessConfig l = livenessModel == null ? c.liveness() : c.liveness().withModel(livenessModel);
        EmbeddingConfig e = c.embedding();
        return c.withModels(
                detector == null ? v : v.withModel(detector),
                liveness || livenessModel != null ? l.withModelOnImages() : l,
                embedder == null ? e : e.withModel(embedder));
    }

    FacePath open(LintelConfig config) {
        try {
            return FacePath.open(
                    config.inference(),
                    config.vision(),
                    config.liveness(),
                    config.embedding(),
                    face,
                    ApplianceMetrics.unpublished());
        } catch (ModelException e) {
            throw new CommandException(ExitCodes.CONFIG, e.getMessage());
        }
    }

    Samples read(List<Path> files, FacePath path) throws InterruptedException {
        if (threads < 1 || threads > 64) {
            throw new CommandException(ExitCodes.USAGE, "--threads: must be 1..64, was " + threads);
        }
        try (Progress progress = new Progress("Reading", files.size())) {
            return Samples.read(files, path::sample, threads, progress::step);
        }
    }

    static CommandException noInput(IOException e) {
        boolean missing = e instanceof NoSuchFileException || e instanceof NotDirectoryException;
        return new CommandException(ExitCodes.NO_INPUT, e.getMessage() + (missing ? ": not found" : ""));
    }
}

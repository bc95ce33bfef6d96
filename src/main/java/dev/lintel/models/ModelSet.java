package dev.lintel.models;

import dev.lintel.embedding.EmbeddingConfig;
import dev.lintel.embedding.FaceEmbedder;
import dev.lintel.inference.Engine;
import dev.lintel.inference.InferenceConfig;
import dev.lintel.inference.ModelManifest;
import dev.lintel.inference.ModelManifest.Task;
import dev.lintel.inference.ModelPack;
import dev.lintel.inference.Natives;
import dev.lintel.liveness.LivenessChecks;
import dev.lintel.liveness.LivenessConfig;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.vision.FaceReader;
import dev.lintel.vision.VisionConfig;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The packs that a configuration names. The graph of each is read and hashed once, when somebody first asks about the pack, and
 * held in memory until {@link #open}. Not thread-safe.
 */
public final class ModelSet {
    private final Engine engine;
    private final VisionConfig vision;
    private final LivenessConfig liveness;
    private final Map<Task, Path> directories = new EnumMap<>(Task.class);
    private final Map<Task, ModelPack> verified = new EnumMap<>(Task.class);

    public ModelSet(
            InferenceConfig inference, VisionConfig vision, LivenessConfig liveness, EmbeddingConfig embedding) {
        this.engine = inference.engine();
        this.vision = vision;
        this.liveness = liveness;
        directories.put(Task.DETECTION, vision.model());
        directories.put(Task.LANDMARKS, vision.landmarks());
        directories.put(Task.EMBEDDING, embedding.model());
        liveness.network().ifPresent(pack -> directories.put(Task.LIVENESS, pack));
    }

    /** What there is a pack for, in the order in which a face meets them. */
    public List<Task> tasks() {
        return List.copyOf(directories.keySet());
    }

    /**
     * Of a task's pack, whose graph was found to be the one described.
     *
     * @throws dev.lintel.inference.ModelException if the pack is missing, damaged or for another task
     */
    public ModelManifest manifest(Task task) {
        return pack(task).manifest();
    }

    /**
     * Loads every network and runs it once. Whoever opens them closes them.
     *
     * @throws dev.lintel.inference.ModelException if a pack cannot be used; nothing is left open then
     */
    public Models open(ApplianceMetrics metrics) {
        List<ModelManifest> manifests = tasks().stream().map(this::manifest).toList();
        Optional<ModelPack> live = Optional.ofNullable(verified.get(Task.LIVENESS));
        FaceReader reader = null;
        LivenessChecks checks = null;
        try {
            reader = FaceReader.open(pack(Task.DETECTION), pack(Task.LANDMARKS), vision, metrics);
            checks = LivenessChecks.open(liveness, live);
            FaceEmbedder embedder = FaceEmbedder.open(pack(Task.EMBEDDING));
            manifests.forEach(m -> metrics.model(
                    name(m.task()), m.id(), m.version(), m.runtime().toString()));
            Natives.trimMemory();
            return new Models(reader, checks, embedder, manifests);
        } catch (RuntimeException | Error e) {
            if (checks != null) {
                checks.close();
            }
            if (reader != null) {
                reader.close();
            }
            throw e;
        } finally {
            verified.clear();
        }
    }

    /** As configuration, meters and answers spell it. */
    public static String name(Task task) {
        return task.name().toLowerCase(Locale.ROOT);
    }

    private ModelPack pack(Task task) {
        return verified.computeIfAbsent(task, t -> ModelPack.load(directories.get(t), engine, t));
    }
}

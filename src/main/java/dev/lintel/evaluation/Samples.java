package dev.lintel.evaluation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Reads many images, each once, on a few threads. */
public final class Samples {
    private final Map<Path, Sample> byFile;
    private final double seconds;

    private Samples(Map<Path, Sample> byFile, double seconds) {
        this.byFile = byFile;
        this.seconds = seconds;
    }

    /**
     * @param path makes a sample of a file; called from several threads
     * @param step called after each file
     * @throws InterruptedException if the caller is interrupted; what is in flight is finished
     */
    public static Samples read(Collection<Path> files, Function<Path, Sample> path, int threads, Runnable step)
            throws InterruptedException {
        long start = System.nanoTime();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Sample>> tasks = new ArrayList<>();
            for (Path file : new LinkedHashSet<>(files)) {
                tasks.add(() -> {
                    Sample sample = path.apply(file);
                    step.run();
                    return sample;
                });
            }
            Map<Path, Sample> byFile = new LinkedHashMap<>();
            for (Future<Sample> done : pool.invokeAll(tasks)) {
                Sample sample = done.get();
                byFile.put(sample.file(), sample);
            }
            return new Samples(byFile, (System.nanoTime() - start) / 1e9);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    public Sample of(Path file) {
        Sample sample = byFile.get(file);
        if (sample == null) {
            throw new IllegalArgumentException(file + " was not read");
        }
        return sample;
    }

    public Collection<Sample> all() {
        return byFile.values();
    }

    /** Wall-clock time of reading them all. */
    public double seconds() {
        return seconds;
    }
}

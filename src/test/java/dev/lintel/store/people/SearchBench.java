package dev.lintel.store.people;

import com.sun.management.OperatingSystemMXBean;
import dev.lintel.face.Embedding;
import dev.lintel.face.Label;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Scanner;
import java.util.stream.Stream;

/**
 * Measures the exact search of one probe among 1,000, 10,000 and 100,000 templates of 256 components, four for each
 * person, on one thread. Its {@code main} prints a table, or with the argument {@code asked} answers each line "SIZE N" of
 * standard input with the p50 in milliseconds, the processor time of one search, the people found and the memory of all that is alive
 * in MiB, for {@code RivalBench}.
 */
public final class SearchBench {
    private static final int DIMENSION = 256;
    private static final int TEMPLATES_PER_PERSON = 4;
    static final int TOP = 5;
    private static final int PORTION = 2000;

    private SearchBench() {}

    /**
     * @param size templates in the gallery
     * @param added microseconds for each template that was added, in portions as at the start of a box
     * @param p50 milliseconds, as the others
     */
    public record Row(int size, double added, double p50, double p95, double p99) {}

    /** @param searches measured searches for each size, after as many for warming up */
    public static List<Row> measure(int searches, int... sizes) {
        Random random = new Random(1);
        Gallery gallery = new Gallery();
        List<Row> rows = new ArrayList<>();
        for (int size : sizes) {
            double added = fill(gallery, size, random);
            time(gallery, probes(random, searches));
            double[] millis = time(gallery, probes(random, searches));
            Arrays.sort(millis);
            rows.add(new Row(size, added, at(millis, 0.50), at(millis, 0.95), at(millis, 0.99)));
        }
        return rows;
    }

    public static void main(String[] args) {
        if (args.length > 0) {
            answer();
            return;
        }
        System.out.println("| templates | added, µs each | p50 ms | p95 ms | p99 ms |\n|---:|---:|---:|---:|---:|");
        for (Row row : measure(500, 1_000, 10_000, 100_000)) {
            System.out.printf(
                    Locale.ROOT,
                    "| %,d | %.1f | %.3f | %.3f | %.3f |%n",
                    row.size,
                    row.added,
                    row.p50,
                    row.p95,
                    row.p99);
        }
    }

    private static void answer() {
        Random random = new Random(1);
        Gallery gallery = new Gallery();
        Scanner lines = new Scanner(System.in, StandardCharsets.UTF_8);
        while (lines.hasNextInt()) {
            int size = lines.nextInt();
            int searches = lines.nextInt();
            fill(gallery, size, random);
            time(gallery, probes(random, searches));
            double[] measured = measured(gallery, probes(random, searches));
            System.gc();
            double alive =
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 0x1p20;
            System.out.printf(Locale.ROOT, "%f %f %d %f%n", measured[0], measured[1], TOP, alive);
            System.out.flush();
        }
    }

    /** The p50 and the processor time of one search, in milliseconds. */
    private static double[] measured(Gallery gallery, List<List<float[]>> probes) {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long used = system.getProcessCpuTime();
        double[] millis = time(gallery, probes);
        double processor = (system.getProcessCpuTime() - used) / 1e6 / millis.length;
        Arrays.sort(millis);
        return new double[] {at(millis, 0.50), processor};
    }

    static double fill(Gallery gallery, int size, Random random) {
        int before = gallery.size();
        long nanos = 0;
        while (gallery.size() < size) {
            List<Gallery.Template> portion = new ArrayList<>();
            for (int id = gallery.size(); id < Math.min(size, gallery.size() + PORTION); id++) {
                portion.add(new Gallery.Template(Label.of("Person " + id / TEMPLATES_PER_PERSON), id, face(random)));
            }
            long start = System.nanoTime();
            gallery.addAll(portion);
            nanos += System.nanoTime() - start;
        }
        return nanos / 1e3 / Math.max(1, size - before);
    }

    private static double[] time(Gallery gallery, List<List<float[]>> probes) {
        double[] millis = new double[probes.size()];
        for (int i = 0; i < millis.length; i++) {
            List<float[]> probe = probes.get(i);
            long start = System.nanoTime();
            int found = gallery.search(probe, TOP).get(0).size();
            millis[i] = (System.nanoTime() - start) / 1e6;
            if (found != TOP) {
                throw new IllegalStateException("found " + found + " people instead of " + TOP);
            }
        }
        return millis;
    }

    static List<List<float[]>> probes(Random random, int count) {
        return Stream.generate(() -> List.of(face(random))).limit(count).toList();
    }

    private static double at(double[] sorted, double quantile) {
        return sorted[(int) Math.ceil(quantile * sorted.length) - 1];
    }

    static float[] face(Random random) {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return new Embedding("bench", vector).vector();
    }
}

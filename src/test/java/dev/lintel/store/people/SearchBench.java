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

/**
 * Measures the exact search of one probe among 1,000, 10,000 and 100,000 templates of 256 components, four for each
 * person, on one thread. Its {@code main} prints a table, or with the argument {@code asked} answers each line "SIZE N" of
 * standard input with the p50 in milliseconds, the processor time of one search and the people found, for {@code RivalBench}.
 */
public final class SearchBench {
    private static final int DIMENSION = 256;
    private static final int TEMPLATES_PER_PERSON = 4;
    private static final int TOP = 5;

    private SearchBench() {}

    /**
     * @param size templates in the gallery
     * @param p50 milliseconds, as the others
     */
    public record Row(int size, double p50, double p95, double p99) {}

    /** @param searches measured searches for each size, after as many for warming up */
    public static List<Row> measure(int searches, int... sizes) {
        Random random = new Random(1);
        Gallery gallery = new Gallery();
        List<Row> rows = new ArrayList<>();
        for (int size : sizes) {
            fill(gallery, size, random);
            time(gallery, random, searches);
            double[] millis = time(gallery, random, searches);
            Arrays.sort(millis);
            rows.add(new Row(size, at(millis, 0.50), at(millis, 0.95), at(millis, 0.99)));
        }
        return rows;
    }

    public static void main(String[] args) {
        if (args.length > 0) {
            answer();
            return;
        }
        System.out.println("| templates | p50 ms | p95 ms | p99 ms |\n|---:|---:|---:|---:|");
        for (Row row : measure(500, 1_000, 10_000, 100_000)) {
            System.out.printf(Locale.ROOT, "| %,d | %.3f | %.3f | %.3f |%n", row.size, row.p50, row.p95, row.p99);
        }
    }

    private static void answer() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        Random random = new Random(1);
        Gallery gallery = new Gallery();
        Scanner lines = new Scanner(System.in, StandardCharsets.UTF_8);
        while (lines.hasNextInt()) {
            int size = lines.nextInt();
            int searches = lines.nextInt();
            fill(gallery, size, random);
            time(gallery, random, searches);
            long used = system.getProcessCpuTime();
            double[] millis = time(gallery, random, searches);
            double processor = (system.getProcessCpuTime() - used) / 1e6 / searches;
            Arrays.sort(millis);
            System.out.printf(Locale.ROOT, "%f %f %d%n", at(millis, 0.50), processor, TOP);
            System.out.flush();
        }
    }

    private static void fill(Gallery gallery, int size, Random random) {
        for (int id = gallery.size(); id < size; id++) {
            gallery.add(Label.of("Person " + id / TEMPLATES_PER_PERSON), id, face(random));
        }
    }

    private static double[] time(Gallery gallery, Random random, int searches) {
        double[] millis = new double[searches];
        for (int i = 0; i < searches; i++) {
            List<float[]> probe = List.of(face(random));
            long start = System.nanoTime();
            int found = gallery.search(probe, TOP).get(0).size();
            millis[i] = (System.nanoTime() - start) / 1e6;
            if (found != TOP) {
                throw new IllegalStateException("found " + found + " people instead of " + TOP);
            }
        }
        return millis;
    }

    private static double at(double[] sorted, double quantile) {
        return sorted[(int) Math.ceil(quantile * sorted.length) - 1];
    }

    private static float[] face(Random random) {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return new Embedding("bench", vector).vector();
    }
}

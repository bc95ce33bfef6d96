package dev.lintel.evaluation.score;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * 95 % interval of a rate whose trials come in clusters, such as the comparisons of one person's photos, which
 * succeed or fail together: resamples the clusters, not the trials (B. Efron 1979; percentile method).
 */
public final class ClusterBootstrap {
    private static final int ROUNDS = 2000;

    private ClusterBootstrap() {}

    /** @param seed makes the interval repeatable */
    public static Interval interval(List<Proportion> clusters, long seed) {
        List<Proportion> filled = clusters.stream().filter(c -> c.total() > 0).toList();
        if (filled.isEmpty()) {
            return new Interval(0, 1);
        }
        Random random = new Random(seed);
        double[] rates = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long count = 0;
            long total = 0;
            for (int i = 0; i < filled.size(); i++) {
                Proportion drawn = filled.get(random.nextInt(filled.size()));
                count += drawn.count();
                total += drawn.total();
            }
            rates[round] = (double) count / total;
        }
        Arrays.sort(rates);
        return new Interval(rates[(int) (0.025 * ROUNDS)], rates[(int) (0.975 * ROUNDS) - 1]);
    }
}

package dev.lintel.evaluation.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Verification accuracy as LFW reports it (G. B. Huang et al. 2007, "unrestricted, labelled outside data"): each
 * fold is judged with the threshold that is best on all the other folds.
 */
public final class LfwProtocol {
    private LfwProtocol() {}

    /** Similarities of one fold's pairs; negative infinity where a pair could not be compared. */
    public record Fold(double[] mated, double[] nonMated) {}

    /**
     * @param accuracy mean over the folds
     * @param standardError of the mean
     * @param folds accuracy of each fold
     * @param thresholds the threshold that each fold was judged with
     */
    public record Result(double accuracy, double standardError, List<Double> folds, List<Double> thresholds) {}

    /** @throws IllegalArgumentException if there are fewer than two folds */
    public static Result evaluate(List<Fold> folds) {
        if (folds.size() < 2) {
            throw new IllegalArgumentException("cross-validation needs at least two folds");
        }
        List<Double> accuracies = new ArrayList<>();
        List<Double> thresholds = new ArrayList<>();
        for (int held = 0; held < folds.size(); held++) {
            List<Fold> others = new ArrayList<>(folds);
            Fold test = others.remove(held);
            double threshold = best(others);
            thresholds.add(threshold);
            accuracies.add(accuracy(ScoreDistribution.of(test.mated), ScoreDistribution.of(test.nonMated), threshold));
        }
        double mean = accuracies.stream().mapToDouble(d -> d).average().orElseThrow();
        double squares =
                accuracies.stream().mapToDouble(d -> (d - mean) * (d - mean)).sum();
        double error = Math.sqrt(squares / (folds.size() - 1)) / Math.sqrt(folds.size());
        return new Result(mean, error, accuracies, thresholds);
    }

    /** The threshold of the highest accuracy; in the middle between the two scores it separates. */
    static double best(List<Fold> folds) {
        ScoreDistribution mated = all(folds, true);
        ScoreDistribution nonMated = all(folds, false);
        double[] candidates = java.util.stream.DoubleStream.concat(
                        Arrays.stream(mated.distinct()), Arrays.stream(nonMated.distinct()))
                .filter(v -> v > Double.NEGATIVE_INFINITY)
                .sorted()
                .distinct()
                .toArray();
        double best = 0;
        double highest = -1;
        for (int i = 0; i < candidates.length; i++) {
            double accuracy = accuracy(mated, nonMated, candidates[i]);
            if (accuracy > highest) {
                highest = accuracy;
                best = i == 0 ? candidates[i] : (candidates[i - 1] + candidates[i]) / 2;
            }
        }
        return best;
    }

    private static ScoreDistribution all(List<Fold> folds, boolean mated) {
        return ScoreDistribution.of(folds.stream()
                .flatMapToDouble(f -> Arrays.stream(mated ? f.mated : f.nonMated))
                .toArray());
    }

    private static double accuracy(ScoreDistribution mated, ScoreDistribution nonMated, double threshold) {
        long right = mated.atOrAbove(threshold) + nonMated.total() - nonMated.atOrAbove(threshold);
        return (double) right / (mated.total() + nonMated.total());
    }
}

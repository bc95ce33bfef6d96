package dev.lintel.recognition;

import dev.lintel.face.Calibration;
import java.util.Optional;
import java.util.OptionalDouble;

/** Turns configured error rates into thresholds for the model in use. Immutable. */
public final class ThresholdPolicy {
    private final Calibration calibration;
    private final RecognitionConfig config;

    public ThresholdPolicy(Calibration calibration, RecognitionConfig config) {
        this.calibration = calibration;
        this.config = config;
    }

    /**
     * For a search. Without {@code tau}, the false match rate of one comparison is set so that all comparisons of a
     * stranger together stay within the target: {@code 1 - (1 - fpir)^(1/n)}. Templates of one person resemble each
     * other, so the real rate is lower than the target.
     *
     * @param templates how many templates each probe was compared with
     */
    public Threshold forSearch(OptionalDouble tau, int templates) {
        if (tau.isPresent()) {
            return asked(tau.getAsDouble());
        }
        int comparisons = Math.max(1, templates);
        double fmr = -Math.expm1(Math.log1p(-config.fpirTarget()) / comparisons);
        return derived(Threshold.Source.FPIR_TARGET, config.fpirTarget(), templates, fmr);
    }

    /** For a comparison 1:1. */
    public Threshold forComparison(OptionalDouble tau) {
        if (tau.isPresent()) {
            return asked(tau.getAsDouble());
        }
        return derived(Threshold.Source.FMR_TARGET, config.verifyFmr(), 1, config.verifyFmr());
    }

    /** The similarity from which on a face counts as enrolled under another label already. */
    public double duplicateSimilarity() {
        return calibration.similarityAtFmr(config.duplicateFmr());
    }

    /** The cosine similarity from which on {@code fmr} of the pairs of different people count as one. */
    public double similarityAt(double fmr) {
        return calibration.similarityAtFmr(fmr);
    }

    public double distance(double similarity) {
        return calibration.toDistance(similarity);
    }

    private Threshold asked(double tau) {
        return new Threshold(tau, calibration.toSimilarity(tau), Threshold.Source.REQUEST, Optional.empty());
    }

    private Threshold derived(Threshold.Source source, double target, int templates, double fmr) {
        double similarity = calibration.similarityAtFmr(fmr);
        var basis = new Threshold.Basis(target, templates, fmr, calibration.extrapolated(fmr));
        return new Threshold(calibration.toDistance(similarity), similarity, source, Optional.of(basis));
    }
}

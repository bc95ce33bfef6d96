package dev.lintel.recognition;

import dev.lintel.face.Calibration;
import dev.lintel.face.GallerySize;
import dev.lintel.face.LookCount;
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

    /** For a search by one look. */
    public Threshold forSearch(OptionalDouble tau, GallerySize size) {
        return forSearch(tau, size, LookCount.ONE);
    }

    /**
     * For a search. Without {@code tau}, the false match rate of the score of one person is set so that all people together stay
     * within the target for a stranger: {@code 1 - (1 - fpir)^(1/n)}.
     *
     * @param size what each probe was compared with
     * @param looks that the probe was made of
     */
    public Threshold forSearch(OptionalDouble tau, GallerySize size, LookCount looks) {
        if (tau.isPresent()) {
            return asked(tau.getAsDouble());
        }
        double fmr = -Math.expm1(Math.log1p(-config.fpirTarget()) / Math.max(1, size.people()));
        return derived(Threshold.Source.FPIR_TARGET, config.fpirTarget(), size, looks, fmr);
    }

    /** For a comparison of two pictures. */
    public Threshold forComparison(OptionalDouble tau) {
        return forComparison(tau, LookCount.ONE, 1);
    }

    /**
     * For a comparison 1:1.
     *
     * @param templates of the person, at least 1
     */
    public Threshold forComparison(OptionalDouble tau, LookCount looks, int templates) {
        if (tau.isPresent()) {
            return asked(tau.getAsDouble());
        }
        return derived(
                Threshold.Source.FMR_TARGET,
                config.verifyFmr(),
                new GallerySize(templates, 1),
                looks,
                config.verifyFmr());
    }

    /** The similarity from which on a face counts as enrolled under another label already. */
    public double duplicateSimilarity() {
        return calibration.similarityAtFmr(config.duplicateFmr());
    }

    /**
     * The smallest score of a face against others of the same person; below, it counts as somebody else's.
     *
     * @param others how many those are, at least 1
     */
    public double unlikeSimilarity(int others) {
        return calibration.similarityAtFmr(config.unlikeFmr(), LookCount.ONE, others);
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

    private Threshold derived(Threshold.Source source, double target, GallerySize size, LookCount looks, double fmr) {
        double similarity = calibration.similarityAtFmr(fmr, looks, size.perPerson());
        var basis = new Threshold.Basis(target, size, looks.count(), fmr, calibration.extrapolated(fmr));
        return new Threshold(calibration.toDistance(similarity), similarity, source, Optional.of(basis));
    }
}

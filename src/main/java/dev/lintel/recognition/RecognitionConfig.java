package dev.lintel.recognition;

/**
 * When two faces count as the same person.
 *
 * @param fpirTarget share of strangers that may be taken for somebody when no {@code tau} is given, in (0, 0.5];
 *     default 0.01
 * @param verifyFmr share of other people that may match in a comparison 1:1 when no {@code tau} is given, in
 *     (0, 0.5]; default 0.001
 * @param duplicateFmr how sure enrolment must be before it says that a face is enrolled under another label, as
 *     the false match rate of one comparison, in (0, 0.5]; default 0.00001
 * @param minimumMargin how much more similar (cosine) the nearest person must be than the next one; nearer
 *     together, the face counts as unknown. 0..1, default 0: no such rule
 * @param minimumQuality faces of a lower quality score are refused when they are to be recognised, 0..1; default
 *     0.05: only what shows next to nothing. Enrolment asks for more: it refuses every quality issue
 * @param imagesAtOnce how many images of one request are screened at the same time, 1..16; default 2
 */
public record RecognitionConfig(
        Double fpirTarget,
        Double verifyFmr,
        Double duplicateFmr,
        Double minimumMargin,
        Double minimumQuality,
        Integer imagesAtOnce) {

    public RecognitionConfig {
        fpirTarget = rate("fpir-target", fpirTarget, 0.01);
        verifyFmr = rate("verify-fmr", verifyFmr, 0.001);
        duplicateFmr = rate("duplicate-fmr", duplicateFmr, 1e-5);
        minimumMargin = share("minimum-margin", minimumMargin, 0);
        minimumQuality = share("minimum-quality", minimumQuality, 0.05);
        imagesAtOnce = imagesAtOnce == null ? Integer.valueOf(2) : imagesAtOnce;
        if (imagesAtOnce < 1 || imagesAtOnce > 16) {
            throw new IllegalArgumentException("images-at-once: must be 1..16, was " + imagesAtOnce);
        }
    }

    public static RecognitionConfig defaults() {
        return new RecognitionConfig(null, null, null, null, null, null);
    }

    private static double rate(String key, Double value, double byDefault) {
        double rate = value == null ? byDefault : value;
        if (!(rate > 0 && rate <= 0.5)) {
            throw new IllegalArgumentException(key + ": must be above 0 and at most 0.5 (0.01 is 1 %), was " + rate);
        }
        return rate;
    }

    private static double share(String key, Double value, double byDefault) {
        double share = value == null ? byDefault : value;
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(key + ": must be 0..1, was " + share);
        }
        return share;
    }
}

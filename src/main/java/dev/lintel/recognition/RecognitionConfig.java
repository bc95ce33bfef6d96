package dev.lintel.recognition;

import dev.lintel.settings.Checks;

/**
 * When two faces count as the same person.
 *
 * @param fpirTarget share of strangers that may be taken for somebody when no {@code tau} is given, in (0, 0.5]
 * @param verifyFmr share of other people that may match in a comparison 1:1 when no {@code tau} is given, in
 *     (0, 0.5]
 * @param duplicateFmr how sure enrolment must be before it says that a face is enrolled under another label, as
 *     the false match rate of one comparison, in (0, 0.5]
 * @param unlikeFmr how little, as a false match rate, a face must resemble the others of the same person to count as somebody
 *     else's, in (0, 0.5]
 * @param minimumMargin how much more similar (cosine) the nearest person must be than the next one; nearer
 *     together, the face counts as unknown. 0..1; 0: no such rule
 * @param minimumQuality faces of a lower quality score are refused when they are to be recognised, 0..1. Enrolment asks for more:
 *     it refuses every quality issue
 * @param imagesAtOnce how many images of one request are screened at the same time, 1..16
 */
public record RecognitionConfig(
        double fpirTarget,
        double verifyFmr,
        double duplicateFmr,
        double unlikeFmr,
        double minimumMargin,
        double minimumQuality,
        int imagesAtOnce) {

    public RecognitionConfig {
        Checks checks = new Checks()
                .range("minimum-margin", minimumMargin, 0, 1)
                .range("minimum-quality", minimumQuality, 0, 1)
                .range("images-at-once", imagesAtOnce, 1, 16);
        rate(checks, "fpir-target", fpirTarget);
        rate(checks, "verify-fmr", verifyFmr);
        rate(checks, "duplicate-fmr", duplicateFmr);
        rate(checks, "unlike-fmr", unlikeFmr);
        checks.done();
    }

    private static void rate(Checks checks, String key, double rate) {
        checks.that(rate > 0 && rate <= 0.5, key + ": must be above 0 and at most 0.5 (0.01 is 1 %), was " + rate);
    }
}

package dev.lintel.evaluation;

/** The error rates at which results are compared in the field, and what it takes to measure one. */
final class Rates {
    static final double[] FMR = {1e-2, 1e-3, 1e-4, 1e-5, 1e-6};
    static final double[] FPIR = {1e-2, 1e-3};

    /**
     * With fewer expected errors than this the true rate is within 30 % of the measured one with less than 90 %
     * confidence (G. Doddington's rule of 30, NIST 2000).
     */
    static final int RULE_OF_30 = 30;

    private Rates() {}

    /** {@code 1e-3}, as ids and labels have it. */
    static String name(double rate) {
        return "1e-" + Math.round(-Math.log10(rate));
    }
}

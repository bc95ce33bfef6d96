package dev.lintel.liveness;

/** How alike two small pictures are. Plain functions. */
final class Correlation {
    private Correlation() {}

    /** Correlation of the grey levels, -1..1; 0 where one of them shows nothing. */
    static double likeness(byte[] a, byte[] b) {
        double[] x = new double[a.length];
        double[] y = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            x[i] = a[i] & 0xff;
            y[i] = b[i] & 0xff;
        }
        return likeness(x, y);
    }

    /** Correlation of two lists of numbers of one length, -1..1; 0 where one of them does not vary. */
    static double likeness(double[] a, double[] b) {
        double meanA = mean(a);
        double meanB = mean(b);
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }
        return ab / Math.max(1e-9, Math.sqrt(aa * bb));
    }

    static double mean(double[] values) {
        double sum = 0;
        for (double v : values) {
            sum += v;
        }
        return sum / values.length;
    }
}

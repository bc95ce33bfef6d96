package dev.lintel.camera;

/**
 * Whether something moves: how much of a small grey picture differs from what is usually there. A change of light
 * alone is taken off. Allocates nothing while the size stays. Confined to one thread.
 */
final class MotionGate {
    /** Grey levels by which a pixel must differ: beyond the noise of small cameras at night. */
    private static final int LEVEL = 18;

    /** The background follows with 1/8 of the difference. */
    private static final int SHARE_BITS = 3;

    private static final int FRACTION_BITS = 8;

    private final double threshold;
    private int[] background = new int[0];

    /** @param threshold share of the pixels, 0..1, from which it is motion; 0 for always */
    MotionGate(double threshold) {
        this.threshold = threshold;
    }

    /** Compares with the pictures before and remembers this one. The first one counts as motion. */
    boolean moved(byte[] grey, int pixels) {
        if (background.length != pixels) {
            background = new int[pixels];
            for (int i = 0; i < pixels; i++) {
                background[i] = (grey[i] & 0xff) << FRACTION_BITS;
            }
            return true;
        }
        int light = light(grey, pixels);
        int changed = 0;
        for (int i = 0; i < pixels; i++) {
            int difference = ((grey[i] & 0xff) << FRACTION_BITS) - background[i];
            if (Math.abs(difference - light) > LEVEL << FRACTION_BITS) {
                changed++;
            }
            background[i] += difference >> SHARE_BITS;
        }
        return threshold == 0 || changed >= threshold * pixels;
    }

    /** Mean difference, in the background's fixed point. */
    private int light(byte[] grey, int pixels) {
        long sum = 0;
        for (int i = 0; i < pixels; i++) {
            sum += ((grey[i] & 0xff) << FRACTION_BITS) - background[i];
        }
        return (int) (sum / pixels);
    }
}

package dev.lintel.vision;

/**
 * How frames are looked at: turned clockwise, then flipped left to right, then cut.
 *
 * @param turn clockwise degrees: 0, 90, 180 or 270
 * @param mirrored whether it is flipped after the turn
 * @param left edge of the part that is looked at, as a share 0..1 of the width after turning and flipping
 * @param top likewise of the height
 * @param right likewise
 * @param bottom likewise
 */
public record FrameView(int turn, boolean mirrored, double left, double top, double right, double bottom) {
    /** As captured. */
    public static final FrameView PLAIN = new FrameView(0, false, 0, 0, 1, 1);

    public FrameView {
        if (turn % 90 != 0
                || turn < 0
                || turn >= 360
                || !(left >= 0 && left < right && right <= 1)
                || !(top >= 0 && top < bottom && bottom <= 1)) {
            throw new IllegalArgumentException(
                    "no such view: turned by " + turn + ", cut to " + left + ".." + right + ", " + top + ".." + bottom);
        }
    }

    /** A rectangle in stored pixels. */
    record Part(int x, int y, int width, int height) {}

    boolean swapsSides() {
        return turn % 180 == 90;
    }

    /** Flipping after a turn is flipping before the opposite turn. */
    Orientation orientation() {
        return new Orientation(mirrored, mirrored ? (360 - turn) % 360 : turn);
    }

    /** The part in stored pixels, at least one pixel. */
    Part part(int width, int height) {
        double[] a = stored(left, top);
        double[] b = stored(right, bottom);
        int x0 = (int) Math.round(Math.min(a[0], b[0]) * width);
        int x1 = (int) Math.round(Math.max(a[0], b[0]) * width);
        int y0 = (int) Math.round(Math.min(a[1], b[1]) * height);
        int y1 = (int) Math.round(Math.max(a[1], b[1]) * height);
        x0 = Math.min(x0, width - 1);
        y0 = Math.min(y0, height - 1);
        return new Part(x0, y0, Math.max(1, x1 - x0), Math.max(1, y1 - y0));
    }

    /** Where a place of the upright picture is stored, both as shares. */
    private double[] stored(double u, double v) {
        double x = mirrored ? 1 - u : u;
        return switch (turn) {
            case 90 -> new double[] {v, 1 - x};
            case 180 -> new double[] {1 - x, 1 - v};
            case 270 -> new double[] {1 - v, x};
            default -> new double[] {x, v};
        };
    }
}

package dev.lintel.camera;

/**
 * The part of a picture that is looked at, as shares of its width and height.
 *
 * @param left 0..1
 * @param top 0..1
 * @param right 0..1, at least 0.05 more than left
 * @param bottom 0..1, at least 0.05 more than top
 */
public record RegionConfig(Double left, Double top, Double right, Double bottom) {
    public static final RegionConfig WHOLE = new RegionConfig(null, null, null, null);

    public RegionConfig {
        left = left == null ? 0 : left;
        top = top == null ? 0 : top;
        right = right == null ? 1 : right;
        bottom = bottom == null ? 1 : bottom;
        if (!(left >= 0 && right <= 1 && right - left >= 0.05)) {
            throw new IllegalArgumentException("left, right: must lie in 0..1, the second at least 0.05 larger");
        }
        if (!(top >= 0 && bottom <= 1 && bottom - top >= 0.05)) {
            throw new IllegalArgumentException("top, bottom: must lie in 0..1, the second at least 0.05 larger");
        }
    }
}

package dev.lintel.camera;

import dev.lintel.settings.Checks;

/**
 * The part of a picture that is looked at, as shares of its width and height.
 *
 * @param left 0..1
 * @param top 0..1
 * @param right 0..1, at least 0.05 more than left
 * @param bottom 0..1, at least 0.05 more than top
 */
public record RegionConfig(double left, double top, double right, double bottom) {
    public RegionConfig {
        new Checks()
                .that(
                        left >= 0 && right <= 1 && right - left >= 0.05,
                        "left, right: must lie in 0..1, the second at least 0.05 larger, were " + left + " and "
                                + right)
                .that(
                        top >= 0 && bottom <= 1 && bottom - top >= 0.05,
                        "top, bottom: must lie in 0..1, the second at least 0.05 larger, were " + top + " and "
                                + bottom)
                .done();
    }
}

package dev.lintel.face;

import java.io.Serializable;

/**
 * An axis-aligned rectangle around a face, in pixels of the upright image (after EXIF orientation and any
 * quarter turn that detection needed). May reach over the image's edge.
 */
public record FaceBox(float x, float y, float width, float height) implements Serializable {

    public float area() {
        return width * height;
    }

    public float centreX() {
        return x + width / 2;
    }

    public float centreY() {
        return y + height / 2;
    }

    public FaceBox scaled(float factor) {
        return new FaceBox(x * factor, y * factor, width * factor, height * factor);
    }

    /** Intersection over union, 0..1. */
    public float overlap(FaceBox other) {
        float w = Math.min(x + width, other.x + other.width) - Math.max(x, other.x);
        float h = Math.min(y + height, other.y + other.height) - Math.max(y, other.y);
        if (w <= 0 || h <= 0) {
            return 0;
        }
        float intersection = w * h;
        return intersection / (area() + other.area() - intersection);
    }

    /** {@code x,y widthxheight}, rounded, as shown to people. */
    public String describe() {
        return Math.round(x) + "," + Math.round(y) + " " + Math.round(width) + "x" + Math.round(height);
    }
}

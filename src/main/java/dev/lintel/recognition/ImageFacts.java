package dev.lintel.recognition;

import dev.lintel.messages.FaceMessages.Screening;

/**
 * An image's size in pixels, upright, and the clockwise turn in degrees that made it so beyond its EXIF orientation.
 */
public record ImageFacts(int width, int height, int rotation) {
    static ImageFacts of(Screening screening) {
        return new ImageFacts(screening.width(), screening.height(), screening.rotation());
    }
}

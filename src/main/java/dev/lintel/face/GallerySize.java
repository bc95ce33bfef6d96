package dev.lintel.face;

import java.io.Serializable;

/**
 * How much a probe was compared with.
 *
 * @param templates of the model in use
 * @param people whom they belong to
 */
public record GallerySize(int templates, int people) implements Serializable {
    public GallerySize {
        if (people < 0 || templates < people) {
            throw new IllegalArgumentException("nobody is without a template: " + templates + " of " + people);
        }
    }

    /** Templates of one person on average; 1 if nobody is enrolled. */
    public double perPerson() {
        return people == 0 ? 1 : (double) templates / people;
    }
}

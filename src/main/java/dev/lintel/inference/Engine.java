package dev.lintel.inference;

import java.util.Locale;

/** What runs the graphs that a pack carries for both. */
public enum Engine {
    /** Runs any TensorFlow graph; needs about 300 MiB of memory more. */
    TENSORFLOW,
    /** TensorFlow Lite, on the same weights. */
    LITE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

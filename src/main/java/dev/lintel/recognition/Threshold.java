package dev.lintel.recognition;

import dev.lintel.face.GallerySize;
import java.util.Optional;

/**
 * From where on two faces count as the same person, and why from there.
 *
 * @param distance largest distance that matches
 * @param similarity smallest cosine similarity that matches; the same limit on the model's scale
 * @param basis how it follows from a configured target; empty if the asker gave it
 */
public record Threshold(double distance, double similarity, Source source, Optional<Basis> basis) {

    public enum Source {
        /** The asker's {@code tau}. */
        REQUEST,
        /** The configured share of strangers that may be taken for somebody in a gallery of this size. */
        FPIR_TARGET,
        /** The configured share of other people that may match in a comparison 1:1. */
        FMR_TARGET
    }

    /**
     * @param target the configured share
     * @param size what a probe is compared with
     * @param looks how many looks the probe is made of
     * @param fmr the false match rate of the score of one person that follows
     * @param extrapolated whether that rate lies beyond what was measured for the model
     */
    public record Basis(double target, GallerySize size, int looks, double fmr, boolean extrapolated) {}

    public boolean accepts(double similarity) {
        return similarity >= this.similarity;
    }
}

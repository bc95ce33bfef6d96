package dev.lintel.tracking;

import dev.lintel.face.FaceCrop;

/**
 * A view of somebody, aligned for the embedder.
 *
 * @param quality 0..1, larger is better
 */
public record SeenView(FaceCrop crop, double quality) {}

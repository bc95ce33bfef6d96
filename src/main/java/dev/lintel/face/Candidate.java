package dev.lintel.face;

import java.io.Serializable;

/**
 * Somebody that a probe was compared with.
 *
 * @param similarity cosine similarity of the probe to the person's nearest template, -1..1
 */
public record Candidate(Label label, double similarity) implements Serializable {}

package dev.lintel.face;

import java.io.Serializable;

/**
 * Somebody that a probe was compared with.
 *
 * @param similarity the person's score, -1..1: half the cosine similarity of the probe to the nearest template, half that to the
 *     normalised mean of all templates
 */
public record Candidate(Label label, double similarity) implements Serializable {}

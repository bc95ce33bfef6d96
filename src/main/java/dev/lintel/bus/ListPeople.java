package dev.lintel.bus;

import dev.lintel.face.Deadline;

/**
 * Who is enrolled, in the order of the labels?
 *
 * @param after the last label of the page before, exclusive; empty for the first page
 * @param limit most people on the page, at least 1
 */
public record ListPeople(String after, int limit, Deadline deadline) implements Message {}

package dev.lintel.bus;

import java.io.Serializable;

/** @param visits how many were remembered */
public record VisitorsForgotten(long group, int visits) implements Serializable {}

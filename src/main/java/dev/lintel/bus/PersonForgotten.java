package dev.lintel.bus;

import dev.lintel.face.Label;
import java.io.Serializable;

/** Nobody has this label any more: deleted, or renamed. Whoever shows or keeps it elsewhere must stop. */
public record PersonForgotten(Label label) implements Serializable {}

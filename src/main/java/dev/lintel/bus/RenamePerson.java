package dev.lintel.bus;

import dev.lintel.face.Deadline;
import dev.lintel.face.Label;

/**
 * Give a person another label. Refused if unknown, or if the label is taken and {@code merge} is false.
 *
 * @param merge put the templates of both under the new label
 */
public record RenamePerson(Label from, Label to, boolean merge, Deadline deadline) implements Message {}

package dev.lintel.bus;

import dev.lintel.face.Deadline;
import dev.lintel.face.Label;

/**
 * What are the rights of this person? {@link dev.lintel.access.AccessRights#NONE_SET} if the operator has set none.
 * Refused if nobody is enrolled under the label.
 */
public record GetAccess(Label person, Deadline deadline) implements Message {}

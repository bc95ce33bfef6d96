package dev.lintel.bus;

import dev.lintel.face.Deadline;
import dev.lintel.face.Embedding;
import dev.lintel.face.Label;

/** How much does this look like that person? Refused if the person is unknown. */
public record MatchPerson(Label label, Embedding probe, Deadline deadline) implements Message {}

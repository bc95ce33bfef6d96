package dev.lintel.bus;

import dev.lintel.face.Embedding;
import dev.lintel.face.Label;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;

/** All templates, in the order of labels and ids. Face data: handle as such. */
public record GalleryDump(List<Entry> entries) implements Serializable {

  /** A template with its vector and person. */
  public record Entry(Label label, Instant createdAt, double quality, Embedding embedding) implements Serializable {}

  public GalleryDump {
    entries = List.copyOf(entries);
  }
}

package dev.lintel.face;

import java.util.Map;

/** What a command has brought about, for the log of acts: ids and numbers that were not known when it was asked for. */
public interface Told {
    /** By name, in the order in which they are told; no name of a person, no vector. */
    Map<String, String> told();
}

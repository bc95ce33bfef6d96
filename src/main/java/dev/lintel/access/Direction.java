package dev.lintel.access;

/** Which way people who are seen by a camera go, from its role in the configuration. */
public enum Direction {
    /** The camera looks at people who come in. */
    IN,
    /** The camera looks at people who leave. */
    OUT,
    /** Either way; first in and last out are told from the order of a day's events. */
    BOTH
}

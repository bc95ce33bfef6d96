package dev.lintel.gateway;

/** What the holder of a key may do; each role may do what the ones before it may. */
public enum Role {
    /** Recognise faces; sees the names of those who are recognised. */
    IDENTIFY,
    /** Enrol people and see who is enrolled. */
    ENROL,
    /** Rename, delete, back up and restore. */
    ADMIN;

    boolean covers(Role needed) {
        return compareTo(needed) >= 0;
    }
}

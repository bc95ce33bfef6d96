package dev.lintel.gateway;

/**
 * Who called.
 *
 * @param name of the key; empty where none was needed
 */
record Caller(String name, Role role) {
    /** Without keys, everybody may do everything. */
    static final Caller ANYBODY = new Caller("", Role.ADMIN);

    /** Of an operation that needs no key. */
    static final Caller NOBODY = new Caller("", Role.IDENTIFY);
}

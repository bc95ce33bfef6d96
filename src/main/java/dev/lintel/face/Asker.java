package dev.lintel.face;

import java.io.Serializable;

/**
 * Who asks the box to do something: a person, a program or the command line; never the box itself.
 *
 * @param name of the account or key; {@code local} or {@code console} at the box itself; empty for somebody who is not known
 * @param role what it may do, in words; empty for somebody who is not known
 * @param address from where, as far as it can be known
 */
public record Asker(String name, String role, String address) implements Serializable {}

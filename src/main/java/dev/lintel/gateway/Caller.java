package dev.lintel.gateway;

import dev.lintel.accounts.RandomSecret;
import dev.lintel.accounts.Role;
import dev.lintel.face.Asker;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who called.
 *
 * @param name of the account or key; empty where none was needed
 * @param credential which session or key it was, as a digest; empty where none was needed
 */
record Caller(String name, Kind kind, Set<Role> roles, String credential) {
    enum Kind {
        /** Came with nothing, and the operation needs nothing. */
        NOBODY,
        /** Sits at a box that has no accounts and no keys, or has its setup code. */
        OPEN,
        /** The command line on the same machine. */
        CONSOLE,
        KEY,
        ACCOUNT
    }

    /** Of an operation that needs no key. */
    static final Caller NOBODY = new Caller("", Kind.NOBODY, Set.of(), "");

    /** Without accounts and keys, everybody at the box may do everything. */
    static final Caller OPEN = new Caller("", Kind.OPEN, Set.of(Role.ADMIN), "");

    /** Whoever has the code of a new box: may do everything until it has an account. */
    static Caller setup(String secret) {
        return new Caller("", Kind.OPEN, Set.of(Role.ADMIN), RandomSecret.digest(secret));
    }

    /** Whether a browser sent this by itself, with a cookie. */
    boolean byCookie() {
        return kind == Kind.ACCOUNT || (kind == Kind.OPEN && !credential.isEmpty());
    }

    boolean mayBe(Set<Role> wanted) {
        return administrates() || roles.stream().anyMatch(wanted::contains);
    }

    /** As the log of acts names it. */
    Asker asker(String address) {
        return new Asker(
                switch (kind) {
                    case NOBODY -> "";
                    case OPEN -> "local";
                    default -> name;
                },
                roles.stream().map(Role::text).sorted().collect(Collectors.joining(" ")),
                address);
    }

    boolean administrates() {
        return roles.contains(Role.ADMIN);
    }

    /** Whether it may know who is enrolled. */
    boolean seesPeople() {
        return roles.stream().anyMatch(Role::seesPeople);
    }

    /** Without the credential. */
    @Override
    public String toString() {
        return "Caller[" + kind + " " + name + ", " + roles + "]";
    }
}

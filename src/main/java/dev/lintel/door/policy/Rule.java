package dev.lintel.door.policy;

import java.util.Optional;

/** One question about a case. Stateless. */
interface Rule {

    /** What it says, or empty if the next rule is to be asked. */
    Optional<Ruling> judge(Case c);
}

package dev.lintel.accounts;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What somebody may do who uses the box. The contract says for each operation which roles may call it; {@link #ADMIN} may
 * call everything.
 */
public enum Role {
    /** A person at the desk: the live picture, the log, opening the door, enrolling, attendance, visitors. */
    RECEPTION,
    /** A person who looks after the staff: attendance and its corrections, people and what is kept of them. */
    PERSONNEL,
    /** A program that recognises faces; sees the names of those who are recognised. */
    IDENTIFY,
    /** A program that passes on what is typed at a door. */
    KEYPAD,
    /** A program that tells whether a door is open. */
    SENSOR,
    /** A program that shows the live picture and what happens. */
    VIEWER,
    /** A program that enrols people and sees who is enrolled. */
    ENROL,
    /** A program that opens doors, sets their modes and reads the log. */
    OPERATOR,
    /** Everything; a person or a program. */
    ADMIN;

    private static final Set<Role> OF_PEOPLE = Set.of(RECEPTION, PERSONNEL, ADMIN);

    /** What an account may have. */
    public static List<Role> ofPeople() {
        return Stream.of(values()).filter(OF_PEOPLE::contains).toList();
    }

    /** What a key may have. */
    public static List<Role> ofPrograms() {
        return Stream.of(values())
                .filter(role -> role == ADMIN || !OF_PEOPLE.contains(role))
                .toList();
    }

    /** Whether the holder may know who is enrolled, and not only who was recognised. */
    public boolean seesPeople() {
        return this == RECEPTION || this == PERSONNEL || this == ENROL || this == OPERATOR || this == ADMIN;
    }

    /** As it is written in the contract, the configuration and on the command line. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}

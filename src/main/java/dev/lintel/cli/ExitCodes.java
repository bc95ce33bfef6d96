package dev.lintel.cli;

/** How a command ends; after sysexits.h where it has a word for it. */
final class ExitCodes {
    static final int OK = 0;

    /** Done in part, or the answer is no: some images refused, not the same person, a check failed. */
    static final int NO = 1;

    static final int USAGE = 2;

    /** Nothing was found at the given place. */
    static final int NO_INPUT = 66;

    /** The appliance cannot be reached or cannot start. */
    static final int UNAVAILABLE = 69;

    static final int INTERNAL = 70;

    /** The key is missing, unknown or opens too little. */
    static final int NO_PERMISSION = 77;

    static final int CONFIG = dev.lintel.config.ConfigException.EXIT_CODE;

    private ExitCodes() {}
}

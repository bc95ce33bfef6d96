package dev.lintel;

import dev.lintel.cli.LintelCommand;

/** Where the program starts. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        // Commands answer on the terminal and log warnings only; serve logs as configured.
        System.setProperty("lintel.log.level", System.getProperty("lintel.log.level", "warn"));
        System.exit(LintelCommand.run(arguments));
    }
}

package dev.lintel.door.lock;

import dev.lintel.settings.Checks;

/** GPIO lines. What cannot be had is a {@link LockException} that says what to do, never a crash. */
public interface Chips extends AutoCloseable {

    /** Notes what is wrong with a line of the configuration, by the keys {@code chip} and {@code line}. */
    static void check(Checks checks, String chip, int line) {
        checks.that(
                        chip.matches("[A-Za-z0-9@._:-]{1,64}"),
                        "chip: must be the GPIO chip, such as gpiochip0 or its label (gpiodetect lists them), was '"
                                + chip + "'")
                .that(
                        line >= 0 && line <= 1023,
                        "line: must be the line of the chip, 0..1023, " + (line == -1 ? "is missing" : "was " + line));
    }

    /** One line. Used from one thread. */
    interface Line {
        /** Drives an output; false is low. */
        void set(boolean high);

        boolean high();
    }

    /** @param high the level that it has from the first moment */
    Line output(String chip, int line, boolean high);

    /** An input, pulled up. */
    Line input(String chip, int line);

    /** Refused unless the line is there and nobody has it. Takes nothing. */
    void look(String chip, int line);

    /** Lets go of all lines. */
    @Override
    void close();
}

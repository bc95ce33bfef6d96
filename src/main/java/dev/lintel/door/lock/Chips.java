package dev.lintel.door.lock;

/** GPIO lines. What cannot be had is a {@link LockException} that says what to do, never a crash. */
public interface Chips extends AutoCloseable {

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

    /** Lets go of all lines. */
    @Override
    void close();
}

package dev.lintel.cli;

/**
 * What the doctor found out about one thing.
 *
 * @param detail its state and, unless it is well, what to do
 */
record Finding(State state, String subject, String detail) {
    enum State {
        OK,
        WARN,
        FAIL
    }

    static Finding ok(String subject, String detail) {
        return new Finding(State.OK, subject, detail);
    }

    static Finding warn(String subject, String detail) {
        return new Finding(State.WARN, subject, detail);
    }

    static Finding fail(String subject, String detail) {
        return new Finding(State.FAIL, subject, detail);
    }
}

package dev.lintel.cli;

import java.util.ArrayList;
import java.util.List;

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

    /**
     * What was found out here and what the appliance that runs says, each subject once: the worse of the two, and of two that are
     * equally well the own one.
     */
    static List<Finding> together(List<Finding> own, List<Finding> said) {
        List<Finding> all = new ArrayList<>(own);
        for (Finding other : said) {
            int at = all.stream().map(Finding::subject).toList().indexOf(other.subject);
            if (at < 0) {
                all.add(other);
            } else if (other.state.compareTo(all.get(at).state) > 0) {
                all.set(at, other);
            }
        }
        return all;
    }
}

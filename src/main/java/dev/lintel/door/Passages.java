package dev.lintel.door;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Those for whom the lock was released and who have yet to open the door. Whoever does not in time has not passed. Times are the
 * steady clock's. Used from one event loop.
 */
final class Passages {
    private final List<Awaited> awaited = new ArrayList<>();

    private record Awaited(Instant until, Runnable passed, Runnable missed) {}

    /** Exactly one of the two is run, later. */
    void await(Instant until, Runnable passed, Runnable missed) {
        awaited.add(new Awaited(until, passed, missed));
    }

    /** The door was opened: all who are awaited went through, as far as a contact can tell. */
    void opened(Instant now) {
        late(now);
        List<Awaited> all = List.copyOf(awaited);
        awaited.clear();
        all.forEach(one -> one.passed.run());
    }

    /** Time went by. */
    void late(Instant now) {
        for (Iterator<Awaited> each = awaited.iterator(); each.hasNext(); ) {
            Awaited one = each.next();
            if (now.isAfter(one.until)) {
                each.remove();
                one.missed.run();
            }
        }
    }
}

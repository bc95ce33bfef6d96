package dev.lintel.door.policy;

import dev.lintel.access.Decision.Verdict;
import dev.lintel.access.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code cool-down}: who was let in a moment ago may pass, but the lock is not moved again. */
final class CoolDownRule implements Rule {
    @Override
    public Optional<Ruling> judge(Case c) {
        if (c.state().letIn() == null || !c.certain()) {
            return Optional.empty();
        }
        Duration since = c.state().letIn();
        return since.compareTo(c.rules().coolDown()) < 0
                ? Optional.of(new Ruling(
                        Verdict.GRANTED,
                        "cool-down",
                        List.of(Reason.found("cool-down", "ago", seconds(since))
                                .with("time", seconds(c.rules().coolDown()))),
                        false))
                : Optional.empty();
    }

    private static long seconds(Duration time) {
        return Math.max(0, time.toSeconds());
    }
}

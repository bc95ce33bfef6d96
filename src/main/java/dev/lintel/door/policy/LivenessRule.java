package dev.lintel.door.policy;

import dev.lintel.access.Decision;
import dev.lintel.access.LiveProof;
import dev.lintel.access.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code liveness}: a face that is not proven live is not looked at any further, where the door asks for the proof; or its PIN settles it. */
final class LivenessRule implements Rule {
    @Override
    public Optional<Ruling> judge(Case c) {
        if (c.seen() == null || c.liveEnough() || pinSettles(c)) {
            return Optional.empty();
        }
        return Optional.of(
                new Ruling(Decision.Verdict.DENIED, "liveness", why(c.seen().liveness()), false));
    }

    /** Not what looks like a photo or a screen: somebody who holds one up may know the PIN too. */
    private static boolean pinSettles(Case c) {
        return c.rules().notLive() == OnUncertain.PIN
                && c.seen().liveness().state() == LiveProof.State.NOT_PROVEN
                && c.rights() != null
                && c.rights().pinSet();
    }

    /** What decided, what was needed and what to do about it. What else was found stays in the proof. */
    static List<Reason> why(LiveProof proof) {
        List<Reason> why = new ArrayList<>();
        why.add(new Reason(proof.state() == LiveProof.State.ATTACK ? "photo" : "not-live"));
        why.add(
                proof.reasons().isEmpty()
                        ? new Reason("not-judged")
                        : proof.reasons().get(0));
        advice(why.get(1).code()).map(Reason::new).ifPresent(why::add);
        return why;
    }

    private static Optional<String> advice(String decided) {
        return switch (decided) {
            case "live-score", "network" -> Optional.of("do-nearer");
            case "grey-still" -> Optional.of("do-turn");
            case "frames", "time", "not-judged" -> Optional.of("do-wait");
            case "implausible" -> Optional.of("do-light");
            case "no-network", "network-missing" -> Optional.of("do-operator");
            default -> Optional.empty();
        };
    }
}

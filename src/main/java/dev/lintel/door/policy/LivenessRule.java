package dev.lintel.door.policy;

import dev.lintel.access.LiveProof;
import dev.lintel.access.Reason;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code liveness}: a face that is not proven live is not looked at any further, where the door asks for the proof. */
final class LivenessRule implements Rule {
    @Override
    public Optional<Ruling> judge(Case c) {
        if (c.seen() == null
                || !c.rules().requireLiveness()
                || c.seen().liveness().state() == LiveProof.State.LIVE) {
            return Optional.empty();
        }
        LiveProof proof = c.seen().liveness();
        String why = proof.state() == LiveProof.State.ATTACK
                ? "something spoke for a photo or a screen"
                : "the face was not proven live";
        return Optional.of(Ruling.denied("liveness", why + because(proof.reasons())));
    }

    /** What decided and what to do about it; then what else was found. */
    private static String because(List<Reason> reasons) {
        if (reasons.isEmpty()) {
            return ": no frame was judged; stay before the camera for a moment";
        }
        String others = reasons.stream().skip(1).map(Reason::sentence).collect(Collectors.joining("; "));
        return ": " + reasons.get(0).sentence() + advice(reasons.get(0).code())
                + (others.isEmpty() ? "" : "; also: " + others);
    }

    private static String advice(String decided) {
        return switch (decided) {
            case "live-score", "network" ->
                " - come nearer, look into the camera and turn the head a little; better light helps";
            case "grey-still" -> " - turn the head or take a step sideways; a lamp at the door helps";
            case "frames", "time" -> " - stay before the camera for a moment";
            case "implausible" -> " - less light into the camera, and a clean lens, help";
            case "no-network", "network-missing" -> " - the box cannot judge it: an operator has to look at it";
            default -> "";
        };
    }
}

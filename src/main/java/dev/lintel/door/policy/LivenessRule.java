package dev.lintel.door.policy;

import dev.lintel.access.LiveProof;
import java.util.Optional;

/** {@code liveness}: a face that is not proven live is not looked at any further, where the door asks for the proof. */
final class LivenessRule implements Rule {
    @Override
    public Optional<Ruling> judge(Case c) {
        if (c.seen() == null
                || !c.door().requireLiveness()
                || c.seen().liveness().state() == LiveProof.State.LIVE) {
            return Optional.empty();
        }
        LiveProof proof = c.seen().liveness();
        String why = proof.state() == LiveProof.State.ATTACK
                ? "something spoke for a photo or a screen"
                : "the face was not proven live";
        return Optional.of(Ruling.denied(
                "liveness", proof.reasons().isEmpty() ? why : why + ": " + String.join("; ", proof.reasons())));
    }
}

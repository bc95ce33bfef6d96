package dev.lintel.tracking;

import dev.lintel.access.Decision;
import dev.lintel.access.LiveProof;
import dev.lintel.access.Sighting.Identity;
import dev.lintel.challenge.Proof;
import dev.lintel.liveness.SequenceLiveness;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** One person before the camera, from appearing to leaving. Confined to its tracker's thread. */
final class Visit {
    final UUID id;
    final Instant firstSeen;
    final Votes votes;

    /** What was asked for to prove it live; empty where nothing is. */
    final Optional<Proof> proof;

    SequenceLiveness liveness;

    /** Frames in which the face was seen. */
    int frames;

    /** When the first view that can be recognised was captured; null before. */
    Instant usable;

    long usableNanos;

    /** Capture time of the newest view that was recognised as this visit's face. */
    long lastVote;

    /** Capture time of the newest view that voted. */
    long lastCounted;

    /** When the votes first named somebody; 0 before. */
    long knownSince;

    /** What has been said about this visit; null before. */
    Report report;

    boolean upgraded;

    /** The best view that voted; null before. */
    SeenView best;

    /** By the frames' clock, when the last thing was said about this visit. */
    long saidNanos;

    /** Id of the last sighting, and how often one was said again. */
    UUID said;

    int renewals;

    /** Since when liveness is proven anew to say it again; 0 while it is not. */
    long renewing;

    /** What was decided about it last; null before. */
    Decision.Verdict verdict;

    /** What a sighting said. */
    record Report(Identity identity, LiveProof.State live) {}

    Visit(UUID id, Instant firstSeen, Votes votes, SequenceLiveness liveness, Optional<Proof> proof) {
        this.id = id;
        this.firstSeen = firstSeen;
        this.votes = votes;
        this.liveness = liveness;
        this.proof = proof;
    }

    /** A view that voted. */
    void shown(Track.View view) {
        if (best == null || view.quality() > best.quality()) {
            best = new SeenView(view.face().aligned(), view.quality());
        }
    }

    /** Always the same for the same visit, so that it is not recorded twice, but another than the first report's. */
    UUID upgradeId() {
        return UUID.nameUUIDFromBytes((id + "/upgrade").getBytes(StandardCharsets.UTF_8));
    }

    /** What the checks found, and where movements are asked for whether they were made. A stranger is asked for nothing. */
    LiveProof live(Verdict of) {
        return proof.isEmpty() || of == null || of.identity() == Identity.UNKNOWN
                ? liveness.proof()
                : proof.get().with(liveness.proof(), of.nearest().label());
    }

    /** Whether a view proves something that is not proven yet. */
    boolean looking() {
        return !liveness.settled() || proof.filter(Proof::running).isPresent();
    }

    /** As far as is known; while it is proven anew, as it was found before. */
    LiveProof.State state() {
        LiveProof.State now =
                live(votes.isEmpty() ? null : votes.verdict(report != null)).state();
        return renewing != 0 && now == LiveProof.State.NOT_PROVEN ? LiveProof.State.LIVE : now;
    }

    UUID renewalId() {
        return UUID.nameUUIDFromBytes((id + "/renewed/" + ++renewals).getBytes(StandardCharsets.UTF_8));
    }

    boolean reportedAs(Identity identity) {
        return report != null && report.identity() == identity;
    }
}

package dev.lintel.tracking;

import dev.lintel.access.LiveProof.State;
import dev.lintel.access.Sighting;
import dev.lintel.access.Sighting.Identity;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/** When something is to be said about a visit, and what. Confined to its tracker's thread. */
final class VisitReports {
    /** A proof of liveness counts for a face that was recognised no longer ago than this. */
    private static final Duration CONFIRMED = Duration.ofMillis(600);

    /** Most that a stranger's report waits for liveness: it opens nothing, but says whether a person stood there. */
    private static final Duration STRANGER_WAIT = Duration.ofSeconds(1);

    private final VisitTracker.Source source;
    private final TrackingConfig config;
    private final InstantSource clock;

    VisitReports(VisitTracker.Source source, TrackingConfig config, InstantSource clock) {
        this.source = source;
        this.config = config;
        this.clock = clock;
    }

    /** VisitReports a visit if there is something to say. */
    Optional<Sighting> settle(Track track, long nanos) {
        Visit visit = track.visit;
        if (visit.votes.isEmpty() || track.misfit != null || visit.report != null && visit.upgraded) {
            return Optional.empty();
        }
        long since = nanos - visit.usableNanos;
        Verdict verdict = visit.votes.verdict(since >= config.patience().toNanos());
        if (verdict.identity() == Identity.KNOWN && visit.knownSince == 0) {
            visit.knownSince = nanos;
        }
        if (verdict.clear()
                && verdict.identity() != Identity.UNKNOWN
                && (visit.report == null || visit.report.live() != State.LIVE)) {
            visit.proof.ifPresent(proof -> proof.want(verdict.nearest().label(), nanos));
        }
        if (!verdict.clear() || !news(visit, verdict, nanos)) {
            return Optional.empty();
        }
        if (verdict.identity() != Identity.UNKNOWN
                && settled(visit, verdict)
                && nanos - visit.lastVote > CONFIRMED.toNanos()) {
            // It is live, but is it still the one who was recognised?
            track.urgent = true;
            return Optional.empty();
        }
        return Optional.of(report(visit, verdict, nanos));
    }

    /**
     * Who was reported and stays, live: what the door answered may have changed meanwhile. Both are proven anew first, because
     * somebody who is proven live is looked at rarely, and another may have stood there between two looks.
     */
    Optional<Sighting> renewed(Track track, long nanos) {
        Visit visit = track.visit;
        boolean due = !source.renewal().isZero()
                && visit.report != null
                && nanos - visit.saidNanos >= source.renewal().toNanos();
        if (!due || track.misfit != null || visit.votes.isEmpty()) {
            return Optional.empty();
        }
        Verdict verdict = visit.votes.verdict(true);
        boolean live = visit.live(verdict).state() == State.LIVE;
        if (visit.renewing == 0 && live && verdict.identity() != Identity.UNKNOWN) {
            track.anew(nanos);
            visit.renewing = nanos;
        } else if (visit.renewing != 0 && live && nanos - visit.lastVote <= CONFIRMED.toNanos()) {
            visit.renewing = 0;
            return Optional.of(sighting(visit, verdict, visit.renewalId(), nanos));
        } else if (visit.renewing != 0
                && nanos - visit.renewing > config.waitForLiveness().toNanos()) {
            visit.renewing = 0;
        }
        return Optional.empty();
    }

    private boolean news(Visit visit, Verdict verdict, long nanos) {
        boolean settled = settled(visit, verdict);
        if (!settled
                && verdict.identity() != Identity.UNKNOWN
                && visit.proof.filter(proof -> proof.pending(nanos)).isPresent()) {
            return false;
        }
        long wait = config.waitForLiveness().toNanos();
        if (visit.report == null) {
            long most = verdict.identity() == Identity.UNKNOWN ? Math.min(wait, STRANGER_WAIT.toNanos()) : wait;
            return settled || nanos - visit.usableNanos >= most;
        }
        if (verdict.identity() != Identity.KNOWN) {
            return false;
        }
        return visit.report.identity() == Identity.KNOWN
                ? visit.report.live() == State.NOT_PROVEN && visit.live(verdict).state() == State.LIVE
                : settled || nanos - visit.knownSince >= wait;
    }

    /** Whether it is known, so that nobody need wait. */
    private static boolean settled(Visit visit, Verdict verdict) {
        return visit.live(verdict).state() != State.NOT_PROVEN;
    }

    /** The visit is over: what was not said yet is said now. A face that was seen once only may be no face. */
    Optional<Sighting> close(Visit visit) {
        return visit.report != null || visit.votes.isEmpty() || visit.frames < 2
                ? Optional.empty()
                : Optional.of(report(visit, visit.votes.verdict(true), visit.lastVote));
    }

    private Sighting report(Visit visit, Verdict verdict, long nanos) {
        visit.upgraded = visit.report != null;
        visit.report = new Visit.Report(verdict.identity(), visit.live(verdict).state());
        return sighting(visit, verdict, visit.upgraded ? visit.upgradeId() : visit.id, nanos);
    }

    private Sighting sighting(Visit visit, Verdict verdict, UUID id, long nanos) {
        visit.said = id;
        visit.saidNanos = nanos;
        return new Sighting(
                id,
                visit.id,
                source.camera(),
                source.direction(),
                visit.firstSeen,
                visit.usable,
                clock.instant(),
                visit.frames,
                visit.votes.votes().size(),
                verdict.identity(),
                verdict.nearest(),
                verdict.distance(),
                verdict.threshold(),
                verdict.margin(),
                visit.live(verdict),
                visit.votes.mean(),
                source.model());
    }
}

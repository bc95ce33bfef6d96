package dev.lintel.tracking;

import dev.lintel.access.Cue;
import dev.lintel.access.Decision;
import dev.lintel.access.Direction;
import dev.lintel.access.Sighting;
import dev.lintel.access.Sighting.Identity;
import dev.lintel.challenge.Challenges;
import dev.lintel.challenge.HeadPose;
import dev.lintel.challenge.Intent;
import dev.lintel.challenge.IntentConfig;
import dev.lintel.face.Candidate;
import dev.lintel.face.Embedding;
import dev.lintel.face.FaceBox;
import dev.lintel.face.GallerySize;
import dev.lintel.face.Label;
import dev.lintel.liveness.FrameEvidence;
import dev.lintel.liveness.NetworkLimit;
import dev.lintel.liveness.SequenceConfig;
import dev.lintel.liveness.SequenceLiveness;
import dev.lintel.recognition.ThresholdPolicy;
import dev.lintel.tracking.Track.View;
import dev.lintel.vision.SeenFace;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Follows the faces of one camera from frame to frame and says once for each visit who it was. Asks for a few
 * embeddings and liveness judgements, takes the answers in any order, and drops those of faces that are gone.
 * Confined to one thread; time comes with the frames.
 *
 * <p>A visit is reported once. Only one thing is said later, once, under an id derived from the visit's: that somebody
 * who was not recognised, or not proven live, now is. Whoever stays, recognised and live, is said again at the source's
 * interval, apart from the sightings ({@link TrackingResult#renewed}), both proven anew. Somebody else in the same place is a visit of their own, and
 * nothing that was proven about the one counts for the other.
 */
public final class VisitTracker {
    /** After so long out of sight, the face that is there again has to prove that it is the same. */
    private static final Duration DOUBT = Duration.ofMillis(600);

    /** The same where frames in between did not show it. */
    private static final Duration HIDDEN = Duration.ofMillis(300);

    /** A face that was not seen for so long is not spoken to. */
    private static final Duration PRESENT = Duration.ofSeconds(1);

    private final TrackingConfig config;
    private final ThresholdPolicy policy;
    private final double minimumMargin;
    private final SequenceConfig sequence;
    private final NetworkLimit limit;
    private final VisitReports reports;
    private final Asking asking;
    private final Supplier<UUID> ids;
    private final double same;
    private final double alike;
    private final List<Track> tracks = new ArrayList<>();

    /** Visits that ended since the last frame. */
    private final List<Visit> ended = new ArrayList<>();

    private int numbers;

    /**
     * Whose faces these are.
     *
     * @param renewal how often somebody who stays, recognised and live, is said again; zero for never
     * @param limit what the liveness network must say at this camera
     */
    public record Source(String camera, Direction direction, String model, Duration renewal, NetworkLimit limit) {
        /** With the network's own limit. */
        public Source(String camera, Direction direction, String model, Duration renewal) {
            this(camera, direction, model, renewal, NetworkLimit.OWN);
        }

        /** Nobody is said again. */
        public Source(String camera, Direction direction, String model) {
            this(camera, direction, model, Duration.ZERO);
        }
    }

    /**
     * What is asked of whoever comes, before they are recognised and to prove them live.
     *
     * @param challenges empty where looking is proof enough
     */
    public record Asking(Intent intent, Optional<Challenges> challenges) {
        /** Whoever is seen is looked at, and looking is proof enough. */
        public static Asking nothing() {
            return new Asking(new Intent(IntentConfig.NONE), Optional.empty());
        }
    }

    /**
     * @param asking what the camera's door asks for
     * @param minimumMargin what the rule for one photo asks for between two people
     * @param clock says when a vote became clear
     * @param ids of new visits
     */
    public VisitTracker(
            Source source,
            Asking asking,
            TrackingConfig config,
            ThresholdPolicy policy,
            double minimumMargin,
            SequenceConfig sequence,
            InstantSource clock,
            Supplier<UUID> ids) {
        this.asking = asking;
        this.config = config;
        this.policy = policy;
        this.minimumMargin = minimumMargin;
        this.sequence = sequence;
        this.limit = source.limit();
        this.reports = new VisitReports(source, config, clock);
        this.ids = ids;
        this.same = policy.similarityAt(config.changeFmr());
        this.alike = Math.max(same, policy.forComparison(OptionalDouble.empty()).similarity());
    }

    /** One that asks for nothing. */
    public VisitTracker(
            Source source,
            TrackingConfig config,
            ThresholdPolicy policy,
            double minimumMargin,
            SequenceConfig sequence,
            InstantSource clock,
            Supplier<UUID> ids) {
        this(source, Asking.nothing(), config, policy, minimumMargin, sequence, clock, ids);
    }

    /** The next frame, captured after the one before. */
    public TrackingResult frame(FrameFaces frame) {
        List<SeenFace> faces = frame.faces();
        List<FaceBox> predicted =
                tracks.stream().map(t -> t.motion.predicted(frame.nanos())).toList();
        Association found = Association.of(faces.stream().map(SeenFace::box).toList(), predicted);
        List<Track> followed = List.copyOf(tracks);
        TrackingResult steps = gone(frame.nanos(), found, followed);
        for (int i = 0; i < faces.size(); i++) {
            View view = new View(faces.get(i), frame.thumbnail(), frame.width(), frame.nanos(), frame.at());
            int index = found.trackOf()[i];
            if (index >= 0) {
                Track track = followed.get(index);
                long unseen = frame.nanos() - track.motion.nanos();
                boolean gap = unseen > (track.missed ? HIDDEN : DOUBT).toNanos();
                track.missed = false;
                track.doubtful |= gap || found.jumped()[i] || found.doubtful()[i];
                if (gap || found.jumped()[i]) {
                    track.broken(frame.nanos());
                }
                track.motion.seen(view.face().box(), frame.nanos());
                posed(track, view);
                steps = steps.and(seen(track, view));
            } else if (tracks.size() < config.maxFaces()) {
                Track track = new Track(
                        ++numbers,
                        new Motion(view.face().box(), frame.nanos()),
                        asking.intent().face(),
                        newVisit(view.at()));
                tracks.add(track);
                posed(track, view);
                steps = steps.and(seen(track, view));
            }
        }
        return steps.and(renewed(frame.nanos()));
    }

    private static void posed(Track track, View view) {
        HeadPose pose = HeadPose.of(view.nanos(), view.face().landmarks());
        track.intent.frame(pose, view.face().box().width() / (double) view.frameWidth());
        track.visit.proof.ifPresent(proof -> proof.frame(pose));
    }

    /** Nothing of this person stays in memory, once those who are before the camera have gone. */
    public void forget(Label person) {
        asking.challenges().ifPresent(all -> all.forget(person));
    }

    /** Somebody or something said that somebody wants in. */
    public void woken(long nanos) {
        asking.intent().woken(nanos);
    }

    /** What is to be said to whoever is there: to the face that is asked for something, or to the nearest one. */
    public Cue cue(long nanos) {
        return asking.challenges()
                .map(Challenges::cue)
                .orElseGet(() -> tracks.stream()
                        .filter(track -> nanos - track.motion.nanos() <= PRESENT.toNanos())
                        .max(Comparator.comparingDouble(
                                track -> track.motion.box().area()))
                        .map(Track::cue)
                        .orElse(Cue.of(Cue.Kind.NOBODY)));
    }

    /** Time passes without a frame. */
    public TrackingResult idle(long nanos) {
        return gone(nanos, new Association(new int[0], new boolean[0], new boolean[0]), List.copyOf(tracks));
    }

    /** Ends the visits of faces that were out of sight too long, and those votes that took too long. */
    private TrackingResult gone(long nanos, Association found, List<Track> followed) {
        ended.clear();
        List<Sighting> sightings = new ArrayList<>();
        for (int t = 0; t < followed.size(); t++) {
            Track track = followed.get(t);
            boolean here = false;
            for (int index : found.trackOf()) {
                here |= index == t;
            }
            track.missed |= !here;
            if (!here && nanos - track.motion.nanos() > config.maxGap().toNanos()) {
                tracks.remove(track);
                track.visit.proof.ifPresent(proof -> proof.gone(nanos));
                close(track.visit).ifPresent(sightings::add);
            } else {
                track.visit.proof.ifPresent(proof -> proof.time(nanos));
                reports.settle(track, nanos).ifPresent(sightings::add);
            }
        }
        return TrackingResult.of(sightings);
    }

    private Optional<Sighting> close(Visit visit) {
        ended.add(visit);
        return reports.close(visit);
    }

    private TrackingResult renewed(long nanos) {
        return new TrackingResult(
                List.of(),
                List.of(),
                List.of(),
                tracks.stream()
                        .filter(track -> track.motion.nanos() == nanos)
                        .flatMap(track -> reports.renewed(track, nanos).stream())
                        .toList());
    }

    private Visit newVisit(java.time.Instant at) {
        return new Visit(
                ids.get(),
                at,
                new Votes(config, policy, minimumMargin, same, alike),
                new SequenceLiveness(sequence, limit),
                asking.challenges().map(Challenges::proof));
    }

    private TrackingResult seen(Track track, View view) {
        Visit visit = track.visit;
        visit.frames++;
        if (view.quality() < config.minQuality() || !track.intent.wants()) {
            return TrackingResult.of(List.of());
        }
        if (visit.usable == null) {
            visit.usable = view.at();
            visit.usableNanos = view.nanos();
        }
        if (track.best == null || track.urgent || view.quality() >= track.best.quality()) {
            track.best = view;
        }
        if (!ViewChoice.wanted(track, view.nanos(), config)) {
            return TrackingResult.of(List.of());
        }
        View look = track.best;
        track.asked = look;
        track.judged = null;
        track.recognised = Track.NONE;
        track.best = null;
        track.urgent = false;
        track.lastAsked = view.nanos();
        List<TrackingResult.Inspect> inspect = ViewChoice.judged(track)
                ? List.of(new TrackingResult.Inspect(
                        track.number, look.face(), look.scene(), look.frameWidth(), look.nanos()))
                : List.of();
        return new TrackingResult(
                List.of(new TrackingResult.Embed(track.number, look.face().aligned())), inspect, List.of(), List.of());
    }

    /** The answer to {@link TrackingResult.Embed}. Empty if the face is gone. */
    public Optional<TrackingResult.Probe> embedded(int number, Embedding embedding) {
        Track track = track(number);
        if (track == null || track.asked == null) {
            return Optional.empty();
        }
        if (track.visit.votes.isEmpty()) {
            returning(track, embedding).ifPresent(lost -> {
                tracks.remove(lost);
                lost.visit.frames += track.visit.frames;
                track.visit.proof.ifPresent(proof -> proof.gone(track.asked.nanos()));
                track.visit = lost.visit;
                track.broken(track.asked.nanos());
            });
        }
        Votes votes = track.visit.votes;
        Embedding mean =
                fits(track.visit, embedding) ? votes.meanWith(vote(track.asked, embedding, List.of())) : embedding;
        return Optional.of(new TrackingResult.Probe(number, embedding, mean));
    }

    private static Vote vote(View view, Embedding embedding, List<Candidate> nearest) {
        return new Vote(
                embedding, view.quality(), Vote.Pose.of(view.face().quality()), nearest, view.nanos(), view.at());
    }

    /** The same person, lost a moment ago in another place. */
    private Optional<Track> returning(Track track, Embedding embedding) {
        return tracks.stream()
                .filter(t -> t != track && t.motion.nanos() < track.motion.nanos() && !t.visit.votes.isEmpty())
                .filter(t -> embedding.similarity(t.visit.votes.mean()) >= same)
                .findFirst();
    }

    private boolean fits(Visit visit, Embedding embedding) {
        return visit.votes.isEmpty() || embedding.similarity(visit.votes.mean()) >= same;
    }

    /** No answer came to {@link TrackingResult.Embed}, or none to the look-up that followed. */
    public void unanswered(int number) {
        Track track = track(number);
        if (track != null) {
            track.asked = null;
            track.urgent = true;
        }
    }

    /**
     * The answer to {@link TrackingResult.Probe}.
     *
     * @param ofVote the nearest people of the frame, nearest first
     * @param ofMean the nearest people of the mean
     * @param size what they were compared with
     * @param nanos now, by the frames' clock
     */
    public TrackingResult matched(
            TrackingResult.Probe probe, List<Candidate> ofVote, List<Candidate> ofMean, GallerySize size, long nanos) {
        Track track = track(probe.track());
        if (track == null || track.asked == null) {
            return TrackingResult.of(List.of());
        }
        View view = track.asked;
        track.asked = null;
        Vote vote = vote(view, probe.vote(), ofVote);
        List<Sighting> sightings = new ArrayList<>();
        if (fits(track.visit, vote.embedding()) && !namesSomebodyElse(track.visit, vote, size)) {
            fitted(track, view, vote, ofMean, size);
        } else if (track.misfit == null) {
            track.misfit = vote;
            track.urgent = true;
            track.broken(view.nanos() + 1);
        } else if (track.misfit.embedding().similarity(vote.embedding()) >= same) {
            changed(track, track.misfit, view, vote, size).ifPresent(sightings::add);
        } else {
            // Two that fit nothing: the frames disagree.
            track.broken(view.nanos() + 1);
            track.visit.votes.add(track.misfit, ofMean, size);
            track.visit.votes.add(vote, ofMean, size);
            track.visit.shown(view);
            track.misfit = null;
        }
        reports.settle(track, nanos).ifPresent(sightings::add);
        return TrackingResult.of(sightings);
    }

    /** The face is still the visit's; a view from before the last break says so of then only. */
    private void fitted(Track track, View view, Vote vote, List<Candidate> ofMean, GallerySize size) {
        Visit visit = track.visit;
        boolean current = view.nanos() >= track.unbroken;
        if (current && visit.votes.vouchesFor(vote, alike)) {
            track.recognised(view);
            visit.lastVote = view.nanos();
        }
        if (current) {
            track.misfit = null;
            track.doubtful = false;
        }
        // Frames of the same moment say the same.
        if (visit.votes.isEmpty()
                || view.nanos() - visit.lastCounted >= config.spacing().toNanos()) {
            visit.votes.add(vote, ofMean, size);
            visit.lastCounted = view.nanos();
            visit.shown(view);
        }
    }

    private boolean namesSomebodyElse(Visit visit, Vote vote, GallerySize size) {
        return visit.reportedAs(Identity.KNOWN)
                && vote.accepted(policy.forSearch(OptionalDouble.empty(), size).similarity())
                && !vote.nearest()
                        .orElseThrow()
                        .label()
                        .equals(visit.votes.verdict(true).nearest().label());
    }

    /** Somebody else stands where this visit was. */
    private Optional<Sighting> changed(Track track, Vote first, View view, Vote second, GallerySize size) {
        Visit before = track.visit;
        track.misfit = null;
        track.doubtful = false;
        Track rightful = tracks.stream()
                .filter(t -> t != track
                        && !t.visit.votes.isEmpty()
                        && second.embedding().similarity(t.visit.votes.mean()) >= same)
                .findFirst()
                .orElse(null);
        if (rightful != null) {
            // The two crossed, and each went on as the other.
            track.visit = rightful.visit;
            rightful.visit = before;
            rightful.misfit = null;
            List.of(track, rightful).forEach(t -> t.broken(second.nanos() + 1));
            track.visit.votes.add(second, second.candidates(), size);
            track.visit.shown(view);
            track.visit.lastCounted = second.nanos();
            return Optional.empty();
        }
        boolean said = before.report != null || before.votes.verdict(true).identity() == Identity.KNOWN;
        Visit now = new Visit(
                said ? ids.get() : before.id,
                said ? first.at() : before.firstSeen,
                new Votes(config, policy, minimumMargin, same, alike),
                new SequenceLiveness(sequence, limit),
                asking.challenges().map(Challenges::proof));
        before.proof.ifPresent(proof -> proof.gone(second.nanos()));
        now.frames = said ? 2 : before.frames;
        now.usable = said ? first.at() : before.usable;
        now.usableNanos = said ? first.nanos() : before.usableNanos;
        now.votes.add(first, first.candidates(), size);
        now.votes.add(second, second.candidates(), size);
        now.shown(view);
        now.lastVote = second.nanos();
        now.lastCounted = second.nanos();
        track.visit = now;
        track.broken(second.nanos() + 1);
        return said ? close(before) : Optional.empty();
    }

    /** The answer to {@link TrackingResult.Inspect}. */
    public TrackingResult inspected(int number, FrameEvidence evidence) {
        Track track = track(number);
        if (track == null) {
            return TrackingResult.of(List.of());
        }
        track.judged(evidence);
        return TrackingResult.of(
                reports.settle(track, evidence.nanos()).stream().toList());
    }

    /** The best view that a sighting rests on; empty once the visit is over and another frame was seen. */
    public Optional<SeenView> view(UUID sighting) {
        return Stream.concat(tracks.stream().map(track -> track.visit), ended.stream())
                .filter(visit -> sighting.equals(visit.said))
                .findFirst()
                .map(visit -> visit.best);
    }

    /** What was decided about a sighting; forgotten if the visit is over. */
    public void decided(UUID sighting, Decision.Verdict verdict) {
        tracks.stream()
                .filter(track -> sighting.equals(track.visit.said))
                .forEach(track -> track.visit.verdict = verdict);
    }

    private Track track(int number) {
        return tracks.stream().filter(t -> t.number == number).findFirst().orElse(null);
    }

    /** What is followed at the moment, for live views and metrics. */
    public List<Followed> followed() {
        return tracks.stream().map(Followed::of).toList();
    }
}

package dev.lintel.camera;

import dev.lintel.access.Cue;
import dev.lintel.access.Decision;
import dev.lintel.access.Sighting;
import dev.lintel.access.Sighting.Identity;
import dev.lintel.bus.WorkPool;
import dev.lintel.face.Deadline;
import dev.lintel.face.Embedding;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.liveness.FrameEvidence;
import dev.lintel.liveness.FrameInspector;
import dev.lintel.messages.PeopleMessages.Matches;
import dev.lintel.messages.RenewalMessages.SeenPerson;
import dev.lintel.metrics.TrackingMeters;
import dev.lintel.recognition.VectorSearch;
import dev.lintel.tracking.FrameFaces;
import dev.lintel.tracking.TrackingResult;
import dev.lintel.tracking.VisitTracker;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From the faces of one camera's frames to sightings: drives the tracker, asks what it wants to know, and hands on what became
 * clear. Takes frames from any thread and works on one at a time, on its own event loop; of those that wait, the newest counts.
 */
final class VisitFlow implements FrameListener {
    private static final Logger LOG = LoggerFactory.getLogger(VisitFlow.class);

    /** Who is recognised later than this has often left. */
    private static final Duration TIMEOUT = Duration.ofMillis(1500);

    /** People to name for each probe: the nearest and, for the margin, the next. */
    private static final int TOP = 3;

    /** After so long without a frame, time passes by itself. */
    static final Duration QUIET = Duration.ofMillis(500);

    private final String camera;
    private final Executor loop;
    private final VisitTracker tracker;
    private final VectorSearch search;
    private final FrameInspector inspector;
    private final WorkPool pool;
    private final LiveViews views;
    private final FeedClock clock;
    private final TrackingMeters meters;
    private final DoorQuestions door;
    private final Consumer<Cue> cues;
    private final Consumer<SeenPerson> seen;
    private final AtomicReference<FrameFaces> waiting = new AtomicReference<>();
    private boolean busy;
    private long lastFrame;
    private Cue said = Cue.of(Cue.Kind.NOBODY);

    /**
     * @param loop where everything but {@link #seen} runs; one task at a time
     * @param tracker of this camera alone
     * @param inspector shared by all cameras, like {@code pool}, which it runs on
     * @param door hears each sighting once
     * @param cues hears what is to be said to whoever is there, whenever it is something else
     * @param seen hears how somebody looked who was recognised, for certain or not
     */
    VisitFlow(
            String camera,
            Executor loop,
            VisitTracker tracker,
            VectorSearch search,
            FrameInspector inspector,
            WorkPool pool,
            LiveViews views,
            FeedClock clock,
            TrackingMeters meters,
            DoorQuestions door,
            Consumer<Cue> cues,
            Consumer<SeenPerson> seen) {
        this.camera = camera;
        this.loop = loop;
        this.tracker = tracker;
        this.search = search;
        this.inspector = inspector;
        this.pool = pool;
        this.views = views;
        this.clock = clock;
        this.meters = meters;
        this.door = door;
        this.cues = cues;
        this.seen = seen;
    }

    @Override
    public void seen(FrameFaces frame) {
        if (waiting.getAndSet(frame) == null) {
            loop.execute(this::next);
        } else {
            meters.skipped();
        }
    }

    private void next() {
        FrameFaces frame = busy ? null : waiting.getAndSet(null);
        if (frame == null) {
            return;
        }
        busy = true;
        lastFrame = frame.nanos();
        TrackingResult steps = guarded(() -> {
            TrackingResult asked = tracker.frame(frame);
            views.show(frame, tracker.followed());
            return asked;
        });
        embed(steps.embed());
        say(steps);
        tell(frame.nanos());
        inspect(steps.inspect()).onComplete(done -> {
            busy = false;
            next();
        });
    }

    private void tell(long nanos) {
        Cue cue = tracker.cue(nanos);
        if (!cue.equals(said)) {
            said = cue;
            cues.accept(cue);
        }
    }

    /** A person was deleted; on the loop. */
    void forget(Label person) {
        tracker.forget(person);
    }

    /** Somebody wants in, on the loop. */
    void woken() {
        tracker.woken(clock.nanos());
    }

    private TrackingResult guarded(Supplier<TrackingResult> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            LOG.error("camera {}: a frame could not be followed", camera, e);
            return TrackingResult.NONE;
        }
    }

    /** To be called every {@link #QUIET}, on the loop: whoever is gone has left, also where no frame comes any more. */
    void idle() {
        long now = clock.nanos();
        if (!busy && now - lastFrame >= QUIET.toNanos()) {
            say(tracker.idle(now));
            tell(now);
            views.nobody(tracker.followed(), now, clock.now());
        }
    }

    private Future<?> inspect(List<TrackingResult.Inspect> asks) {
        List<Future<Void>> all = asks.stream()
                .map(ask -> pool.<FrameEvidence>run(
                                Deadline.after(TIMEOUT),
                                () -> Outcome.done(
                                        inspector.inspect(ask.face(), ask.scene(), ask.frameWidth(), ask.nanos())))
                        .<Void>map(answer -> answer.fold(
                                evidence -> say(tracker.inspected(ask.track(), evidence)),
                                refusal -> unanswered("liveness", List.of()))))
                .toList();
        return Future.join(all).onFailure(e -> {
            unanswered("liveness", List.of());
            LOG.warn("camera {}: liveness could not be judged: {}", camera, e.toString());
        });
    }

    private void embed(List<TrackingResult.Embed> asks) {
        if (asks.isEmpty()) {
            return;
        }
        Deadline deadline = Deadline.after(TIMEOUT);
        List<Integer> tracks = asks.stream().map(TrackingResult.Embed::track).toList();
        search.embed(asks.stream().map(TrackingResult.Embed::crop).toList(), deadline)
                .onComplete(
                        answer -> answer.fold(
                                vectors -> embedded(tracks, vectors, deadline),
                                refusal -> unanswered("embedding", tracks)),
                        failure -> unanswered("embedding", tracks));
    }

    private Void embedded(List<Integer> tracks, List<Embedding> vectors, Deadline deadline) {
        List<TrackingResult.Probe> probes = new ArrayList<>();
        for (int i = 0; i < tracks.size(); i++) {
            tracker.embedded(tracks.get(i), vectors.get(i)).ifPresent(probes::add);
        }
        match(probes, deadline);
        return null;
    }

    private void match(List<TrackingResult.Probe> probes, Deadline deadline) {
        if (probes.isEmpty()) {
            return;
        }
        List<Embedding> vectors = new ArrayList<>();
        probes.forEach(probe -> vectors.addAll(List.of(probe.vote(), probe.mean())));
        List<Integer> tracks = probes.stream().map(TrackingResult.Probe::track).toList();
        search.match(vectors, TOP, deadline)
                .onComplete(
                        answer -> answer.fold(
                                matches -> matched(probes, matches), refusal -> unanswered("match", tracks)),
                        failure -> unanswered("match", tracks));
    }

    private Void matched(List<TrackingResult.Probe> probes, Matches matches) {
        for (int i = 0; i < probes.size(); i++) {
            say(tracker.matched(
                    probes.get(i),
                    matches.candidates().get(2 * i),
                    matches.candidates().get(2 * i + 1),
                    matches.size(),
                    lastFrame));
        }
        return null;
    }

    private Void unanswered(String question, List<Integer> tracks) {
        meters.unanswered(question);
        tracks.forEach(tracker::unanswered);
        return null;
    }

    private Void say(TrackingResult steps) {
        meters.followed(tracker.followed().size());
        steps.sightings().forEach(sighting -> {
            show(sighting);
            door.ask(sighting, decided(sighting));
        });
        steps.renewed().forEach(sighting -> door.askAgain(sighting, decided(sighting)));
        return null;
    }

    private void show(Sighting sighting) {
        if (sighting.identity() != Identity.UNKNOWN && sighting.nearest() != null) {
            tracker.view(sighting.id())
                    .ifPresent(view -> seen.accept(new SeenPerson(
                            sighting.visit(),
                            sighting.nearest().label(),
                            view.crop(),
                            view.quality(),
                            sighting.decided())));
        }
    }

    private Consumer<Decision> decided(Sighting sighting) {
        return decision -> tracker.decided(sighting.id(), decision.verdict());
    }
}

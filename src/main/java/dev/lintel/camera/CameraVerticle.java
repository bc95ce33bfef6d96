package dev.lintel.camera;

import dev.lintel.access.DoorEvent;
import dev.lintel.access.Sighting;
import dev.lintel.bus.Bus;
import dev.lintel.bus.WorkPool;
import dev.lintel.face.Deadline;
import dev.lintel.face.Embedding;
import dev.lintel.face.Outcome;
import dev.lintel.liveness.FrameEvidence;
import dev.lintel.liveness.FrameInspector;
import dev.lintel.messages.CameraMessages;
import dev.lintel.messages.DoorMessages;
import dev.lintel.messages.DoorMessages.DecideSighting;
import dev.lintel.messages.EventMessages;
import dev.lintel.messages.EventMessages.RecordEvent;
import dev.lintel.messages.FaceMessages;
import dev.lintel.messages.FaceMessages.EmbedFaces;
import dev.lintel.messages.PeopleMessages;
import dev.lintel.messages.PeopleMessages.MatchFaces;
import dev.lintel.messages.PeopleMessages.Matches;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.metrics.TrackingMeters;
import dev.lintel.tracking.FrameFaces;
import dev.lintel.tracking.Steps;
import dev.lintel.tracking.VisitTracker;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From the faces of one camera's frames to sightings: drives the tracker, asks what it wants to know, and hands what
 * became clear to the door. Works on one frame at a time, on its own context; of those that wait, the newest counts.
 */
public final class CameraVerticle extends VerticleBase implements FrameListener {
    private static final Logger LOG = LoggerFactory.getLogger(CameraVerticle.class);

    /** Who is recognised later than this has often left. */
    private static final Duration PATIENCE = Duration.ofMillis(1500);

    private static final Duration DECISION = Duration.ofSeconds(5);
    private static final Duration IDLE = Duration.ofMillis(500);

    /** People to name for each probe: the nearest and, for the margin, the next. */
    private static final int TOP = 3;

    private final Bus bus;
    private final String camera;
    private final VisitTracker tracker;
    private final FrameInspector inspector;
    private final LongSupplier nanos;
    private final InstantSource clock;
    private final ApplianceMetrics metrics;
    private final TrackingMeters meters;
    private final LiveViews views;
    private final AtomicReference<FrameFaces> waiting = new AtomicReference<>();
    private volatile Context context;
    private volatile int followed;
    private WorkPool pool;
    private final int threads;
    private boolean busy;
    private long lastFrame;

    /**
     * @param camera its id in the configuration
     * @param tracker of this camera alone
     * @param inspector shared by all cameras; closed by whoever opened it
     * @param threads liveness judgements made at once for all cameras
     * @param nanos the clock of the frames
     */
    public CameraVerticle(
            Bus bus,
            String camera,
            VisitTracker tracker,
            FrameInspector inspector,
            int threads,
            LongSupplier nanos,
            InstantSource clock,
            ApplianceMetrics metrics) {
        this.bus = bus;
        this.camera = camera;
        this.tracker = tracker;
        this.inspector = inspector;
        this.threads = threads;
        this.nanos = nanos;
        this.clock = clock;
        this.metrics = metrics;
        this.meters = new TrackingMeters(metrics, camera, () -> followed);
        this.views = new LiveViews(camera, view -> bus.publish(CameraMessages.LIVE, view));
    }

    @Override
    public Future<?> start() {
        pool = new WorkPool(vertx, "tracking", threads, metrics);
        context = vertx.getOrCreateContext();
        vertx.setPeriodic(IDLE.toMillis(), tick -> idle());
        return Future.succeededFuture();
    }

    @Override
    public void seen(FrameFaces frame) {
        Context own = context;
        if (own == null) {
            return;
        }
        if (waiting.getAndSet(frame) == null) {
            own.runOnContext(v -> next());
        } else {
            meters.skipped();
        }
    }

    private void next() {
        if (busy) {
            return;
        }
        FrameFaces frame = waiting.getAndSet(null);
        if (frame == null) {
            return;
        }
        busy = true;
        lastFrame = frame.nanos();
        Steps steps;
        try {
            steps = tracker.frame(frame);
            views.show(frame, tracker.followed());
        } catch (RuntimeException e) {
            LOG.error("camera {}: a frame could not be followed", camera, e);
            steps = Steps.NONE;
        }
        embed(steps.embed());
        say(steps);
        inspect(steps.inspect()).onComplete(done -> {
            busy = false;
            next();
        });
    }

    private void idle() {
        if (!busy && nanos.getAsLong() - lastFrame >= IDLE.toNanos()) {
            say(tracker.idle(nanos.getAsLong()));
            views.nobody(tracker.followed(), nanos.getAsLong(), clock.instant());
        }
    }

    private Future<?> inspect(List<Steps.Inspect> asks) {
        List<Future<Void>> all = new ArrayList<>();
        for (Steps.Inspect ask : asks) {
            all.add(pool.<FrameEvidence>run(
                            Deadline.after(PATIENCE),
                            () -> Outcome.done(
                                    inspector.inspect(ask.face(), ask.scene(), ask.frameWidth(), ask.nanos())))
                    .map(answer -> {
                        answer.fold(
                                evidence -> {
                                    say(tracker.inspected(ask.track(), evidence));
                                    return null;
                                },
                                refusal -> {
                                    meters.unanswered("liveness");
                                    return null;
                                });
                        return null;
                    }));
        }
        return Future.join(all).onFailure(e -> {
            meters.unanswered("liveness");
            LOG.warn("camera {}: liveness could not be judged: {}", camera, e.toString());
        });
    }

    private void embed(List<Steps.Embed> asks) {
        if (asks.isEmpty()) {
            return;
        }
        Deadline deadline = Deadline.after(PATIENCE);
        bus.ask(
                        FaceMessages.EMBED,
                        new EmbedFaces(asks.stream().map(Steps.Embed::crop).toList(), deadline))
                .onComplete(
                        answer -> answer.fold(
                                embedded -> {
                                    List<Steps.Probe> probes = new ArrayList<>();
                                    for (int i = 0; i < asks.size(); i++) {
                                        tracker.embedded(
                                                        asks.get(i).track(),
                                                        embedded.embeddings().get(i))
                                                .ifPresent(probes::add);
                                    }
                                    match(probes, deadline);
                                    return null;
                                },
                                refusal -> {
                                    unanswered(
                                            "embedding",
                                            asks.stream()
                                                    .map(Steps.Embed::track)
                                                    .toList());
                                    return null;
                                }),
                        failure -> unanswered(
                                "embedding",
                                asks.stream().map(Steps.Embed::track).toList()));
    }

    private void match(List<Steps.Probe> probes, Deadline deadline) {
        if (probes.isEmpty()) {
            return;
        }
        List<Embedding> vectors = new ArrayList<>();
        probes.forEach(probe -> vectors.addAll(List.of(probe.vote(), probe.mean())));
        List<Integer> tracks = probes.stream().map(Steps.Probe::track).toList();
        bus.ask(PeopleMessages.MATCH, new MatchFaces(vectors, TOP, deadline))
                .onComplete(
                        answer -> answer.fold(matches -> matched(probes, matches), refusal -> {
                            unanswered("match", tracks);
                            return null;
                        }),
                        failure -> unanswered("match", tracks));
    }

    private Void matched(List<Steps.Probe> probes, Matches matches) {
        for (int i = 0; i < probes.size(); i++) {
            say(tracker.matched(
                    probes.get(i),
                    matches.candidates().get(2 * i),
                    matches.candidates().get(2 * i + 1),
                    matches.templates(),
                    lastFrame));
        }
        return null;
    }

    private void unanswered(String question, List<Integer> tracks) {
        meters.unanswered(question);
        tracks.forEach(tracker::unanswered);
    }

    private void say(Steps steps) {
        steps.renewed().forEach(sighting -> decide(sighting, true, false));
        followed = tracker.followed().size();
        for (Sighting sighting : steps.sightings()) {
            meters.sighting(
                    lower(sighting.identity()),
                    lower(sighting.liveness().state()),
                    Duration.between(sighting.usable(), sighting.decided()));
            LOG.debug(
                    "camera {}: visit {} is {}, {}",
                    camera,
                    sighting.id(),
                    lower(sighting.identity()),
                    lower(sighting.liveness().state()));
            decide(sighting, false, true);
        }
    }

    /** What is handed in twice counts once, so a question without an answer may be repeated. */
    private void decide(Sighting sighting, boolean renewed, boolean again) {
        bus.ask(DoorMessages.DECIDE, new DecideSighting(sighting, renewed, Deadline.after(DECISION)))
                .onComplete(
                        answer -> answer.fold(
                                decision -> {
                                    tracker.decided(sighting.id(), decision.verdict());
                                    if (renewed) {
                                        return null;
                                    }
                                    meters.decided(
                                            lower(sighting.identity()),
                                            Duration.between(sighting.usable(), clock.instant()));
                                    return null;
                                },
                                refusal -> {
                                    LOG.warn(
                                            "camera {}: nothing was decided about visit {}: {}",
                                            camera,
                                            sighting.id(),
                                            refusal.detail());
                                    return null;
                                }),
                        failure -> {
                            if (failure instanceof ReplyException e && e.failureType() == ReplyFailure.NO_HANDLERS) {
                                if (!renewed) {
                                    record(sighting);
                                }
                            } else if (again) {
                                decide(sighting, renewed, false);
                            } else {
                                meters.unanswered("decision");
                                LOG.warn(
                                        "camera {}: nothing was decided about visit {}: {}",
                                        camera,
                                        sighting.id(),
                                        failure.getMessage());
                            }
                        });
    }

    /** Where nothing decides, what was seen is kept all the same. */
    private void record(Sighting sighting) {
        bus.ask(EventMessages.RECORD, new RecordEvent(DoorEvent.of(sighting), Deadline.after(DECISION)))
                .onSuccess(answer -> answer.fold(Optional::of, refusal -> {
                    LOG.warn("camera {}: visit {} was not recorded: {}", camera, sighting.id(), refusal.detail());
                    return Optional.empty();
                }))
                .onFailure(e ->
                        LOG.warn("camera {}: visit {} was not recorded: {}", camera, sighting.id(), e.getMessage()));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}

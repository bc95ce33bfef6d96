package dev.lintel.camera;

import dev.lintel.access.Decision;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.EventFilter;
import dev.lintel.access.LiveLevel;
import dev.lintel.access.LiveProof;
import dev.lintel.access.Reason;
import dev.lintel.access.Recorded;
import dev.lintel.access.Sighting;
import dev.lintel.bus.Bus;
import dev.lintel.face.Deadline;
import dev.lintel.face.Label;
import dev.lintel.liveness.CameraLevel;
import dev.lintel.messages.EventMessages;
import dev.lintel.messages.EventMessages.EventPage;
import dev.lintel.messages.EventMessages.ListEvents;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the event log tells of the level of live faces at one camera: from its latest events at the start, and from each as it is
 * recorded. The log is all that is kept of it. Used from one event loop.
 */
final class LevelLessons {
    private static final Logger LOG = LoggerFactory.getLogger(LevelLessons.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration OLDEST = Duration.ofDays(90);
    private static final int PAGE = 200;

    /** Pages of the log that are read at the start. */
    private static final int PAGES = 10;

    /** The rule of a decision that a PIN led to. */
    private static final String PIN = "pin";

    private final CameraConfig camera;
    private final CameraLevel level;
    private LiveLevel.State told = LiveLevel.State.LEARNING;

    LevelLessons(CameraConfig camera, CameraLevel level) {
        this.camera = camera;
        this.level = level;
    }

    CameraLevel level() {
        return level;
    }

    /** Reads what the log knows, newest first, in the background. That it cannot is logged: the camera learns anew. */
    void read(Bus bus, InstantSource clock) {
        Instant from = clock.instant().minus(OLDEST);
        Instant since = camera.learntFrom();
        if (since.isAfter(clock.instant())) {
            LOG.warn(
                    "camera {}: level-since is {}, in the future: nothing is learnt of its live faces until then",
                    camera.id(),
                    since);
        }
        read(bus, since.isAfter(from) ? since : from, Long.MAX_VALUE, PAGES);
    }

    private void read(Bus bus, Instant from, long before, int pages) {
        EventFilter filter = new EventFilter(null, camera.id(), DoorEvent.Kind.DECISION, null, null, from, null);
        bus.ask(EventMessages.LIST, new ListEvents(filter, before, PAGE, Deadline.after(TIMEOUT)))
                .onSuccess(answer -> answer.fold(page -> learn(bus, from, page, pages), refusal -> {
                    unread(refusal.detail());
                    return null;
                }))
                .onFailure(failure -> unread(failure.toString()));
    }

    private Void learn(Bus bus, Instant from, EventPage page, int pages) {
        page.events().forEach(recorded -> lesson(recorded.event()));
        if (page.more() && pages > 1 && !page.events().isEmpty()) {
            read(bus, from, page.events().get(page.events().size() - 1).sequence(), pages - 1);
        }
        tell();
        return null;
    }

    private void unread(String why) {
        LOG.warn("camera {}: the log was not read for the level of its live faces: {}", camera.id(), why);
    }

    /** Something was recorded, at this camera or elsewhere. */
    void recorded(Recorded recorded) {
        lesson(recorded.event());
        tell();
    }

    private void lesson(DoorEvent event) {
        Decision decision = event.decision();
        if (decision == null
                || decision.sighting() == null
                || decision.person() == null
                || !camera.id().equals(decision.sighting().camera())
                || event.at().isBefore(camera.learntFrom())) {
            return;
        }
        Sighting seen = decision.sighting();
        LiveProof proof = seen.liveness();
        Optional<Reason> network = network(proof);
        if (network.isEmpty()) {
            return;
        }
        double found = network.get().numbers().get("found");
        Label person = decision.person();
        UUID visit = seen.visit();
        boolean pin = decision.verdict() == Decision.Verdict.GRANTED
                && decision.rule().equals(PIN)
                && (seen.nearest() == null || seen.nearest().label().equals(person));
        if (pin || Reason.has(proof.reasons(), "challenge-passed")) {
            level.proven(visit, person, event.at(), found);
        } else if (proof.state() == LiveProof.State.LIVE) {
            level.live(visit, person, event.at());
        }
        if (seen.identity() == Sighting.Identity.KNOWN) {
            boolean unproven = proof.state() != LiveProof.State.LIVE;
            level.recognised(
                    visit,
                    event.at(),
                    unproven && found < network.get().numbers().get("needed"));
        }
    }

    /** What this network said of a picture with colour. */
    private Optional<Reason> network(LiveProof proof) {
        return Reason.has(proof.reasons(), "grey")
                ? Optional.empty()
                : proof.reasons().stream()
                        .filter(reason -> reason.code().equals("network")
                                && level.rule().pack().equals(reason.words().get("pack"))
                                && reason.numbers().get("found") != null
                                && reason.numbers().get("needed") != null)
                        .findFirst();
    }

    /** Once for each change, to whoever reads the log of the box. */
    private void tell() {
        LiveLevel now = level.now();
        if (now.state() == told) {
            return;
        }
        told = now.state();
        switch (told) {
            case LEARNING -> {}
            case LEARNT ->
                LOG.info(
                        "camera {}: live faces reach {} by the liveness network, so that its limit {} {}",
                        camera.id(),
                        rounded(now.level()),
                        now.used() ? "is" : "would be",
                        rounded(now.limit()));
            case TOO_LOW ->
                LOG.warn(
                        "camera {}: the liveness network can hardly tell live faces from attacks there (live faces reach {}): have it ask"
                                + " for movements (liveness: challenge) or a PIN, or take another camera",
                        camera.id(),
                        rounded(now.level()));
        }
    }

    private static double rounded(double share) {
        return Math.round(100 * share) / 100.0;
    }
}

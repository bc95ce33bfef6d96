package dev.lintel.camera;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.Decision;
import dev.lintel.access.Decision.Verdict;
import dev.lintel.access.Direction;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.LiveLevel.State;
import dev.lintel.access.LiveProof;
import dev.lintel.access.Reason;
import dev.lintel.access.Recorded;
import dev.lintel.access.Sighting;
import dev.lintel.access.Sighting.Identity;
import dev.lintel.bus.Bus;
import dev.lintel.face.Candidate;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.liveness.CameraLevel;
import dev.lintel.messages.EventMessages;
import dev.lintel.messages.EventMessages.EventPage;
import dev.lintel.testkit.Await;
import dev.lintel.testkit.Configs;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LevelLessonsTest {
    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
    private static final String[] PEOPLE = {"ada", "bob", "cleo"};

    private final CameraLevel level =
            new CameraLevel(new CameraLevel.Rule("live-2", 0.55, 0.4, 0.39, 0.18, 0.69), false, true);
    private final LevelLessons lessons = new LevelLessons(Configs.camera("front", "/dev/video0"), level);
    private int visits;

    @Test
    void shouldLearnFromRightPins() {
        twelve(person -> visit(person, LiveProof.State.NOT_PROVEN, Verdict.GRANTED, "pin", "front", network("live-2")));

        assertThat(level.now().state()).isEqualTo(State.LEARNT);
        assertThat(level.now().people()).isEqualTo(3);
    }

    @Test
    void shouldLearnFromMovementsThatWereMade() {
        Reason made = new Reason("challenge-passed", Map.of("movements", 3.0, "ms", 2500.0));
        twelve(person -> visit(
                person, LiveProof.State.NOT_PROVEN, Verdict.DENIED, "liveness", "front", made, network("live-2")));

        assertThat(level.now().state()).isEqualTo(State.LEARNT);
    }

    @Test
    void shouldLearnNothingFromWhatProvesNothing() {
        twelve(person -> visit(person, LiveProof.State.LIVE, Verdict.GRANTED, "schedule", "front", network("live-2")));
        twelve(person ->
                visit(person, LiveProof.State.NOT_PROVEN, Verdict.DENIED, "liveness", "front", network("live-2")));
        twelve(person -> visit(person, LiveProof.State.NOT_PROVEN, Verdict.DENIED, "pin", "front", network("live-2")));
        twelve(person -> visit(person, LiveProof.State.NOT_PROVEN, Verdict.GRANTED, "pin", "back", network("live-2")));
        twelve(person -> visit(person, LiveProof.State.NOT_PROVEN, Verdict.GRANTED, "pin", "front", network("live-1")));
        twelve(person -> visit(
                person,
                LiveProof.State.NOT_PROVEN,
                Verdict.GRANTED,
                "pin",
                "front",
                new Reason("grey"),
                network("live-2")));

        assertThat(level.now().state()).isEqualTo(State.LEARNING);
        assertThat(level.now().proven()).isZero();
    }

    @Test
    void shouldSayHowManyOfThoseWhoWereRecognisedTheNetworkRefused() {
        twelve(person ->
                visit(person, LiveProof.State.NOT_PROVEN, Verdict.DENIED, "liveness", "front", network("live-2")));

        assertThat(level.now().refusesMost()).isTrue();
        assertThat(level.now().refused()).isEqualTo(12);
    }

    @Test
    void shouldCountNobodyAsRefusedWhomMovementsProvedLive() {
        Reason made = new Reason("challenge-passed", Map.of("movements", 3.0, "ms", 2500.0));
        twelve(person ->
                visit(person, LiveProof.State.LIVE, Verdict.GRANTED, "schedule", "front", made, network("live-2")));

        assertThat(level.now().recent()).isEqualTo(12);
        assertThat(level.now().refused()).isZero();
    }

    @Test
    void shouldLearnNothingFromBeforeTheCameraWasHung() {
        LevelLessons anew = new LevelLessons(
                Configs.of(
                        CameraConfig.class,
                        "id: front",
                        "source: /dev/video0",
                        "level-since: '2026-03-01T10:00:00+01:00'"),
                level);
        List<Recorded> all = new ArrayList<>();
        twelve(
                all,
                person ->
                        visit(person, LiveProof.State.NOT_PROVEN, Verdict.GRANTED, "pin", "front", network("live-2")));
        all.forEach(anew::recorded);

        assertThat(all.get(0).event().at()).isBefore("2026-03-01T09:00:00Z");
        assertThat(level.now().proven()).isZero();
    }

    @Test
    void shouldKnowFromTheLogWhatItLearntBeforeARestart() throws Exception {
        List<Recorded> log = new ArrayList<>();
        twelve(
                log,
                person ->
                        visit(person, LiveProof.State.NOT_PROVEN, Verdict.GRANTED, "pin", "front", network("live-2")));
        List<Long> asked = new ArrayList<>();
        Vertx vertx = Vertx.vertx();
        try {
            Bus bus = Bus.install(vertx);
            bus.serve(EventMessages.LIST, ask -> {
                        asked.add(ask.before());
                        assertThat(ask.filter().camera()).isEqualTo("front");
                        return Future.succeededFuture(Outcome.done(page(log, ask.before())));
                    })
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS);

            lessons.read(bus, InstantSource.fixed(START));

            Await.await("the log was read", () -> level.now().state() == State.LEARNT);
            assertThat(level.now().proven()).isEqualTo(12);
            assertThat(asked).containsExactly(Long.MAX_VALUE, 8L, 3L);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
    }

    /** Five events before that one, newest first. */
    private static EventPage page(List<Recorded> log, long before) {
        List<Recorded> older = log.stream()
                .filter(each -> each.sequence() < before)
                .sorted((a, b) -> Long.compare(b.sequence(), a.sequence()))
                .toList();
        return new EventPage(older.subList(0, Math.min(5, older.size())), older.size() > 5);
    }

    private interface Story {
        DoorEvent of(String person);
    }

    /** Four visits of each of three people. */
    private void twelve(Story story) {
        List<Recorded> all = new ArrayList<>();
        twelve(all, story);
        all.forEach(lessons::recorded);
    }

    private static void twelve(List<Recorded> into, Story story) {
        for (int i = 0; i < 12; i++) {
            into.add(new Recorded(into.size() + 1L, true, story.of(PEOPLE[i % PEOPLE.length])));
        }
    }

    private static Reason network(String pack) {
        return new Reason("network", Map.of("found", 0.5, "frames", 8.0, "needed", 0.55)).with("pack", pack);
    }

    private DoorEvent visit(
            String person, LiveProof.State live, Verdict verdict, String rule, String camera, Reason... reasons) {
        UUID visit = new UUID(3, ++visits);
        Instant at = START.plusSeconds(60L * visits);
        Sighting seen = new Sighting(
                UUID.randomUUID(),
                visit,
                camera,
                Direction.IN,
                at,
                at,
                at,
                9,
                4,
                Identity.KNOWN,
                new Candidate(Label.of(person), 0.7),
                0.3,
                0.4,
                0.2,
                new LiveProof(live, 0.5, List.of(reasons)),
                null,
                "m");
        return DoorEvent.of(
                new Decision(UUID.randomUUID(), "main", at, verdict, Label.of(person), seen, rule, List.of()));
    }
}

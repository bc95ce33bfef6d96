package dev.lintel.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.Decision;
import dev.lintel.access.Decision.Verdict;
import dev.lintel.access.Direction;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.LiveProof;
import dev.lintel.access.Sighting;
import dev.lintel.bus.Bus;
import dev.lintel.face.Candidate;
import dev.lintel.face.Deadline;
import dev.lintel.face.Embedding;
import dev.lintel.face.FaceCrop;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.messages.RenewalMessages;
import dev.lintel.messages.RenewalMessages.ConfirmVisit;
import dev.lintel.messages.RenewalMessages.ConfirmedVisit;
import dev.lintel.messages.RenewalMessages.LearnTemplate;
import dev.lintel.messages.RenewalMessages.SeenPerson;
import dev.lintel.testkit.Await;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a store that notes what it is to learn, by a clock that the test moves. */
class VisitLessonsTest {
    private static final Label ANNA = Label.of("Anna");
    private static final Label BEN = Label.of("Ben");

    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = Bus.install(vertx);
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-30T08:00:00Z"));
    private final Queue<LearnTemplate> learnt = new ConcurrentLinkedQueue<>();
    private final VisitLessons lessons = new VisitLessons(bus, this::embed, now::get);

    @BeforeEach
    void serve() {
        bus.serve(RenewalMessages.LEARN, question -> {
                    learnt.add(question);
                    return Future.succeededFuture(Outcome.done(true));
                })
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void shouldGiveATemplateOfTheLatestViewOnceAnOperatorConfirms() {
        UUID visit = seen(ANNA, 7);
        lessons.seen(view(visit, ANNA, 8));

        assertThat(confirm(visit)).isEqualTo(Outcome.done(new ConfirmedVisit(ANNA, true)));

        assertThat(learnt).singleElement().satisfies(lesson -> {
            assertThat(lesson.person()).isEqualTo(ANNA);
            assertThat(lesson.embedding().modelId()).isEqualTo("next");
            assertThat(lesson.embedding().vector()[1])
                    .isEqualTo(8 * lesson.embedding().vector()[0]);
            assertThat(lesson.quality()).isEqualTo(0.7);
        });
        assertThat(refusal(confirm(visit))).as("once").isEqualTo(Refusal.Code.VIEW_GONE);
    }

    @Test
    void shouldKeepAViewForTenMinutesAndOfFewVisitsOnly() {
        UUID visit = seen(ANNA, 7);
        now.set(now.get().plus(SeenPeople.KEPT).plusMillis(1));
        assertThat(refusal(confirm(visit))).isEqualTo(Refusal.Code.VIEW_GONE);

        UUID first = seen(ANNA, 7);
        UUID second = seen(ANNA, 7);
        for (int i = 1; i < SeenPeople.MOST; i++) {
            seen(BEN, 9);
        }
        assertThat(refusal(confirm(first))).isEqualTo(Refusal.Code.VIEW_GONE);
        assertThat(refusal(confirm(second))).isNull();
    }

    @Test
    void shouldForgetTheViewsOfSomebodyWhoIsDeleted() {
        UUID visit = seen(ANNA, 7);
        UUID other = seen(BEN, 8);

        lessons.forget(ANNA);

        assertThat(refusal(confirm(visit))).isEqualTo(Refusal.Code.VIEW_GONE);
        assertThat(refusal(confirm(other))).isNull();
    }

    @Test
    void shouldLearnByItselfFromALiveFaceWithTheRightPin() throws Exception {
        UUID visit = seen(ANNA, 7);

        lessons.recorded(decided(visit, Verdict.GRANTED, "pin", ANNA, LiveProof.State.LIVE));

        Await.await("a template", () -> !learnt.isEmpty());
        assertThat(learnt).extracting(LearnTemplate::person).containsExactly(ANNA);
    }

    @Test
    void shouldLearnNothingByItselfFromAnythingElse() {
        UUID visit = seen(ANNA, 7);

        lessons.recorded(decided(visit, Verdict.DENIED, "pin", ANNA, LiveProof.State.LIVE));
        lessons.recorded(decided(visit, Verdict.GRANTED, "schedule", ANNA, LiveProof.State.LIVE));
        lessons.recorded(decided(visit, Verdict.GRANTED, "pin", BEN, LiveProof.State.LIVE));
        lessons.recorded(decided(visit, Verdict.GRANTED, "pin", ANNA, LiveProof.State.NOT_PROVEN));
        lessons.recorded(decided(UUID.randomUUID(), Verdict.GRANTED, "pin", ANNA, LiveProof.State.LIVE));

        assertThat(refusal(confirm(visit))).as("its view is still there").isNull();
        assertThat(learnt).hasSize(1);
    }

    private UUID seen(Label person, int pixel) {
        UUID visit = UUID.randomUUID();
        lessons.seen(view(visit, person, pixel));
        return visit;
    }

    private SeenPerson view(UUID visit, Label person, int pixel) {
        return new SeenPerson(visit, person, new FaceCrop(1, new byte[] {(byte) pixel, 0, 0}), 0.7, now.get());
    }

    private Outcome<ConfirmedVisit> confirm(UUID visit) {
        return lessons.confirm(new ConfirmVisit(visit, Deadline.after(Duration.ofSeconds(10))))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private static Refusal.Code refusal(Outcome<?> outcome) {
        return outcome.fold(done -> null, Refusal::code);
    }

    private Future<Outcome<List<Embedding>>> embed(List<FaceCrop> crops, Deadline deadline) {
        return Future.succeededFuture(Outcome.done(crops.stream()
                .map(crop -> new Embedding("next", new float[] {1, crop.rgb()[0]}))
                .toList()));
    }

    private DoorEvent decided(UUID visit, Verdict verdict, String rule, Label person, LiveProof.State live) {
        Sighting sighting = new Sighting(
                visit,
                visit,
                "front",
                Direction.IN,
                now.get(),
                now.get(),
                now.get(),
                9,
                3,
                Sighting.Identity.UNCERTAIN,
                new Candidate(ANNA, 0.4),
                0.5,
                0.45,
                0.2,
                new LiveProof(live, 0.9, List.of()),
                null,
                "former");
        return DoorEvent.of(
                new Decision(UUID.randomUUID(), "main", now.get(), verdict, person, sighting, rule, List.of()));
    }
}

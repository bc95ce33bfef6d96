package dev.lintel.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.DoorEvent;
import dev.lintel.access.Recorded;
import dev.lintel.bus.Bus;
import dev.lintel.delivery.Sender.Sent;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.testkit.Await;
import dev.lintel.testkit.GatewayHarness;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TargetLineTest {
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final VirtualTime time = new VirtualTime(Events.NOW, task -> context.runOnContext(v -> task.run()));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Long> told = Collections.synchronizedList(new ArrayList<>());
    private final Deque<Sent> answers = new ArrayDeque<>();
    private Bus bus;
    private FakeOutbox outbox;

    @BeforeEach
    void start() throws Exception {
        bus = Bus.install(vertx);
        outbox = new FakeOutbox(bus);
        GatewayHarness.await(outbox.serve());
        outbox.set(List.of("a", "b"));
    }

    @AfterEach
    void stop() throws Exception {
        GatewayHarness.await(vertx.close());
    }

    private TargetLine line(String name, Predicate<DoorEvent> wanted, Sender sender) {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5), new Random(1));
        return new TargetLine(
                name, sender, wanted, 3, new OutboxClient(bus), backoff, time, new ApplianceMetrics(meters));
    }

    private void wake(TargetLine line) {
        context.runOnContext(v -> line.wake());
    }

    /** Tells one event after the other, with the answers in their order; then everything succeeds. */
    private Future<Sent> tell(Recorded event) {
        told.add(event.sequence());
        return Future.succeededFuture(answers.isEmpty() ? Sent.delivered() : answers.poll());
    }

    private void record(int count) {
        for (int i = 0; i < count; i++) {
            outbox.record(Events.granted("event " + i, Events.ANNA));
        }
    }

    @Test
    void shouldTellEverythingInTheOrderOfTheLog() throws Exception {
        record(120);
        wake(line("a", event -> true, this::tell));

        outbox.awaitSettled("a", 120);

        assertThat(told).hasSize(120).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void shouldNotOvertakeAnEventThatFails() throws Exception {
        record(3);
        Collections.addAll(
                answers, Sent.delivered(), Sent.failed("down", Duration.ZERO), Sent.failed("down", Duration.ZERO));
        wake(line("a", event -> true, this::tell));

        time.next();
        time.next();
        outbox.awaitSettled("a", 3);

        assertThat(told).containsExactly(1L, 2L, 2L, 2L, 3L);
        assertThat(meters.counter("lintel.deliveries", "target", "a", "outcome", "failed")
                        .count())
                .isEqualTo(2);
        assertThat(meters.counter("lintel.deliveries", "target", "a", "outcome", "delivered")
                        .count())
                .isEqualTo(3);
    }

    @Test
    void shouldWaitLongerWithEachFailureAndNoLongerThanConfigured() throws Exception {
        record(1);
        for (int i = 0; i < 12; i++) {
            answers.add(Sent.failed("down", Duration.ZERO));
        }
        wake(line("a", event -> true, this::tell));

        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            waits.add(time.next().toMillis());
        }
        outbox.awaitSettled("a", 1);

        for (int i = 0; i < waits.size(); i++) {
            long longest = Math.min(1000L << i, 300_000);
            assertThat(waits.get(i)).as("wait %d", i).isBetween(longest / 2, longest);
        }
    }

    @Test
    void shouldLeaveATargetAloneAsLongAsItAsks() throws Exception {
        record(1);
        Collections.addAll(
                answers, Sent.failed("busy", Duration.ofSeconds(90)), Sent.failed("busy", Duration.ofDays(90)));
        wake(line("a", event -> true, this::tell));

        assertThat(time.next()).isEqualTo(Duration.ofSeconds(90));
        assertThat(time.next()).isEqualTo(Duration.ofHours(1));
        outbox.awaitSettled("a", 1);
    }

    @Test
    void shouldNotHurryAWaitingTargetWhenSomethingHappens() throws Exception {
        record(1);
        answers.add(Sent.failed("down", Duration.ofMinutes(10)));
        TargetLine line = line("a", event -> true, this::tell);
        wake(line);
        record(1);
        wake(line);

        Duration waited = time.next();
        outbox.awaitSettled("a", 2);

        assertThat(waited).isEqualTo(Duration.ofMinutes(10));
        assertThat(told).containsExactly(1L, 1L, 2L);
    }

    private double counted(String outcome) {
        return meters.counter("lintel.deliveries", "target", "a", "outcome", outcome)
                .count();
    }

    @Test
    void shouldHoldNothingUpForWhatTheTargetRefuses() throws Exception {
        record(3);
        answers.add(Sent.refused("status 400"));
        wake(line("a", event -> true, this::tell));

        outbox.awaitSettled("a", 3);

        assertThat(told).containsExactly(1L, 2L, 3L);
        time.next();
        Await.await("delivered counted", () -> counted("delivered") == 3);
        assertThat(told).containsExactly(1L, 2L, 3L, 1L);
        assertThat(counted("refused")).isEqualTo(1);
        assertThat(counted("given_up")).isZero();
    }

    @Test
    void shouldGiveUpWhatTheTargetRefusesAgainAndAgain() throws Exception {
        record(1);
        Collections.addAll(answers, Sent.refused("status 422"), Sent.refused("status 422"), Sent.refused("status 422"));
        wake(line("a", event -> true, this::tell));
        outbox.awaitSettled("a", 1);

        time.next();
        time.next();
        Await.await("given_up counted", () -> counted("given_up") == 1);

        assertThat(told).containsExactly(1L, 1L, 1L);
        assertThat(counted("refused")).isEqualTo(3);
        assertThat(counted("delivered")).isZero();
    }

    /** That a target is down says nothing about the event. */
    @Test
    void shouldNotGiveUpARefusedEventWhileTheTargetIsDown() throws Exception {
        record(1);
        answers.add(Sent.refused("status 400"));
        for (int i = 0; i < 5; i++) {
            answers.add(Sent.failed("down", Duration.ZERO));
        }
        wake(line("a", event -> true, this::tell));
        outbox.awaitSettled("a", 1);

        for (int i = 0; i < 6; i++) {
            time.next();
        }
        Await.await("delivered counted", () -> counted("delivered") == 1);

        assertThat(told).hasSize(7);
    }

    @Test
    void shouldTellNothingMoreOnceItIsClosed() throws Exception {
        record(1);
        answers.add(Sent.refused("status 400"));
        TargetLine line = line("a", event -> true, this::tell);
        wake(line);
        outbox.awaitSettled("a", 1);
        time.awaitTimer();

        line.close();

        assertThat(time.idle()).isTrue();
    }

    @Test
    void shouldPassOverWhatTheTargetDoesNotWant() throws Exception {
        outbox.record(Events.of("1", DoorEvent.Kind.DOOR_OPENED));
        outbox.record(Events.stranger("2"));
        outbox.record(Events.of("3", DoorEvent.Kind.DOOR_CLOSED));
        wake(line("a", event -> event.kind() == DoorEvent.Kind.DECISION, this::tell));

        outbox.awaitSettled("a", 3);

        assertThat(told).containsExactly(2L);
    }

    @Test
    void shouldNotTellAgainBecauseTheStoreCouldNotSettle() throws Exception {
        record(2);
        outbox.breakSettlements(2);
        wake(line("a", event -> true, this::tell));

        time.next();
        time.next();
        outbox.awaitSettled("a", 2);

        assertThat(told).containsExactly(1L, 2L);
    }

    @Test
    void shouldKeepTargetsApart() throws Exception {
        record(5);
        List<Long> toB = Collections.synchronizedList(new ArrayList<>());
        TargetLine broken =
                line("a", event -> true, event -> Future.succeededFuture(Sent.failed("down", Duration.ofHours(1))));
        TargetLine fine = line("b", event -> true, event -> {
            toB.add(event.sequence());
            return Future.succeededFuture(Sent.delivered());
        });
        wake(broken);
        wake(fine);

        outbox.awaitSettled("b", 5);

        assertThat(toB).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(outbox.settled("a")).isZero();
    }
}

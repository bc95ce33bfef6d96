package dev.lintel.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.bus.Bus;
import dev.lintel.face.Embedding;
import dev.lintel.face.FaceCrop;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.messages.RenewalMessages;
import dev.lintel.messages.RenewalMessages.NextViews;
import dev.lintel.messages.RenewalMessages.RenewTemplates;
import dev.lintel.messages.RenewalMessages.Renewed;
import dev.lintel.messages.RenewalMessages.View;
import dev.lintel.messages.RenewalMessages.Views;
import dev.lintel.testkit.Await;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a store that is a list, by a clock that the test moves. */
class TemplateRenewalTest {
    private record Alarm(Duration delay, Runnable work) {}

    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = Bus.install(vertx);
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger finished = new AtomicInteger();
    private final AtomicInteger unseen = new AtomicInteger();
    private final Queue<Alarm> alarms = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> portions = new ConcurrentLinkedQueue<>();
    private final Deque<Long> waiting = new ArrayDeque<>(List.of(1L, 2L, 3L, 4L, 5L, 6L));
    private volatile boolean broken;
    private volatile boolean refused;

    private final TemplateRenewal renewal =
            new TemplateRenewal(bus, "next", this::embed, true, finished::incrementAndGet, nanos::get);

    @BeforeEach
    void serve() {
        Future.all(bus.serve(RenewalMessages.NEXT, this::next), bus.serve(RenewalMessages.RENEW, this::renew))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void shouldWorkInPortionsAndRestForAsLongAsItWorked() throws Exception {
        renewal.begin(this::after);
        Alarm first = alarm();

        assertThat(first.delay).isEqualTo(Duration.ofMillis(20));
        assertThat(renewal.made()).isEqualTo(TemplateRenewal.AT_ONCE);
        assertThat(renewal.waiting()).isEqualTo(2);
        assertThat(finished).hasValue(0);
        first.work.run();
        Alarm second = alarm();
        assertThat(renewal.made()).isEqualTo(6);
        second.work.run();
        Alarm third = alarm();

        assertThat(portions).containsExactly(4, 2);
        assertThat(third.delay).as("nothing waits").isEqualTo(TemplateRenewal.LOOK);
        assertThat(finished).hasValue(1);
        assertThat(renewal.waiting()).isZero();
    }

    @Test
    void shouldNotBeDoneWhileSomebodyStillHasToBeSeen() throws Exception {
        waiting.clear();
        unseen.set(2);
        renewal.begin(this::after);
        Alarm later = alarm();
        assertThat(renewal.unseen()).isEqualTo(2);
        assertThat(finished).hasValue(0);
        unseen.set(0);
        later.work.run();
        alarm();

        assertThat(finished).hasValue(1);
    }

    @Test
    void shouldTryAgainLaterWhenSomethingBreaks() throws Exception {
        broken = true;
        renewal.begin(this::after);
        Alarm later = alarm();
        assertThat(later.delay).isEqualTo(TemplateRenewal.LOOK);
        broken = false;
        refused = true;
        later.work.run();
        later = alarm();
        assertThat(later.delay).isEqualTo(TemplateRenewal.LOOK);
        assertThat(renewal.made()).isZero();
        assertThat(finished).as("what could not be made is not done").hasValue(0);
        refused = false;
        later.work.run();
        alarm();

        assertThat(renewal.made()).isEqualTo(TemplateRenewal.AT_ONCE);
    }

    private Alarm alarm() throws InterruptedException {
        Await.await("an alarm", () -> !alarms.isEmpty());
        return alarms.remove();
    }

    private Runnable after(Duration delay, Runnable work) {
        alarms.add(new Alarm(delay, work));
        return () -> {};
    }

    private Future<Outcome<List<Embedding>>> embed(List<FaceCrop> crops, dev.lintel.face.Deadline deadline) {
        nanos.addAndGet(Duration.ofMillis(20).toNanos());
        portions.add(crops.size());
        return Future.succeededFuture(Outcome.done(crops.stream()
                .map(crop -> new Embedding("next", new float[] {1, crop.rgb()[0]}))
                .toList()));
    }

    private synchronized Future<Outcome<Views>> next(NextViews question) {
        assertThat(question.modelId()).isEqualTo("next");
        if (broken) {
            return Future.failedFuture("the disk is gone");
        }
        return Future.succeededFuture(Outcome.done(new Views(
                waiting.stream()
                        .limit(question.limit())
                        .map(id -> new View(id, new FaceCrop(1, new byte[] {id.byteValue(), 0, 0})))
                        .toList(),
                waiting.size(),
                unseen.get())));
    }

    private synchronized Future<Outcome<Integer>> renew(RenewTemplates question) {
        if (refused) {
            return Future.succeededFuture(Outcome.refused(Refusal.Code.EXPIRED, "too late: try again"));
        }
        for (Renewed one : question.templates()) {
            assertThat(one.embedding().vector()[1] / one.embedding().vector()[0])
                    .isEqualTo(one.template());
            waiting.remove(one.template());
        }
        return Future.succeededFuture(Outcome.done(question.templates().size()));
    }
}

package dev.lintel.door.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.testkit.Configs;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpLockTest {
    private static final Duration PULSE = Duration.ofMillis(2500);

    /** Status 200 and a body that never ends. */
    private static final int ENDLESS = -1;

    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Vertx vertx = Vertx.vertx();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final Deque<Integer> answers = new ArrayDeque<>();
    private final AtomicLong nanos = new AtomicLong();
    private Duration callTakes = Duration.ZERO;
    private int port;

    @BeforeEach
    void startTheRelay() throws Exception {
        port = await(vertx.createHttpServer()
                        .requestHandler(request -> request.body().onSuccess(body -> {
                            calls.add(request.method() + " " + request.uri() + " " + body + " "
                                    + request.getHeader("Authorization"));
                            nanos.addAndGet(callTakes.toNanos());
                            Integer answer;
                            synchronized (answers) {
                                answer = answers.isEmpty() ? Integer.valueOf(200) : answers.poll();
                            }
                            if (answer == ENDLESS) {
                                request.response().setChunked(true).write("ok");
                            } else if (answer > 0) {
                                request.response().setStatusCode(answer).end("ok");
                            }
                        }))
                        .listen(0, "127.0.0.1"))
                .actualPort();
    }

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
    }

    @Test
    void shouldSayUserAndPasswordOfTheAddress() throws Exception {
        HttpLockConfig config = Configs.of(
                HttpLockConfig.class,
                "url: 'HTTP://anna:pa#ss/word@127.0.0.1:" + port + "/on'",
                "method: GET",
                "timeout: 10s");

        await(new HttpLock(vertx, config, System::nanoTime).unlock(PULSE));

        assertThat(calls).singleElement().asString().isEqualTo("GET /on  Basic YW5uYTpwYSNzcy93b3Jk");
        assertThat(config.toString()).doesNotContain("anna", "pa#ss");
    }

    private HttpLock lock(String lockPath, Duration timeout) {
        String base = "http://127.0.0.1:" + port;
        return new HttpLock(
                vertx,
                Configs.with(
                        Configs.of(
                                HttpLockConfig.class,
                                "url: '" + base + "/relay/0?turn=on&timer={pulse}'",
                                "body: '{\"seconds\": {pulse}}'",
                                "headers: {Authorization: Basic abc}"),
                        Map.of(
                                "lockUrl",
                                Optional.ofNullable(lockPath).map(path -> base + path),
                                "timeout",
                                timeout == null ? Duration.ofSeconds(2) : timeout)),
                nanos::get);
    }

    @Test
    void shouldCallTheRelayWithThePulseInWholeSeconds() throws Exception {
        HttpLock lock = lock("/relay/0?turn=off", LONGEST);
        await(lock.unlock(PULSE));
        await(lock.relock());

        assertThat(calls)
                .containsExactly(
                        "POST /relay/0?turn=on&timer=3 {\"seconds\": 3} Basic abc",
                        "POST /relay/0?turn=off  Basic abc");
    }

    @Test
    void shouldLeaveLockingToARelayThatTimesItself() throws Exception {
        await(lock(null, LONGEST).relock());

        assertThat(calls).isEmpty();
    }

    @Test
    void shouldCallOnceMoreAfterAFailure() throws Exception {
        answers.add(503);
        await(lock(null, LONGEST).unlock(PULSE));

        assertThat(calls).hasSize(2);
    }

    @Test
    void shouldGiveUpAfterTheSecondFailure() {
        answers.addAll(List.of(500, 401));

        assertThatThrownBy(() -> await(lock(null, LONGEST).unlock(PULSE)))
                .hasStackTraceContaining("the relay answered with status 401");
        assertThat(calls).hasSize(2);
    }

    @Test
    void shouldNotCallAgainOnceThePulseIsOver() {
        answers.add(503);
        callTakes = PULSE;

        assertThatThrownBy(() -> await(lock(null, LONGEST).unlock(PULSE)))
                .hasStackTraceContaining("the relay answered with status 503");
        assertThat(calls).hasSize(1);
    }

    @Test
    void shouldNotWaitForARelayThatDoesNotAnswer() {
        answers.addAll(List.of(0, 0));

        assertThatThrownBy(() -> await(lock(null, Duration.ofMillis(100)).unlock(PULSE)))
                .cause()
                .isInstanceOf(TimeoutException.class);
    }

    /** As of small firmwares, which neither say how long it is nor close the connection. */
    @Test
    void shouldTakeAnAnswerThatDoesNotEndForOne() throws Exception {
        answers.addAll(List.of(ENDLESS, ENDLESS));
        HttpLock lock = lock(null, LONGEST);
        await(lock.unlock(PULSE));
        await(lock.unlock(PULSE));

        assertThat(calls).hasSize(2);
    }

    /** A relay that hung and was started again: the call that was given up keeps no connection from the next one. */
    @Test
    void shouldReachARelayThatWorksAgainThoughOldCallsWereNeverAnswered() throws Exception {
        answers.addAll(List.of(0, 0));
        HttpLock lock = lock(null, Duration.ofMillis(1500));
        assertThatThrownBy(() -> await(lock.unlock(PULSE))).cause().isInstanceOf(TimeoutException.class);
        assertThat(calls).as("the second one was not stuck behind the first").hasSize(2);

        await(lock.unlock(PULSE));
        assertThat(calls).hasSize(3);
    }

    /** The door must not open by a call that somebody was told had failed. */
    @Test
    void shouldNotSendLaterWhatWasGivenUp() throws Exception {
        answers.add(0);
        HttpLock lock = lock("/relay/0?turn=off", Duration.ofMillis(1500));
        // Not called again: the pulses are over. The second waits for the one connection, of which the first is never
        // answered.
        Future<Void> first = lock.unlock(Duration.ZERO);
        Future<Void> second = lock.unlock(Duration.ZERO);
        nanos.incrementAndGet();
        assertThatThrownBy(() -> await(first)).cause().isInstanceOf(TimeoutException.class);
        boolean told = await(second.transform(done -> Future.succeededFuture(done.succeeded())));

        await(lock.relock());
        assertThat(calls)
                .filteredOn(call -> call.contains("turn=on"))
                .as("a call that was given up while it waited was not made")
                .hasSize(told ? 2 : 1);
        assertThat(calls.get(calls.size() - 1)).contains("turn=off");
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}

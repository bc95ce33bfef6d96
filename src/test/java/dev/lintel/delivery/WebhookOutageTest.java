package dev.lintel.delivery;

import static dev.lintel.testkit.GatewayHarness.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.Names;
import dev.lintel.bus.Bus;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.testkit.Configs;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A target that is down for ten minutes, and the box restarted in the middle of it. */
class WebhookOutageTest {
    private static final Duration OUTAGE = Duration.ofMinutes(10);

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final VirtualTime time = new VirtualTime(Events.NOW, task -> context.runOnContext(v -> task.run()));
    private final List<String> received = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean answers = true;
    private volatile int swallowed;

    @Test
    void shouldLoseAndDoubleNothing() throws Exception {
        Bus bus = Bus.install(vertx);
        FakeOutbox outbox = new FakeOutbox(bus);
        await(outbox.serve());
        outbox.set(List.of("hook"));
        HttpServer server = listen(0);
        int port = server.actualPort();
        List<String> happened = new ArrayList<>();

        TargetLine line = line(bus, port);
        happen(outbox, happened, 3);
        wake(line);
        outbox.awaitSettled("hook", 3);

        await(server.close());
        Instant down = time.instant();
        happen(outbox, happened, 3);
        wake(line);
        boolean restarted = false;
        int attempts = 0;
        while (time.instant().isBefore(down.plus(OUTAGE))) {
            time.next();
            attempts++;
            happen(outbox, happened, 1);
            if (!restarted && time.instant().isAfter(down.plus(OUTAGE.dividedBy(2)))) {
                restarted = true;
                TargetLine before = line;
                context.runOnContext(v -> before.close());
                line = line(bus, port);
                wake(line);
            }
        }
        assertThat(restarted).isTrue();
        assertThat(attempts).as("attempts in ten minutes").isBetween(5, 40);
        assertThat(received).hasSize(3);

        time.awaitTimer();
        listen(port);
        time.next();
        outbox.awaitSettled("hook", happened.size());

        assertThat(received).containsExactlyElementsOf(happened);
        await(vertx.close());
    }

    /** The target had taken the event, but the answer never came. */
    @Test
    void shouldRepeatOnlyWithTheSameIdWhatMayNotHaveArrived() throws Exception {
        Bus bus = Bus.install(vertx);
        FakeOutbox outbox = new FakeOutbox(bus);
        await(outbox.serve());
        outbox.set(List.of("hook"));
        int port = listen(0).actualPort();
        List<String> happened = new ArrayList<>();
        happen(outbox, happened, 3);
        answers = false;
        wake(line(bus, port));

        time.next();
        outbox.awaitSettled("hook", 3);

        assertThat(swallowed).isEqualTo(1);
        assertThat(received).hasSize(4);
        assertThat(new LinkedHashSet<>(received)).containsExactlyElementsOf(happened);
        await(vertx.close());
    }

    private void happen(FakeOutbox outbox, List<String> happened, int count) {
        for (int i = 0; i < count; i++) {
            happened.add(outbox.record(Events.granted("event " + happened.size(), Events.ANNA))
                    .event()
                    .id()
                    .toString());
        }
    }

    private TargetLine line(Bus bus, int port) {
        WebhookConfig config =
                Configs.of(WebhookConfig.class, "name: hook", "url: http://127.0.0.1:" + port + "/", "names: full");
        HttpTarget target =
                new HttpTarget(vertx.createHttpClient(), config.address(), config.headers(), config.timeout(), time);
        Sender sender = new WebhookSender(target, null, Pseudonyms.naming(Names.FULL, "hook", null), time, "Lintel/1");
        return new TargetLine(
                "hook",
                sender,
                event -> true,
                3,
                new OutboxClient(bus),
                new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(2), new Random(1)),
                time,
                ApplianceMetrics.unpublished());
    }

    private void wake(TargetLine line) {
        context.runOnContext(v -> line.wake());
    }

    private HttpServer listen(int port) throws Exception {
        return await(vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    received.add(new JsonObject(body).getString("id"));
                    if (answers) {
                        request.response().end();
                    } else {
                        answers = true;
                        swallowed++;
                        request.connection().close();
                    }
                }))
                .listen(port, "127.0.0.1"));
    }
}

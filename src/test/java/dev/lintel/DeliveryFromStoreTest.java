package dev.lintel;

import static dev.lintel.testkit.GatewayHarness.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.Decision;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.Reason;
import dev.lintel.bus.Bus;
import dev.lintel.delivery.DeliveryConfig;
import dev.lintel.delivery.DeliveryVerticle;
import dev.lintel.delivery.WebhookConfig;
import dev.lintel.face.Deadline;
import dev.lintel.face.Embedding;
import dev.lintel.face.Label;
import dev.lintel.messages.DeliveryMessages;
import dev.lintel.messages.DeliveryMessages.OutboxStatus;
import dev.lintel.messages.EventMessages;
import dev.lintel.messages.EventMessages.RecordEvent;
import dev.lintel.messages.PeopleMessages;
import dev.lintel.messages.PeopleMessages.DeletePerson;
import dev.lintel.messages.PeopleMessages.EnrolTemplates;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.store.EventRules;
import dev.lintel.store.FaceStore;
import dev.lintel.store.StoreConfig;
import dev.lintel.store.StoreVerticle;
import dev.lintel.testkit.Configs;
import dev.lintel.visitors.VisitorsConfig;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real store, the real delivery, and a webhook over HTTP; the box restarts while the target is down. */
class DeliveryFromStoreTest {
    private static final Label ANNA = Label.of("Anna");

    @TempDir
    Path folder;

    private final Vertx outside = Vertx.vertx();
    private final BlockingQueue<JsonObject> received = new LinkedBlockingQueue<>();
    private int port;
    private Vertx inside;
    private Bus bus;
    private FaceStore store;

    @BeforeEach
    void start() throws Exception {
        HttpServer target = listen();
        port = target.actualPort();
        box();
        float[] vector = new float[128];
        vector[0] = 1;
        await(bus.ask(
                PeopleMessages.ENROL,
                new EnrolTemplates(
                        ANNA,
                        List.of(new EnrolTemplates.NewTemplate(new Embedding("m", vector), 0.9)),
                        0.9,
                        false,
                        patience())));
        happens(1);
        assertThat(next().getString("label")).isEqualTo("Anna");
        await(target.close());
    }

    @AfterEach
    void stop() throws Exception {
        off();
        await(outside.close());
    }

    private void box() throws Exception {
        inside = Vertx.vertx();
        bus = Bus.install(inside);
        store = await(FaceStore.open(
                inside,
                new StoreConfig(folder.resolve("lintel.db"), 0),
                "m",
                new EventRules(Configs.attendance(), Configs.of(VisitorsConfig.class), 0.9, InstantSource.system())));
        await(inside.deployVerticle(new StoreVerticle(bus, store, ApplianceMetrics.unpublished(), () -> true)));
        WebhookConfig hook =
                Configs.of(WebhookConfig.class, "name: hook", "url: http://127.0.0.1:" + port + "/", "names: full");
        DeliveryConfig config = Configs.with(
                Configs.of(DeliveryConfig.class, "retry-from: 20ms", "retry-to: 50ms"),
                Map.of("webhooks", List.of(hook)));
        await(inside.deployVerticle(
                new DeliveryVerticle(bus, config, InstantSource.system(), ApplianceMetrics.unpublished(), "1")));
    }

    private void off() throws Exception {
        await(store.close());
        await(inside.close());
    }

    private HttpServer listen() throws Exception {
        return await(outside.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    received.add(body.toJsonObject());
                    request.response().end();
                }))
                .listen(port, "127.0.0.1"));
    }

    private void happens(int number) throws Exception {
        UUID id = new UUID(0, number);
        await(bus.ask(
                EventMessages.RECORD,
                new RecordEvent(
                        DoorEvent.of(new Decision(
                                id,
                                "main",
                                Instant.now(),
                                Decision.Verdict.GRANTED,
                                ANNA,
                                null,
                                "schedule",
                                List.of(new Reason("within the hours")))),
                        patience())));
    }

    private JsonObject next() throws Exception {
        JsonObject event = received.poll(20, TimeUnit.SECONDS);
        assertThat(event).as("an event").isNotNull();
        return event;
    }

    private static Deadline patience() {
        return Deadline.after(Duration.ofSeconds(20));
    }

    @Test
    void shouldLoseAndDoubleNothingOverARestart() throws Exception {
        List<String> happened = new ArrayList<>();
        for (int i = 2; i <= 40; i++) {
            happens(i);
            happened.add(new UUID(0, i).toString());
            if (i == 20) {
                off();
                box();
            }
        }
        listen();

        List<String> told = new ArrayList<>();
        while (told.size() < happened.size()) {
            told.add(next().getString("id"));
        }
        happens(41);
        told.add(next().getString("id"));
        happened.add(new UUID(0, 41).toString());

        assertThat(told).containsExactlyElementsOf(happened);
        assertThat(await(bus.ask(DeliveryMessages.OUTBOX, new OutboxStatus(patience())))
                        .toString())
                .contains("hook");
    }

    @Test
    void shouldNotNameInTheOutboxWhoWasDeleted() throws Exception {
        happens(2);
        await(bus.ask(PeopleMessages.DELETE, new DeletePerson(ANNA, patience())));
        listen();

        JsonObject event = next();

        assertThat(event.getString("id")).isEqualTo(new UUID(0, 2).toString());
        assertThat(event.getValue("label")).isNull();
        assertThat(event.encode()).doesNotContain("Anna");
    }
}

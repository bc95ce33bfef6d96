package dev.lintel.gateway;

import dev.lintel.access.ConsentConfig;
import dev.lintel.access.Decision;
import dev.lintel.access.Direction;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.GalleryDump;
import dev.lintel.access.LiveProof;
import dev.lintel.access.Reason;
import dev.lintel.access.Sighting;
import dev.lintel.accounts.Role;
import dev.lintel.attendance.AttendanceConfig;
import dev.lintel.attendance.AttendanceReports;
import dev.lintel.attendance.ShiftConfig;
import dev.lintel.bus.Bus;
import dev.lintel.face.Candidate;
import dev.lintel.face.Deadline;
import dev.lintel.face.Embedding;
import dev.lintel.face.Label;
import dev.lintel.messages.BackupMessages;
import dev.lintel.messages.BackupMessages.ImportGallery;
import dev.lintel.messages.EventMessages;
import dev.lintel.messages.EventMessages.RecordEvent;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.recognition.RecognitionConfig;
import dev.lintel.recognition.RecognitionFlow;
import dev.lintel.store.EventRules;
import dev.lintel.store.FaceStore;
import dev.lintel.store.StoreConfig;
import dev.lintel.store.StoreVerticle;
import dev.lintel.testkit.Configs;
import dev.lintel.testkit.FakeFaces;
import dev.lintel.testkit.GatewayHarness;
import dev.lintel.visitors.VisitorsConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The real store behind the real server, two people enrolled and a day of one of them, as an administrator and a program see it. */
abstract class StoreOverHttpBase {
    static final Instant MORNING = Instant.parse("2026-11-25T07:00:00Z");
    static final InstantSource EVENING = InstantSource.fixed(Instant.parse("2026-11-25T19:00:00Z"));
    static final String ADMIN = "the secret of the admin";
    static final String ENROL = "the secret of the enroller";
    static final AttendanceConfig CONFIG = Configs.with(
            Configs.attendance("time-zone: Europe/Vienna"),
            Map.of(
                    "schedule",
                    List.of(
                            new ShiftConfig(List.of("wed"), "07:30", "16:00", List.of()),
                            new ShiftConfig(List.of("tue"), "22:00", "06:00", List.of("nights")))));

    @TempDir
    Path folder;

    final Vertx vertx = Vertx.vertx();
    final HttpClient http = HttpClient.newHttpClient();
    Bus bus;
    FaceStore store;
    GatewayVerticle gateway;

    @BeforeEach
    void start() throws Exception {
        bus = Bus.install(vertx);
        store = await(FaceStore.open(
                vertx,
                new StoreConfig(folder.resolve("lintel.db"), 0L),
                FakeFaces.MODEL,
                new EventRules(
                        CONFIG,
                        Configs.of(VisitorsConfig.class),
                        0.5,
                        Configs.of(ConsentConfig.class, "keep-pictures: true"),
                        EVENING)));
        ApplianceMetrics metrics = ApplianceMetrics.unpublished();
        await(vertx.deployVerticle(new StoreVerticle(bus, store, metrics, () -> true)));
        gateway = new GatewayVerticle(
                await(Contract.load(vertx)),
                new GatewayParts(
                        bus,
                        new RecognitionFlow(
                                bus,
                                FakeFaces.CALIBRATION,
                                FakeFaces.MODEL,
                                Configs.of(RecognitionConfig.class),
                                metrics),
                        new AttendanceReports(CONFIG, EVENING),
                        GatewayHarness.config(Map.of(
                                "keys",
                                List.of(
                                        new ApiKey("payroll", Role.ADMIN, Optional.empty(), Optional.of(ADMIN)),
                                        new ApiKey("desk", Role.ENROL, Optional.empty(), Optional.of(ENROL))))),
                        metrics,
                        List::of,
                        new VersionInfo("1", List.of(), CONFIG.zone(), ""),
                        List.of(),
                        Optional.empty(),
                        folder.resolve("tls")));
        await(vertx.deployVerticle(gateway));
        enrol("Anna");
        enrol("=Ben");
        came("Anna", MORNING, Direction.IN);
        came("Anna", MORNING.plusSeconds(120), Direction.IN);
        came("Anna", MORNING.plus(Duration.ofHours(8)), Direction.OUT);
    }

    @AfterEach
    void stop() throws Exception {
        await(store.close());
        await(vertx.close());
    }

    void enrol(String label) throws Exception {
        enrol(label, MORNING.minusSeconds(7200));
    }

    void enrol(String label, Instant since) throws Exception {
        float[] vector = new float[64];
        Random random = new Random(label.hashCode());
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        await(bus.ask(
                BackupMessages.IMPORT,
                new ImportGallery(
                        new GalleryDump(List.of(new GalleryDump.Entry(
                                Label.of(label), since, 1, new Embedding(FakeFaces.MODEL, vector)))),
                        patient())));
    }

    void came(String label, Instant at, Direction direction) throws Exception {
        UUID id = UUID.randomUUID();
        Label person = Label.of(label);
        Sighting sighting = new Sighting(
                id,
                id,
                "front",
                direction,
                at,
                at,
                at,
                9,
                3,
                Sighting.Identity.KNOWN,
                new Candidate(person, 0.8),
                0.31,
                0.55,
                0.2,
                new LiveProof(LiveProof.State.LIVE, 0.9, List.of()),
                null,
                FakeFaces.MODEL);
        DoorEvent event = DoorEvent.of(new Decision(
                id,
                "main",
                at,
                Decision.Verdict.GRANTED,
                person,
                sighting,
                "schedule",
                List.of(new Reason("within its hours"))));
        await(bus.ask(EventMessages.RECORD, new RecordEvent(event, patient())));
    }

    HttpResponse<byte[]> get(String address) throws Exception {
        return http.send(request(address, ADMIN).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpRequest.Builder request(String address, String key) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + address))
                .header("X-API-Key", key);
    }

    static JsonObject json(HttpResponse<byte[]> response) {
        return new JsonObject(new String(response.body(), StandardCharsets.UTF_8));
    }

    static Deadline patient() {
        return Deadline.after(Duration.ofMinutes(1));
    }

    static <T> T await(Future<T> future) throws Exception {
        return GatewayHarness.await(future);
    }
}

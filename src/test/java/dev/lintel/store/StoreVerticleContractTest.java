package dev.lintel.store;

import static dev.lintel.store.contract.StoreContract.patient;

import dev.lintel.access.Decision;
import dev.lintel.access.Direction;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.LiveProof;
import dev.lintel.access.Reason;
import dev.lintel.access.Sighting;
import dev.lintel.bus.Bus;
import dev.lintel.messages.EventMessages;
import dev.lintel.messages.EventMessages.RecordEvent;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.store.contract.AccessContract;
import dev.lintel.store.contract.AccountsContract;
import dev.lintel.store.contract.BackupContract;
import dev.lintel.store.contract.BooksContract;
import dev.lintel.store.contract.DirectoryContract;
import dev.lintel.store.contract.LogContract;
import dev.lintel.store.contract.PeopleContract;
import dev.lintel.store.contract.VisitorsContract;
import dev.lintel.testkit.Configs;
import dev.lintel.testkit.FakeFaces;
import dev.lintel.testkit.GatewayHarness;
import dev.lintel.visitors.VisitorsConfig;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The real store answers as its contract says. */
@Tag("slow")
class StoreVerticleContractTest
        implements PeopleContract,
                DirectoryContract,
                AccessContract,
                AccountsContract,
                BackupContract,
                LogContract,
                BooksContract,
                VisitorsContract {
    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private FaceStore store;
    private Bus bus;

    @BeforeEach
    void start() throws Exception {
        store = GatewayHarness.await(FaceStore.open(
                vertx,
                new StoreConfig(folder.resolve("lintel.db"), 0L),
                FakeFaces.MODEL,
                new EventRules(
                        Configs.attendance(),
                        Configs.of(VisitorsConfig.class, "keep: 72h"),
                        DUPLICATE,
                        InstantSource.system())));
        bus = Bus.install(vertx);
        GatewayHarness.await(
                vertx.deployVerticle(new StoreVerticle(bus, store, ApplianceMetrics.unpublished(), () -> true)));
    }

    @AfterEach
    void stop() throws Exception {
        GatewayHarness.await(store.close());
        GatewayHarness.await(vertx.close());
    }

    @Override
    public Bus bus() {
        return bus;
    }

    @Override
    public void visited(String photo, boolean live) {
        Instant now = Instant.now();
        UUID id = UUID.randomUUID();
        Sighting sighting = new Sighting(
                id,
                id,
                "front",
                Direction.IN,
                now,
                now,
                now,
                9,
                3,
                Sighting.Identity.UNKNOWN,
                null,
                1.1,
                0.55,
                0.1,
                new LiveProof(live ? LiveProof.State.LIVE : LiveProof.State.NOT_PROVEN, 0.9, List.of()),
                FakeFaces.embeddingOf(photo),
                FakeFaces.MODEL);
        DoorEvent event = DoorEvent.of(new Decision(
                id,
                "main",
                now,
                Decision.Verdict.DENIED,
                null,
                sighting,
                "unknown",
                List.of(new Reason("nobody known"))));
        done(EventMessages.RECORD, new RecordEvent(event, patient()));
    }
}

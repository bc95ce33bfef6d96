package dev.lintel.testkit;

import dev.lintel.bus.Bus;
import dev.lintel.store.contract.AccessContract;
import dev.lintel.store.contract.AccountsContract;
import dev.lintel.store.contract.BackupContract;
import dev.lintel.store.contract.BooksContract;
import dev.lintel.store.contract.DirectoryContract;
import dev.lintel.store.contract.LogContract;
import dev.lintel.store.contract.PeopleContract;
import dev.lintel.store.contract.VisitorsContract;
import io.vertx.core.Vertx;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The fakes that other tests stand on answer as the store does. */
class FakeBoxContractTest
        implements PeopleContract,
                DirectoryContract,
                AccessContract,
                AccountsContract,
                BackupContract,
                LogContract,
                BooksContract,
                VisitorsContract {
    private final Vertx vertx = Vertx.vertx();
    private FakeBox box;
    private long groups;

    @BeforeEach
    void start() throws Exception {
        box = GatewayHarness.await(FakeBox.start(vertx));
    }

    @AfterEach
    void stop() throws Exception {
        GatewayHarness.await(vertx.close());
    }

    @Override
    public Bus bus() {
        return box.bus();
    }

    @Override
    public void visited(String photo, boolean live) {
        box.visited(++groups, photo, 1, live ? 1 : 0, Instant.EPOCH, Instant.EPOCH, "front");
    }
}

package dev.lintel.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.messages.EventMessages.RecordEvent;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.testkit.Await;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class UpkeepTest extends StoreTestBase {

    /** A clock that is years ahead would remove the whole log. */
    @Test
    void shouldRemoveNothingByItsAgeBeforeTheClockIsBelieved() throws InterruptedException {
        enrolled("Anna", face(1));
        var event = Events.granted("Anna", Instant.now().minus(Duration.ofDays(4000)));
        done(store.events().record(new RecordEvent(event, patient()), recorded -> {}));

        begin(false);
        for (int turn = 0; turn < 3; turn++) {
            await(store.lanes().writer().inBulk(tables -> tables.execute("SELECT 1")));
        }
        assertThat(events()).as("what was begun has had its turn").isEqualTo(1);

        begin(true);
        Await.await("it is removed", () -> events() == 0);
    }

    private void begin(boolean believed) {
        new Upkeep(
                        store,
                        ApplianceMetrics.unpublished(),
                        () -> Future.succeededFuture(new ConsentChanges.Due(0, 0)),
                        () -> believed)
                .begin(vertx);
    }

    private int events() {
        return number("SELECT count(*) FROM event WHERE kind = 'DECISION'");
    }
}

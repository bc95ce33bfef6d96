package dev.lintel.store;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.lintel.messages.EventMessages.RecordEvent;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.testkit.Await;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

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

    /** A box that is closed soon after its start has done nothing wrong. */
    @Test
    void shouldSayNothingOfWhatTheEndOfTheBoxCutOff() throws InterruptedException {
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        Logger log = (Logger) LoggerFactory.getLogger(Upkeep.class);
        said.start();
        log.addAppender(said);
        try {
            sql("ALTER TABLE event RENAME TO gone");
            begin(true);
            Await.await("it complains", () -> complaints(said) > 0);
            FaceStore closed = store;
            await(closed.close());
            begin(true);
            await(closed.events().retention().purge().otherwiseEmpty());
            await(vertx.executeBlocking(() -> null));

            assertThat(complaints(said)).isEqualTo(1);
        } finally {
            log.detachAppender(said);
        }
    }

    private static long complaints(ListAppender<ILoggingEvent> said) {
        return List.copyOf(said.list).stream()
                .filter(line -> line.getMessage().startsWith("what is older than its retention"))
                .count();
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

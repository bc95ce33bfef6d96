package dev.lintel.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.Direction;
import dev.lintel.access.Recorded;
import dev.lintel.messages.DeliveryMessages.SetTargets;
import dev.lintel.messages.DeliveryMessages.TakeDeliveries;
import dev.lintel.messages.EventMessages.RecordEvent;
import dev.lintel.messages.EventMessages.VerifyLog;
import dev.lintel.testkit.ChildJvm;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@code kill -9} in the middle of a stream of events: each that was acknowledged is there once, with its attendance and its
 * delivery, under its sequence; and what is handed in again after the restart is not doubled.
 */
@Tag("slow")
class EventCrashTest extends StoreTestBase {
    private static final int ROUNDS = Integer.getInteger("crash.rounds", 2);
    private static final int ACKNOWLEDGED = 60;

    /** So many may the other process record at most, however late its killer comes on a busy machine. */
    private static final int MOST = 200;

    @Test
    void shouldNeitherLoseNorDoubleAnEventThroughKill() throws Exception {
        enrolled("Anna", face(1));
        done(store.outbox().set(new SetTargets(List.of("hook"), patient())));
        List<Long> sequences = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            await(store.close());
            sequences.addAll(runAndKill(sequences.size()));
            store = await(open(MODEL));

            for (int i = 0; i < sequences.size(); i++) {
                Recorded again = record(i);
                assertThat(again.fresh()).isFalse();
                assertThat(again.sequence()).isEqualTo(sequences.get(i));
            }
            Recorded inFlight = record(sequences.size());
            sequences.add(inFlight.sequence());
            assertThat(sequences).isSorted().doesNotHaveDuplicates();
            assertThat(count("event")).isEqualTo(sequences.size());
            assertThat(count("attendance")).isEqualTo(sequences.size());
            assertThat(done(store.outbox().take(new TakeDeliveries("hook", 10_000, patient())))
                            .events())
                    .extracting(Recorded::sequence)
                    .containsExactlyElementsOf(sequences);
            assertThat(done(store.events().verification().verify(new VerifyLog(patient())))
                            .intact())
                    .isTrue();
        }
    }

    private Recorded record(int i) {
        return done(store.events().record(question(i), recorded -> {}));
    }

    private int count(String table) {
        return number("SELECT count(*) FROM " + table);
    }

    /** The sequences that another process acknowledged before it was killed. */
    private List<Long> runAndKill(int first) throws Exception {
        Process process = ChildJvm.start(Victim.class, database(), first);
        List<Long> acknowledged = new ArrayList<>();
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                acknowledged.add(Long.parseLong(line));
                if (acknowledged.size() == ACKNOWLEDGED) {
                    // By its handle: Process.destroyForcibly would also close the pipe with the last acknowledgements.
                    process.toHandle().destroyForcibly();
                }
            }
            assertThat(process.waitFor()).as("killed, not ended by itself").isEqualTo(128 + 9);
            return acknowledged;
        } finally {
            process.destroyForcibly();
        }
    }

    private static RecordEvent question(int i) {
        return new RecordEvent(
                Events.granted(new UUID(7, i), "Anna", Events.MORNING.plusSeconds(i), Direction.IN), patient());
    }

    /** The process that gets killed: records one event after the other, and says which sequence each got. */
    static final class Victim {
        private Victim() {}

        public static void main(String[] args) throws InterruptedException {
            PrintStream acknowledgements = standardOutput();
            var store =
                    await(FaceStore.open(Vertx.vertx(), new StoreConfig(Path.of(args[0]), 0L), MODEL, defaultRules()));
            for (int i = 0; i < MOST; i++) {
                acknowledgements.println(done(store.events()
                                .record(question(Integer.parseInt(args[1]) + i), recorded -> {}))
                        .sequence());
                acknowledgements.flush();
            }
            Thread.currentThread().join(); // until it is killed
        }
    }
}

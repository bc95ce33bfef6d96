package dev.lintel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.access.GalleryDump;
import dev.lintel.face.Embedding;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.messages.PeopleMessages.DeletePerson;
import dev.lintel.messages.PeopleMessages.EnrolTemplates;
import dev.lintel.messages.PeopleMessages.EnrolTemplates.NewTemplate;
import dev.lintel.store.sqlite.StoreException;
import dev.lintel.testkit.ChildJvm;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@code kill -9} in the middle of a stream of enrolments and deletions, again and again on one database: what was
 * acknowledged is there (or gone), and the database is sound. {@code -Dcrash.rounds=20} for more rounds.
 */
@Tag("slow")
class CrashTest extends StoreTestBase {
    private static final int ROUNDS = Integer.getInteger("crash.rounds", 3);
    private static final int FACES_PER_PERSON = 2;

    @Test
    void shouldKeepEverythingAcknowledgedThroughKill() throws Exception {
        Random random = new Random();
        Set<Integer> present = new HashSet<>();
        Set<Integer> gone = new HashSet<>();
        int inFlight = 0;
        for (int round = 1; round <= ROUNDS; round++) {
            await(store.close());
            int first = round * 1_000_000;
            int acknowledged = runAndKill(first, 100 + random.nextInt(2000), present, gone);

            // Opening runs the integrity check; a damaged database would be refused here.
            store = await(open(MODEL));
            Map<Label, Set<Embedding>> stored = stored();
            assertThat(present).allSatisfy(i -> assertThat(stored.get(name(i))).containsExactlyInAnyOrder(faces(i)));
            assertThat(gone).noneMatch(i -> stored.containsKey(name(i)));
            for (int i : present) {
                assertThat(nearest(face(i), 1).get(0).label()).isEqualTo(name(i));
            }
            inFlight += reconcile(stored, present);
            System.out.printf(
                    "kill -9 round %d of %d: %d acknowledgements, %d people, database sound%n",
                    round, ROUNDS, acknowledged, stored.size());
        }
        assertThat(present).isNotEmpty();
        assertThat(inFlight).isBetween(0, ROUNDS);
    }

    @Test
    void shouldRefuseADatabaseThatAnotherProcessUses() throws Exception {
        await(store.close());
        Process process = start(1);
        try {
            assertThat(process.getInputStream().read()).isEqualTo('+');
            assertThatThrownBy(() -> await(open(MODEL)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("in use by another Lintel");
            assertThat(process.isAlive()).isTrue();
        } finally {
            process.destroyForcibly().waitFor();
        }
        reopen();
    }

    /** Lets another process work on the database for a while after its first acknowledgement, then kills it. */
    private int runAndKill(int first, long millis, Set<Integer> present, Set<Integer> gone) throws Exception {
        Process process = start(first);
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            int acknowledged = 0;
            Thread killer = null;
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                int person = Integer.parseInt(line.substring(1));
                switch (line.charAt(0)) {
                    case '+' -> present.add(person);
                    case '?' -> present.remove(person);
                    case '-' -> gone.add(person);
                    default -> throw new AssertionError(line);
                }
                acknowledged += line.charAt(0) == '?' ? 0 : 1;
                if (killer == null) {
                    killer = new Thread(() -> {
                        try {
                            TimeUnit.MILLISECONDS.sleep(millis);
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        // By its handle: Process.destroyForcibly would also close the pipe with the last
                        // acknowledgements.
                        process.toHandle().destroyForcibly();
                    });
                    killer.start();
                }
            }
            assertThat(process.waitFor()).as("killed, not ended by itself").isEqualTo(128 + 9);
            if (killer != null) {
                killer.join();
            }
            assertThat(acknowledged).isPositive();
            return acknowledged;
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start(int first) throws IOException {
        return ChildJvm.start(Victim.class, database(), first);
    }

    /** What was under way when the process died may have been stored whole, but not in part. */
    private int reconcile(Map<Label, Set<Embedding>> stored, Set<Integer> present) {
        Set<Label> expected = new HashSet<>();
        present.forEach(i -> expected.add(name(i)));
        int extra = 0;
        for (var person : stored.entrySet()) {
            if (!expected.contains(person.getKey())) {
                int i = Integer.parseInt(person.getKey().text().substring("Person ".length()));
                assertThat(person.getValue()).containsExactlyInAnyOrder(faces(i));
                present.add(i);
                extra++;
            }
        }
        return extra;
    }

    private Map<Label, Set<Embedding>> stored() {
        Map<Label, Set<Embedding>> stored = new HashMap<>();
        for (GalleryDump.Entry entry : dump().entries()) {
            stored.computeIfAbsent(entry.label(), label -> new HashSet<>()).add(entry.embedding());
        }
        return stored;
    }

    private static Label name(int i) {
        return Label.of("Person " + i);
    }

    /** As they come out of the store: scaled to unit length twice. */
    private static Embedding[] faces(int i) {
        Embedding[] faces = new Embedding[FACES_PER_PERSON];
        for (int k = 0; k < faces.length; k++) {
            faces[k] = new Embedding(MODEL, face(i + 500_000_000L * k).vector());
        }
        return faces;
    }

    /** The process that gets killed: enrols people one after the other, deletes every fifth, says what was acknowledged. */
    static final class Victim {
        private Victim() {}

        public static void main(String[] args) {
            PrintStream acknowledgements = standardOutput();
            var vertx = Vertx.vertx();
            var store = await(FaceStore.open(vertx, new StoreConfig(Path.of(args[0]), 0L), MODEL, defaultRules()));
            for (int i = Integer.parseInt(args[1]); true; i++) {
                var templates = List.of(new NewTemplate(face(i), 1), new NewTemplate(face(i + 500_000_000L), 1));
                Outcome<?> enrolment =
                        await(store.people().enrol(new EnrolTemplates(name(i), templates, DUPLICATE, true, patient())));
                acknowledge(acknowledgements, '+', i, enrolment);
                if (i % 5 == 4) {
                    acknowledge(acknowledgements, '?', i - 2, Outcome.done("about to be deleted"));
                    acknowledge(
                            acknowledgements,
                            '-',
                            i - 2,
                            await(store.changes().delete(new DeletePerson(name(i - 2), patient()))));
                }
            }
        }

        private static void acknowledge(PrintStream to, char what, int person, Outcome<?> outcome) {
            if (outcome instanceof Outcome.Done) {
                to.println("" + what + person);
                to.flush();
            }
        }
    }
}

package dev.lintel.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.Direction;
import dev.lintel.access.GalleryDump;
import dev.lintel.access.Recorded;
import dev.lintel.face.Asker;
import dev.lintel.face.Deadline;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.messages.BackupMessages.ExportGallery;
import dev.lintel.messages.BackupMessages.ImportGallery;
import dev.lintel.messages.EventMessages.RecordEvent;
import dev.lintel.messages.EventMessages.VerifyLog;
import dev.lintel.messages.PeopleMessages.DeletePerson;
import dev.lintel.messages.PeopleMessages.EnrolTemplates;
import dev.lintel.messages.PeopleMessages.EnrolTemplates.NewTemplate;
import dev.lintel.testkit.ChildJvm;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@code kill -9} in the middle of everything at once: enrolments, deletions, events, imports and copies for a backup, each with its act; and copies of the
 * files of a process that is stopped in the middle of a write, with torn bytes at the end of the journal, as after a power cut. What
 * was acknowledged is there, and both chains are whole. {@code -Dcrash.rounds=100 -Dcrash.copies=40} for more.
 */
@Tag("slow")
class MixedCrashTest extends StoreTestBase {
    private static final int ROUNDS = Integer.getInteger("crash.rounds", 3);
    private static final int COPIES = Integer.getInteger("crash.copies", 4);
    private static final Asker BOSS = new Asker("boss", "admin", "10.0.0.7");

    private final Set<String> present = new HashSet<>();
    private final Set<String> gone = new HashSet<>();
    private final Set<String> unsure = new HashSet<>();
    private final Map<UUID, Long> events = new HashMap<>();
    private int acknowledged;

    /** Reads what another process acknowledges. */
    private final class Victims {
        private final Process process;
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        private final Thread reader;

        Victims(int round) throws IOException {
            process = ChildJvm.start(Victim.class, database(), round);
            reader = new Thread(() -> {
                try (var out =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                    for (String line = out.readLine(); line != null; line = out.readLine()) {
                        lines.add(line);
                    }
                } catch (IOException e) {
                    // it was killed
                }
            });
            reader.start();
        }

        void first() throws InterruptedException {
            String line = lines.poll(120, TimeUnit.SECONDS);
            assertThat(line).as("the other process works").isNotNull();
            note(line);
        }

        void drain() {
            for (String line = lines.poll(); line != null; line = lines.poll()) {
                note(line);
            }
        }

        void kill() throws InterruptedException {
            process.toHandle().destroyForcibly();
            process.waitFor();
            reader.join();
            drain();
        }
    }

    private void note(String line) {
        acknowledged++;
        String what = line.substring(1);
        switch (line.charAt(0)) {
            case '+' -> present.add(what);
            case '?' -> {
                acknowledged--;
                present.remove(what);
                unsure.add(what);
            }
            case '-' -> {
                unsure.remove(what);
                gone.add(what);
            }
            case 'e' -> events.put(UUID.fromString(what.split(" ")[0]), Long.parseLong(what.split(" ")[1]));
            default -> throw new AssertionError(line);
        }
    }

    private void assertKept(FaceStore opened) {
        Set<String> stored = new HashSet<>();
        done(opened.backup().export(new ExportGallery(patient())))
                .entries()
                .forEach(entry -> stored.add(entry.label().text()));
        assertThat(stored).containsAll(present);
        assertThat(gone).noneMatch(stored::contains);
        var check = done(opened.events().verification().verify(new VerifyLog(patient())));
        assertThat(check.intact()).as(check.toString()).isTrue();
        for (var event : events.entrySet()) {
            Recorded again = done(opened.events().record(event(event.getKey(), patient()), recorded -> {}));
            assertThat(again.fresh()).isFalse();
            assertThat(again.sequence()).isEqualTo(event.getValue());
        }
    }

    @Test
    void shouldKeepEverythingAcknowledgedThroughKill() throws Exception {
        Random random = new Random();
        for (int round = 1; round <= ROUNDS; round++) {
            await(store.close());
            Victims victims = new Victims(round);
            victims.first();
            TimeUnit.MILLISECONDS.sleep(50 + random.nextInt(700));
            victims.kill();
            store = await(open(MODEL));
            assertThat(database().resolveSibling("lintel.db.work")).doesNotExist();
            assertKept(store);
        }
        System.out.printf("%d rounds of kill -9, %d acknowledged, 0 lost, 0 chain faults%n", ROUNDS, acknowledged);
        assertThat(acknowledged).isGreaterThan(ROUNDS);
    }

    @Test
    void shouldKeepEverythingAcknowledgedInTornCopies() throws Exception {
        await(store.close());
        store = null;
        Random random = new Random();
        Victims victims = new Victims(1);
        victims.first();
        Path copies = Files.createDirectories(folder.resolve("copies"));
        try {
            for (int copy = 0; copy < COPIES; copy++) {
                TimeUnit.MILLISECONDS.sleep(20 + random.nextInt(300));
                signal(victims.process, "STOP");
                TimeUnit.MILLISECONDS.sleep(100); // what it has written is in the pipe
                victims.drain();
                Set<String> here = new HashSet<>(present);
                Set<String> notHere = new HashSet<>(gone);
                Map<UUID, Long> recorded = new HashMap<>(events);
                Path torn = Files.createDirectories(copies.resolve(Integer.toString(copy)));
                copy(torn, random);
                signal(victims.process, "CONT");
                assertCopy(torn, here, notHere, recorded);
            }
        } finally {
            victims.kill();
        }
        System.out.printf("%d torn copies, %d acknowledged, 0 lost, 0 chain faults%n", COPIES, acknowledged);
        store = await(open(MODEL));
        assertKept(store);
    }

    private void copy(Path to, Random random) throws IOException {
        try (var files = Files.list(database().getParent())) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (!name.endsWith("-shm") && !name.endsWith(".lock")) {
                    Files.copy(file, to.resolve(name));
                }
            }
        }
        Path journal = to.resolve("lintel.db-wal");
        if (Files.exists(journal)) {
            byte[] torn = new byte[random.nextInt(9000)];
            random.nextBytes(torn);
            Files.write(journal, torn, StandardOpenOption.APPEND);
        }
    }

    private void assertCopy(Path torn, Set<String> here, Set<String> notHere, Map<UUID, Long> recorded) {
        FaceStore opened = await(FaceStore.open(vertx, new StoreConfig(torn.resolve("lintel.db"), 0L), MODEL, rules()));
        try {
            Set<String> stored = new HashSet<>();
            done(opened.backup().export(new ExportGallery(patient())))
                    .entries()
                    .forEach(entry -> stored.add(entry.label().text()));
            assertThat(stored).containsAll(here);
            assertThat(notHere).noneMatch(stored::contains);
            assertThat(done(opened.events().verification().verify(new VerifyLog(patient())))
                            .intact())
                    .isTrue();
            recorded.forEach((id, sequence) -> assertThat(done(opened.events().record(event(id, patient()), r -> {}))
                            .sequence())
                    .isEqualTo(sequence));
        } finally {
            await(opened.close());
        }
    }

    private static void signal(Process process, String name) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static RecordEvent event(UUID id, Deadline deadline) {
        return new RecordEvent(
                Events.granted(id, "Nobody", Events.MORNING.plusSeconds(id.getLeastSignificantBits()), Direction.IN),
                deadline);
    }

    /** The process that gets killed: everything in turn, and what of it was acknowledged. */
    static final class Victim {
        private Victim() {}

        private static Deadline bosses() {
            return Deadline.after(Duration.ofMinutes(5), BOSS);
        }

        public static void main(String[] args) {
            PrintStream out = standardOutput();
            int round = Integer.parseInt(args[1]);
            var vertx = Vertx.vertx();
            var store = await(FaceStore.open(vertx, new StoreConfig(Path.of(args[0]), 0L), MODEL, defaultRules()));
            for (int i = 0; true; i++) {
                long seed = round * 1_000_000L + i;
                String name = "P" + seed;
                say(
                        out,
                        "+" + name,
                        await(store.people()
                                .enrol(new EnrolTemplates(
                                        Label.of(name),
                                        List.of(new NewTemplate(face(seed), 1)),
                                        0.6,
                                        true,
                                        bosses()))));
                UUID id = new UUID(round, i);
                Outcome<Recorded> recorded = await(store.events().record(event(id, bosses()), one -> {}));
                say(out, "e" + id + " " + recorded.fold(Recorded::sequence, refusal -> -1L), recorded);
                if (i % 4 == 3) {
                    String victim = "P" + (seed - 2);
                    out.println("?" + victim);
                    out.flush();
                    say(out, "-" + victim, await(store.changes().delete(new DeletePerson(Label.of(victim), bosses()))));
                }
                if (i % 7 == 6) {
                    // Copied beside all this, checked, and gone again; or left by the kill, for the next start.
                    copied(store, i);
                }
                if (i % 5 == 4) {
                    String imported = "I" + seed;
                    say(
                            out,
                            "+" + imported,
                            await(store.backup()
                                    .load(new ImportGallery(
                                            new GalleryDump(
                                                    List.of(new GalleryDump.Entry(
                                                            Label.of(imported),
                                                            Instant.now(),
                                                            0.9,
                                                            face(seed + 500_000_000L),
                                                            false)),
                                                    List.of()),
                                            bosses()))));
                }
            }
        }

        private static void copied(FaceStore store, int number) {
            try {
                Path to = Files.createDirectories(
                                store.copies().files().database().resolveSibling("lintel.db.work"))
                        .resolve(number + ".db");
                StoreCopy copy = await(store.copies().copy(to));
                if (number == 6) {
                    CopiedStore.check(copy);
                }
                Files.delete(to);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        private static void say(PrintStream out, String what, Outcome<?> outcome) {
            if (outcome instanceof Outcome.Done) {
                out.println(what);
                out.flush();
            }
        }
    }
}

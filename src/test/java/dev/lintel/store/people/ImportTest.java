package dev.lintel.store.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.access.AccessRights;
import dev.lintel.access.GalleryDump;
import dev.lintel.face.Deadline;
import dev.lintel.face.Embedding;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal.Code;
import dev.lintel.messages.AccessMessages.GetAccess;
import dev.lintel.messages.BackupMessages.AbortImport;
import dev.lintel.messages.BackupMessages.ImportGallery;
import dev.lintel.messages.BackupMessages.ImportResult;
import dev.lintel.messages.PeopleMessages.Enrolment;
import dev.lintel.store.FaceStore;
import dev.lintel.store.StoreConfig;
import dev.lintel.store.StoreTestBase;
import dev.lintel.testkit.ChildJvm;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A backup comes back as a whole or not at all, while everything else goes on. */
@Tag("slow")
class ImportTest extends StoreTestBase {
    private static final AccessRights GUEST = new AccessRights(List.of("guests"), null, null, false);

    @Test
    void shouldShowNothingOfAnImportBeforeItIsFinished() {
        enrolled("Anna", face(1));
        write(people(3));

        assertThat(list("", 9).people()).extracting(p -> p.label().text()).containsExactly("Anna");
        assertThat(list("", 9).total()).isEqualTo(1);
        assertThat(refused(get("Person 1"))).isEqualTo(Code.UNKNOWN_PERSON);
        assertThat(dump().entries()).hasSize(1);
        assertThat(health().templates()).isEqualTo(1);
        assertThat(refused(store.access().get(new GetAccess(label("Person 1"), patient()))))
                .isEqualTo(Code.UNKNOWN_PERSON);
    }

    @Test
    void shouldRemoveAtTheNextStartWhatWasCutOff() {
        enrolled("Anna", face(1));
        write(people(250));
        assertThat(number("SELECT count(*) FROM template")).isEqualTo(251);

        reopen();

        assertThat(number("SELECT count(*) FROM template")).isEqualTo(1);
        assertThat(number("SELECT count(*) FROM person")).isEqualTo(1);
        assertThat(number("SELECT count(*) FROM access")).isZero();
        assertThat(number("SELECT count(*) FROM unfinished_import")).isZero();
        assertThat(done(load(people(250))).imported()).isEqualTo(250);
    }

    @Test
    void shouldUndoAnImportThatIsTooLate() {
        Deadline deadline = patient();
        Future<Outcome<ImportResult>> answer = store.backup().load(new ImportGallery(people(5000), deadline));
        deadline.cancel();

        assertThat(refused(answer)).isEqualTo(Code.EXPIRED);
        assertThat(number("SELECT count(*) FROM person")).isZero();
        assertThat(number("SELECT count(*) FROM unfinished_import")).isZero();
        assertThat(store.people().templates()).isZero();
    }

    @Test
    void shouldUndoAnImportThatFailsInTheMiddle() {
        enrolled("Anna", face(1));
        sql(
                "CREATE TRIGGER spoil BEFORE INSERT ON template WHEN NEW.quality = 0.25 BEGIN SELECT RAISE(ABORT, 'spoilt'); END");
        List<GalleryDump.Entry> entries = new ArrayList<>(people(450).entries());
        entries.add(new GalleryDump.Entry(label("Last"), Instant.EPOCH, 0.25, face(999)));

        assertThatThrownBy(() -> await(load(new GalleryDump(entries)))).hasMessageContaining("spoilt");

        assertThat(number("SELECT count(*) FROM person")).isEqualTo(1);
        assertThat(number("SELECT count(*) FROM template")).isEqualTo(1);
        assertThat(number("SELECT count(*) FROM unfinished_import")).isZero();
    }

    /** Decisions, enrolments, renames and deletions get in between two portions. */
    @Test
    void shouldLetOthersWorkMeanwhile() {
        enrolled("Anna", face(1));
        List<String> order = new ArrayList<>();
        Future<Outcome<ImportResult>> imported = load(people(3000)).onComplete(done -> order.add("import"));
        Future<Outcome<Enrolment>> enrolment = enrol("Ben", false, face(2)).onComplete(done -> order.add("enrolment"));
        Future<?> renaming = rename("Anna", "Anne", false).onComplete(done -> order.add("renaming"));
        Future<?> export = Future.succeededFuture(dump());

        await(Future.all(imported, enrolment, renaming, export));

        assertThat(order).endsWith("import");
        assertThat(list("", 9).total()).isEqualTo(3002);
        assertThat(store.people().templates()).isEqualTo(3002);
        assertNearest(face(12_999), "Person 2999");
    }

    @Test
    void shouldGiveALabelThatIsBeingImportedToWhoIsEnrolledMeanwhile() {
        Future<Outcome<ImportResult>> imported = load(people(2000));
        while (number("SELECT count(*) FROM person WHERE label_key = keyed('label', 'Person 3')") == 0
                && !imported.isComplete()) {
            list("", 1);
        }
        Future<Outcome<Enrolment>> enrolment = enrol("Person 3", false, face(1));

        assertThat(done(enrolment).results().get(0).stored()).isTrue();
        assertThat(done(imported).people()).isEqualTo(2000);
        assertThat(done(get("Person 3")).templates()).hasSize(2);
        assertThat(done(store.access().get(new GetAccess(label("Person 3"), patient()))))
                .isEqualTo(GUEST);
        assertNearest(face(1), "Person 3");
        assertNearest(face(10_003), "Person 3");
    }

    @Test
    void shouldAddToPeopleWhoAreEnrolledAlready() {
        enrolled("Person 0", face(1));
        enrolled("Person 1", face(10_001));

        assertThat(done(load(people(2)))).isEqualTo(new ImportResult(1, 1, 2));

        assertThat(done(get("Person 0")).createdAt()).isEqualTo(Instant.EPOCH);
        assertThat(done(get("Person 0")).templates()).hasSize(2);
        assertThat(done(store.access().get(new GetAccess(label("Person 1"), patient()))))
                .isEqualTo(GUEST);
    }

    /** The last part shows all of them, with templates of one person in several parts. */
    @Test
    void shouldShowAnImportInPartsWithItsLastPart() {
        enrolled("Person 0", face(1));
        UUID id = UUID.randomUUID();
        GalleryDump first = new GalleryDump(people(2).entries());
        GalleryDump second = new GalleryDump(
                List.of(
                        new GalleryDump.Entry(label("Person 1"), Instant.EPOCH, 0.5, face(10_001)),
                        new GalleryDump.Entry(label("Person 1"), Instant.EPOCH, 0.5, face(2))),
                people(2).rights());

        assertThat(done(part(id, 0, first, false))).isEqualTo(new ImportResult(2, 0, 0));
        assertThat(list("", 9).total()).isEqualTo(1);
        assertThat(done(part(id, 1, second, true))).isEqualTo(new ImportResult(3, 1, 2));

        assertThat(done(get("Person 1")).templates()).hasSize(2);
        assertThat(done(get("Person 0")).templates()).hasSize(2);
        assertThat(done(store.access().get(new GetAccess(label("Person 1"), patient()))))
                .isEqualTo(GUEST);
        assertThat(done(store.access().get(new GetAccess(label("Person 0"), patient()))))
                .isEqualTo(GUEST);
        assertNearest(face(2), "Person 1");
        assertNearest(face(10_000), "Person 0");
    }

    @Test
    void shouldRemoveWhatWasWrittenOfAnImportThatIsAborted() {
        UUID id = UUID.randomUUID();
        done(part(id, 0, people(250), false));
        assertThat(number("SELECT count(*) FROM template")).isEqualTo(250);

        assertThat(done(store.backup().abort(new AbortImport(id, patient())))).isTrue();

        assertThat(number("SELECT count(*) FROM person")).isZero();
        assertThat(number("SELECT count(*) FROM unfinished_import")).isZero();
        assertThat(refused(part(id, 1, people(1), true))).isEqualTo(Code.INVALID_REQUEST);
        assertThat(done(load(people(2))).imported()).isEqualTo(2);
    }

    @Test
    void shouldRemoveAllPartsIfOneIsRefused() {
        UUID id = UUID.randomUUID();
        done(part(id, 0, people(100), false));
        GalleryDump otherSize = new GalleryDump(List.of(
                new GalleryDump.Entry(label("Last"), Instant.EPOCH, 0.5, new Embedding(MODEL, new float[] {1, 2, 3}))));

        assertThat(refused(part(id, 1, otherSize, true))).isEqualTo(Code.MODEL_MISMATCH);

        assertThat(number("SELECT count(*) FROM person")).isZero();
        assertThat(number("SELECT count(*) FROM unfinished_import")).isZero();
    }

    /** An empty box knows its model too. */
    @Test
    void shouldRefuseVectorsOfAnotherLengthUnderTheModelsOwnName() {
        GalleryDump shorter = new GalleryDump(List.of(
                new GalleryDump.Entry(label("Last"), Instant.EPOCH, 0.5, new Embedding(MODEL, new float[] {1, 2, 3}))));
        done(load(shorter));
        await(store.close());
        int own = face(1).dimension();
        store = await(FaceStore.open(vertx, config(), MODEL, own, rules()));
        assertThat(health().comparable()).as("what came in before").isZero();

        assertThat(said(load(shorter)))
                .startsWith("the vectors have 3 numbers, those of the model in use, " + MODEL + ", have " + own);
        enrolled("Anna", face(1));
        assertThat(said(load(shorter))).startsWith("the vectors have 3 numbers");
    }

    /** Whoever began the first one may have died. */
    @Test
    void shouldLetAnImportInOnceTheOneBeforeIsOverdue() {
        Deadline overdue = patient();
        done(store.backup().load(new ImportGallery(UUID.randomUUID(), 0, people(5), 9, false, overdue)));
        assertThat(refused(load(people(2)))).isEqualTo(Code.INVALID_REQUEST);

        overdue.cancel();

        assertThat(done(load(people(2)))).isEqualTo(new ImportResult(2, 0, 2));
        assertThat(number("SELECT count(*) FROM template")).isEqualTo(2);
    }

    private Future<Outcome<ImportResult>> part(UUID id, int number, GalleryDump dump, boolean last) {
        return store.backup().load(new ImportGallery(id, number, dump, 1000, last, patient()));
    }

    /** {@code kill -9} at some moment of an import: all of it is there afterwards, or nothing. */
    @Test
    void shouldKeepAllOrNothingThroughKill() throws Exception {
        for (int millis : new int[] {0, 60, 250}) {
            await(store.close());
            Process process = ChildJvm.start(Victim.class, database());
            assertThat(process.getInputStream().read()).isEqualTo('!');
            process.waitFor(millis, java.util.concurrent.TimeUnit.MILLISECONDS);
            process.toHandle().destroyForcibly();
            process.waitFor();

            store = await(open(MODEL));

            int templates = number("SELECT count(*) FROM template");
            assertThat(templates).isIn(0, 3000);
            assertThat(number("SELECT count(*) FROM person")).isEqualTo(templates);
            assertThat(store.people().templates()).isEqualTo(templates);
        }
    }

    /** The process that gets killed while it imports; says when it begins. */
    static final class Victim {
        private Victim() {}

        public static void main(String[] args) {
            var store = await(FaceStore.open(
                    io.vertx.core.Vertx.vertx(), new StoreConfig(Path.of(args[0]), 0L), MODEL, defaultRules()));
            GalleryDump dump = people(3000);
            System.out.print('!');
            System.out.flush();
            await(store.backup().load(new ImportGallery(dump, Deadline.after(Duration.ofMinutes(1)))));
        }
    }

    /** Writes the rows of an import and stops there, as a crash would. */
    private void write(GalleryDump dump) {
        int count = dump.entries().size();
        done(transactions()
                .write(
                        patient(),
                        change -> ImportTables.reserve(change.tables(), count)
                                .compose(range -> {
                                    ImportPlan plan = new ImportPlan(range);
                                    return ImportTables.store(
                                                    change.tables(),
                                                    plan.place(
                                                            new ImportBatch(dump).next(count),
                                                            new ImportPlan.Known(Map.of(), Map.of())))
                                            .compose(stored -> AccessStore.loadFresh(
                                                    change.tables(), plan.rights(dump.rights(), List.of())));
                                })
                                .map(Outcome.done(true))));
    }

    /** {@code Person 0} and so on, guests, with the faces 10000 and so on. */
    private static GalleryDump people(int count) {
        return new GalleryDump(
                IntStream.range(0, count)
                        .mapToObj(i ->
                                new GalleryDump.Entry(Label.of("Person " + i), Instant.EPOCH, 0.5, face(10_000 + i)))
                        .toList(),
                IntStream.range(0, count)
                        .mapToObj(i -> new GalleryDump.Rights(Label.of("Person " + i), GUEST))
                        .toList());
    }
}

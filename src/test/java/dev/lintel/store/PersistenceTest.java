package dev.lintel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.access.GalleryDump;
import dev.lintel.face.Candidate;
import dev.lintel.face.Embedding;
import dev.lintel.face.Label;
import dev.lintel.face.Person;
import dev.lintel.face.Refusal.Code;
import dev.lintel.messages.BackupMessages.ImportResult;
import dev.lintel.messages.PeopleMessages.EnrolTemplates;
import dev.lintel.messages.PeopleMessages.MatchPerson;
import dev.lintel.store.sqlite.StoreException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class PersistenceTest extends StoreTestBase {
    @Test
    void shouldAnswerTheSameAfterReopening() {
        for (int i = 0; i < 30; i++) {
            enrolled("Person " + i, face(i), again(face(i), 100 + i));
        }
        done(delete("Person 3"));
        done(rename("Person 4", "Person 5", true));
        List<Candidate> before = nearest(again(face(7), 1), 40);
        Person person = done(get("Person 5"));
        var dump = dump();

        reopen();

        assertThat(nearest(again(face(7), 1), 40)).isEqualTo(before);
        assertThat(done(get("Person 5"))).isEqualTo(person);
        assertThat(dump()).isEqualTo(dump);
    }

    @Test
    void shouldKeepButNotCompareTemplatesOfAFormerModel() {
        enrolled("Anna", face(1));
        await(store.close());

        store = await(open("newer-model"));

        assertThat(nearest(face("newer-model", 1), 3)).isEmpty();
        assertThat(health().templates()).isEqualTo(1);
        assertThat(health().comparable()).isZero();
        assertThat(refused(
                        store.people().matchPerson(new MatchPerson(label("Anna"), face("newer-model", 1), patient()))))
                .isEqualTo(Code.MODEL_MISMATCH);
        assertThat(done(enrol("Anna", false, face("newer-model", 2))).total()).isEqualTo(2);
    }

    @Test
    void shouldBringABackupBackOnce() {
        enrolled("Anna", face(1), face(2));
        enrolled("Ben", face(3));
        GalleryDump dump = dump();
        done(delete("Anna"));
        enrolled("Carl", face(4));

        assertThat(done(load(dump))).isEqualTo(new ImportResult(2, 1, 3));
        assertThat(done(load(dump))).isEqualTo(new ImportResult(0, 3, 3));

        assertNearest(face(2), "Anna");
        assertThat(done(get("Anna")).templates())
                .extracting(Person.Template::createdAt)
                .containsExactlyElementsOf(dump.entries().stream()
                        .limit(2)
                        .map(GalleryDump.Entry::createdAt)
                        .toList());
    }

    @Test
    void shouldKeepAForeignModelsTemplatesOnlyBesideOwnOnes() {
        var own = new GalleryDump.Entry(label("Anna"), Instant.EPOCH, 0.5, face(1));
        var foreign = new GalleryDump.Entry(label("Ben"), Instant.EPOCH, 0.5, face("other", 2));

        assertThat(refused(load(new GalleryDump(List.of(foreign))))).isEqualTo(Code.MODEL_MISMATCH);
        assertThat(done(load(new GalleryDump(List.of(own, foreign))))).isEqualTo(new ImportResult(2, 0, 2));
        assertThat(done(load(new GalleryDump(List.of())))).isEqualTo(new ImportResult(0, 0, 2));
        assertThat(store.people().templates()).isEqualTo(1);
        assertThat(dump().entries()).contains(foreign);
    }

    @Test
    void shouldImportAllOrNothing() {
        var good = new GalleryDump.Entry(label("Anna"), Instant.EPOCH, 0.5, face(1));
        var misfit =
                new GalleryDump.Entry(label("Ben"), Instant.EPOCH, 0.5, new Embedding(MODEL, new float[] {1, 2, 3}));

        assertThat(refused(load(new GalleryDump(List.of(good, misfit))))).isEqualTo(Code.MODEL_MISMATCH);

        assertThat(store.people().templates()).isZero();
        assertThat(health().people()).isZero();
    }

    @Test
    void shouldImportTenThousandTemplatesAndSearchThemOnAWorker() {
        List<GalleryDump.Entry> entries = java.util.stream.IntStream.range(0, 10_001)
                .mapToObj(i -> new GalleryDump.Entry(Label.of("Person " + i / 4), Instant.EPOCH, 1, face(i)))
                .toList();

        assertThat(done(load(new GalleryDump(entries)))).isEqualTo(new ImportResult(10_001, 0, 2501));
        reopen();

        assertThat(store.people().templates()).isEqualTo(10_001);
        assertThat(await(store.people().compute(io.vertx.core.Context::isOnWorkerThread)))
                .isTrue();
        assertNearest(face(9999), "Person 2499");
    }

    @Test
    void shouldLetOnlyTheOwnerReadTheFiles() throws Exception {
        enrolled("Anna", face(1));

        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(database().getParent())))
                .isEqualTo("rwx------");
        try (var files = Files.list(database().getParent())) {
            assertThat(files)
                    .hasSizeGreaterThanOrEqualTo(2)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void shouldRefuseADatabaseThatIsInUse() {
        assertThatThrownBy(() -> await(open(MODEL)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("in use by another Lintel");
        enrolled("Anna", face(1));
    }

    @Test
    void shouldTakeAFolderOfAnyName() {
        var odd =
                new StoreConfig(folder.resolve("Türe 1 #50% ?x=1&cache=shared'").resolve("fäces 1.db"), 0L);
        var other = await(FaceStore.open(vertx, odd, MODEL, defaultRules()));
        done(other.people()
                .enrol(new EnrolTemplates(
                        label("Anna"),
                        List.of(new EnrolTemplates.NewTemplate(face(1), 1)),
                        DUPLICATE,
                        false,
                        patient())));
        await(other.close());

        other = await(FaceStore.open(vertx, odd, MODEL, defaultRules()));
        assertThat(other.people().templates()).isEqualTo(1);
        assertThat(odd.database()).exists();
        await(other.close());
    }

    @Test
    void shouldSayWhenTheFolderCannotBeMade() throws Exception {
        Files.writeString(folder.resolve("file"), "");
        var config = new StoreConfig(folder.resolve("file").resolve("lintel.db"), 0L);

        assertThatThrownBy(() -> await(FaceStore.open(vertx, config, MODEL, defaultRules())))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("check the folder");
    }
}

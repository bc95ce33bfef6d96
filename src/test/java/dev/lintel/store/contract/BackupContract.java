package dev.lintel.store.contract;

import static dev.lintel.store.contract.StoreContract.label;
import static dev.lintel.store.contract.StoreContract.patient;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.AccessRights;
import dev.lintel.access.GalleryDump;
import dev.lintel.face.Embedding;
import dev.lintel.face.Refusal.Code;
import dev.lintel.messages.AccessMessages;
import dev.lintel.messages.AccessMessages.GetAccess;
import dev.lintel.messages.AccessMessages.SetAccess;
import dev.lintel.messages.BackupMessages;
import dev.lintel.messages.BackupMessages.AbortImport;
import dev.lintel.messages.BackupMessages.ExportGallery;
import dev.lintel.messages.BackupMessages.ImportGallery;
import dev.lintel.messages.BackupMessages.ImportResult;
import dev.lintel.messages.PeopleMessages;
import dev.lintel.messages.PeopleMessages.DeletePerson;
import dev.lintel.messages.PeopleMessages.GetPerson;
import dev.lintel.testkit.FakeFaces;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** All templates out and back. */
public interface BackupContract extends StoreContract {

    private GalleryDump export() {
        return done(BackupMessages.EXPORT, new ExportGallery(patient()));
    }

    private ImportResult load(GalleryDump dump) {
        return done(BackupMessages.IMPORT, new ImportGallery(dump, patient()));
    }

    @Test
    default void shouldBringBackWhatWasExported() {
        enrol("Ben", "ben1");
        enrol("Anna", "anna1", "anna2");
        AccessRights staff = new AccessRights(List.of("staff"), null, null, false);
        done(AccessMessages.SET, new SetAccess(label("Anna"), staff, null, patient()));
        GalleryDump dump = export();
        assertThat(dump.entries())
                .extracting(GalleryDump.Entry::label)
                .containsExactly(label("Anna"), label("Anna"), label("Ben"));
        assertThat(dump.rights()).containsExactly(new GalleryDump.Rights(label("Anna"), staff));
        done(PeopleMessages.DELETE, new DeletePerson(label("Anna"), patient()));

        assertThat(load(dump)).isEqualTo(new ImportResult(2, 1, 2));

        assertThat(done(PeopleMessages.GET, new GetPerson(label("Anna"), patient()))
                        .templates())
                .hasSize(2);
        assertThat(done(AccessMessages.GET, new GetAccess(label("Anna"), patient())))
                .isEqualTo(staff);
        assertThat(load(dump)).isEqualTo(new ImportResult(0, 3, 2));
    }

    @Test
    default void shouldTakeABackupInPartsAndShowItWithTheLast() {
        UUID id = UUID.randomUUID();
        enrol("Ben", "ben1");
        GalleryDump dump = export();
        done(PeopleMessages.DELETE, new DeletePerson(label("Ben"), patient()));

        done(BackupMessages.IMPORT, new ImportGallery(id, 0, dump, 9, false, patient()));
        assertThat(export().entries()).isEmpty();
        assertRefused(
                Code.INVALID_REQUEST,
                BackupMessages.IMPORT,
                new ImportGallery(UUID.randomUUID(), 0, dump, 9, true, patient()));
        assertThat(done(
                        BackupMessages.IMPORT,
                        new ImportGallery(id, 1, new GalleryDump(List.of()), 9, true, patient())))
                .isEqualTo(new ImportResult(1, 0, 1));

        assertThat(export().entries()).hasSize(1);
    }

    @Test
    default void shouldKeepNothingOfABackupWhoseRestDoesNotCome() {
        UUID id = UUID.randomUUID();
        enrol("Ben", "ben1");
        GalleryDump dump = export();
        done(PeopleMessages.DELETE, new DeletePerson(label("Ben"), patient()));
        done(BackupMessages.IMPORT, new ImportGallery(id, 0, dump, 9, false, patient()));

        assertThat(done(BackupMessages.ABORT_IMPORT, new AbortImport(id, patient())))
                .isTrue();
        assertThat(done(BackupMessages.ABORT_IMPORT, new AbortImport(id, patient())))
                .isFalse();

        assertThat(export().entries()).isEmpty();
        assertRefused(Code.INVALID_REQUEST, BackupMessages.IMPORT, new ImportGallery(id, 1, dump, 9, true, patient()));
        assertThat(load(dump)).isEqualTo(new ImportResult(1, 0, 1));
    }

    @Test
    default void shouldLeaveRightsAloneThatAreSetAlready() {
        enrol("Anna", "anna1");
        AccessRights guests = new AccessRights(List.of("guests"), null, null, false);
        done(AccessMessages.SET, new SetAccess(label("Anna"), guests, null, patient()));
        GalleryDump dump = new GalleryDump(
                export().entries(),
                List.of(new GalleryDump.Rights(label("Anna"), new AccessRights(List.of("staff"), null, null, false))));

        load(dump);

        assertThat(done(AccessMessages.GET, new GetAccess(label("Anna"), patient())))
                .isEqualTo(guests);
    }

    @Test
    default void shouldRefuseABackupWithoutAFaceOfTheModelInUse() {
        Embedding other = new Embedding("other", FakeFaces.embeddingOf("anna1").vector());
        GalleryDump dump = new GalleryDump(List.of(new GalleryDump.Entry(label("Anna"), Instant.EPOCH, 1, other)));

        assertRefused(Code.MODEL_MISMATCH, BackupMessages.IMPORT, new ImportGallery(dump, patient()));
        assertThat(load(new GalleryDump(List.of()))).isEqualTo(new ImportResult(0, 0, 0));
    }
}

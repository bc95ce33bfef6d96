package dev.lintel.store.people;

import dev.lintel.access.GalleryDump;
import dev.lintel.face.Outcome;
import dev.lintel.messages.BackupMessages.AbortImport;
import dev.lintel.messages.BackupMessages.ExportGallery;
import dev.lintel.messages.BackupMessages.ImportGallery;
import dev.lintel.messages.BackupMessages.ImportResult;
import dev.lintel.store.sqlite.Transactions;
import io.vertx.core.Future;

/** All templates out of the store and back. Thread-safe. */
public final class Backup {
    private final Transactions transactions;
    private final Imports imports;

    public Backup(Transactions transactions, Imports imports) {
        this.transactions = transactions;
        this.imports = imports;
    }

    /** One state of the database, read beside all changes. */
    public Future<Outcome<GalleryDump>> export(ExportGallery question) {
        return transactions.readInBulk(
                question.deadline(),
                tables -> new PeopleTables(tables)
                        .dump()
                        .compose(faces -> AccessStore.dump(tables)
                                .compose(rights -> DetailTables.dump(tables)
                                        .map(people ->
                                                Outcome.done(new GalleryDump(faces.entries(), rights, people))))));
    }

    /**
     * All or nothing, also if the box dies meanwhile. Templates of other models come back too, but an import without any of
     * the model in use is refused: it would seem to have worked, and nobody would be recognised.
     */
    public Future<Outcome<ImportResult>> load(ImportGallery part) {
        return imports.load(part);
    }

    /** Answers whether there was such an import. */
    public Future<Outcome<Boolean>> abort(AbortImport question) {
        return imports.abort(question.id());
    }
}

package dev.lintel.gateway;

import dev.lintel.bus.Bus;
import dev.lintel.face.Deadline;
import dev.lintel.messages.BackupMessages;
import dev.lintel.messages.BackupMessages.AbortImport;
import dev.lintel.messages.BackupMessages.ImportGallery;
import dev.lintel.messages.BackupMessages.ImportResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.UUID;

/** Brings one uploaded backup to the store, part by part: reads the next once the one before is stored. Used once. */
final class BackupUpload {
    private static final Duration TO_ABORT = Duration.ofMinutes(2);

    private final Vertx vertx;
    private final Bus bus;
    private final GalleryReader reader;
    private final Deadline deadline;
    private final UUID id = UUID.randomUUID();
    private final Promise<ImportResult> finished = Promise.promise();
    private int number;

    /** @param deadline until when all of it must be stored */
    BackupUpload(Vertx vertx, Bus bus, GalleryReader reader, Deadline deadline) {
        this.vertx = vertx;
        this.bus = bus;
        this.reader = reader;
        this.deadline = deadline;
    }

    /** Fails if anything is wrong with it; then nothing of it is stored. */
    Future<ImportResult> store() {
        next();
        return finished.future();
    }

    private void next() {
        vertx.executeBlocking(reader::next, false)
                .onSuccess(this::store)
                .onFailure(wrong -> bus.ask(BackupMessages.ABORT_IMPORT, new AbortImport(id, Deadline.after(TO_ABORT)))
                        .onComplete(aborted -> finished.fail(wrong)));
    }

    private void store(GalleryReader.Part part) {
        bus.ask(
                        BackupMessages.IMPORT,
                        new ImportGallery(id, number++, part.dump(), reader.most(), part.last(), deadline))
                .compose(Call::valueOf)
                .onFailure(finished::fail)
                .onSuccess(stored -> {
                    if (part.last()) {
                        finished.complete(stored);
                    } else {
                        next();
                    }
                });
    }
}

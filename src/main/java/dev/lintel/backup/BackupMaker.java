package dev.lintel.backup;

import dev.lintel.store.CopiedStore;
import dev.lintel.store.CopyMaker;
import dev.lintel.store.StoreCopy;
import dev.lintel.store.sqlite.Passphrases;
import dev.lintel.store.sqlite.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;

/**
 * Makes a backup while the box works, then opens it again and looks at everything in it; only then it has its name. What is made on the
 * way is in a folder beside the database that is closed to others, and gone afterwards. Blocks; used by one thread at a time.
 */
final class BackupMaker {
    private final CopyMaker copies;
    private final BackedUpBox box;
    private final InstantSource clock;

    BackupMaker(BackedUpBox box, InstantSource clock) {
        this.copies = box.copies();
        this.box = box;
        this.clock = clock;
    }

    record Made(BackupFolder.Kept backup, CopiedStore.Contents contents) {}

    /**
     * @param passphrase is overwritten
     * @throws BackupException if it cannot be made or is not whole; nothing of it is left then
     */
    Made make(BackupFolder folder, char[] passphrase) {
        Path begun = null;
        try {
            requireRoom(folder);
            byte[] salt = BackupKey.salt();
            BackupKey key = BackupKey.chosen(passphrase.clone(), salt);
            Path work = copies.files().newWork();
            StoreCopy copy = copied(work.resolve("copy.db"));
            int[] seen = CopiedStore.glance(copy.database());
            Instant at = clock.instant().truncatedTo(ChronoUnit.SECONDS);
            BackupHeader header = new BackupHeader(
                    box.version(),
                    box.place(),
                    at,
                    copy.logFingerprint(),
                    seen[0],
                    HexFormat.of().formatHex(salt),
                    Passphrases.ROUNDS,
                    key.check());
            begun = folder.begin(BackupFolder.name(at, copy.logFingerprint()));
            BackupFile.write(begun, header, key, copy, box.files().present(), seen[1]);
            Files.delete(copy.database());
            CopiedStore.Contents contents = checked(begun, passphrase.clone(), work, seen[1]);
            Path done = folder.finish(begun);
            begun = null;
            return new Made(new BackupFolder.Kept(done, Files.size(done), header), contents);
        } catch (IOException e) {
            throw new BackupException("the backup could not be written: " + e, e);
        } catch (StoreException e) {
            throw new BackupException("the backup was not made: " + e.getMessage(), e);
        } finally {
            Arrays.fill(passphrase, '0');
            clean(begun);
        }
    }

    private void requireRoom(BackupFolder folder) throws IOException {
        long bytes = copies.bytes();
        long leastFree = box.store().minFreeBytes();
        folder.require(bytes, folder.sameDisk() ? bytes + leastFree : 0);
        if (copies.files().freeBytes() < bytes + leastFree) {
            throw new BackupException(
                    "the disk of the database has " + (copies.files().freeBytes() >> 20)
                            + " MiB free, and a copy needs " + (bytes + leastFree >> 20) + ": free some space");
        }
    }

    private StoreCopy copied(Path to) {
        try {
            return copies.copy(to).toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException own
                    ? own
                    : new BackupException("the database could not be copied: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BackupException("the box was stopped meanwhile", e);
        }
    }

    private CopiedStore.Contents checked(Path begun, char[] passphrase, Path work, int people) throws IOException {
        Path scratch = copies.files().newFile(work.resolve("check.db"));
        CopiedStore.Contents contents =
                CopiedStore.check(BackupFile.read(begun, passphrase, scratch).copy());
        if (contents.people() != people) {
            throw new BackupException("the backup holds " + contents.people() + " people instead of " + people
                    + " and was thrown away: try again");
        }
        return contents;
    }

    private void clean(Path begun) {
        try {
            if (begun != null) {
                Files.deleteIfExists(begun);
            }
            copies.files().forgetWork();
        } catch (IOException e) {
            throw new BackupException("what was made on the way could not be deleted: " + e, e);
        }
    }
}

package dev.lintel.backup;

import dev.lintel.attendance.AttendanceConfig;
import dev.lintel.face.Act;
import dev.lintel.store.CopiedStore;
import dev.lintel.store.StoreConfig;
import dev.lintel.store.StoreCopy;
import dev.lintel.store.sqlite.StoreException;
import dev.lintel.store.sqlite.StoreFiles;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Puts a backup back, on a box that stands still: looked at as a whole before anything is touched, then all of it or nothing, also if the
 * power fails in the middle. What was there stays in a folder beside the database until somebody says that all is well. Blocks.
 */
public final class Restore {
    private static final String ASIDE = "before-restore-";

    private final Function<Optional<String>, Target> boxes;
    private final InstantSource clock;
    private final Runnable step;

    /**
     * A box as a configuration has it.
     *
     * @param store where its database is, and where its key comes from
     * @param rules of its log
     */
    public record Target(BoxFiles files, StoreConfig store, AttendanceConfig rules) {}

    /**
     * @param boxes what the box is with the text of a configuration; without one, with the one that is there
     */
    public Restore(Function<Optional<String>, Target> boxes, InstantSource clock) {
        this(boxes, clock, () -> {});
    }

    /** @param step see {@link FileSwap#go(Runnable)} */
    Restore(Function<Optional<String>, Target> boxes, InstantSource clock, Runnable step) {
        this.boxes = boxes;
        this.clock = clock;
        this.step = step;
    }

    /**
     * What is in a backup, and what putting it back does.
     *
     * @param replaced files that are written or go
     * @param homeless names of parts that have no place on this machine and are left out
     * @param aside where that is which was there; null if nothing was done
     */
    public record Result(
            BackupHeader header,
            CopiedStore.Contents contents,
            List<Path> replaced,
            List<String> homeless,
            Path aside) {}

    /** Looks at it and changes nothing; a box may run meanwhile. @param passphrase is overwritten */
    public Result look(Path backup, char[] passphrase, boolean keepConfiguration) {
        return work(backup, passphrase, keepConfiguration, false);
    }

    /** Puts it back. @param passphrase is overwritten */
    public Result putBack(Path backup, char[] passphrase, boolean keepConfiguration) {
        return work(backup, passphrase, keepConfiguration, true);
    }

    private Result work(Path backup, char[] passphrase, boolean keepConfiguration, boolean doIt) {
        Target now = boxes.apply(Optional.empty());
        StoreFiles files = new StoreFiles(now.store().database());
        try {
            BackupHeader header = known(backup);
            FileLock lock = doIt ? locked(files) : null;
            try {
                Path work = files.newRestoreWork();
                BackupContent content = BackupFile.read(backup, passphrase, files.newFile(work.resolve("restored.db")));
                CopiedStore.Contents contents = CopiedStore.check(content.copy());
                if (contents.people() != content.people()) {
                    throw new BackupException("the backup does not hold what it says: take another one");
                }
                Target target = keepConfiguration ? now : configured(content, now);
                FileLock there = doIt ? lockedToo(target, files) : null;
                try {
                    return swapped(backup, header, content, contents, target, keepConfiguration, doIt);
                } finally {
                    if (there != null) {
                        there.acquiredBy().close();
                    }
                }
            } finally {
                files.forgetRestoreWork();
                if (lock != null) {
                    lock.acquiredBy().close();
                }
            }
        } catch (StoreException e) {
            throw new BackupException(e.getMessage(), e);
        } catch (IOException e) {
            boolean full = String.valueOf(e.getMessage()).contains("No space left");
            throw new BackupException(
                    full
                            ? "there is not enough room beside " + now.store().database()
                                    + ": the database is held there twice for a while. Make room and try again"
                            : "the backup cannot be read or put back: " + e,
                    e);
        }
    }

    /** The configuration in the backup may name another database, which a box may be using. @return null: it is the one held */
    private static FileLock lockedToo(Target target, StoreFiles held) throws IOException {
        StoreFiles files = new StoreFiles(target.store().database());
        return files.database().equals(held.database()) ? null : locked(files);
    }

    private static FileLock locked(StoreFiles files) throws IOException {
        FileLock lock = files.lock();
        StoreFiles.own(files.lockFile());
        return lock;
    }

    private static BackupHeader known(Path backup) throws IOException {
        if (!Files.isRegularFile(backup)) {
            throw new BackupException("there is no file " + backup);
        }
        BackupHeader header = BackupFile.header(backup);
        if (header.schema() > CopiedStore.schema()) {
            throw new BackupException("the backup was made by a newer Lintel, " + header.lintel() + " (its schema is "
                    + header.schema() + ", this one knows " + CopiedStore.schema() + "): install that version first");
        }
        return header;
    }

    private Target configured(BackupContent content, Target now) {
        byte[] text = content.files().get(BoxFiles.CONFIGURATION);
        if (text == null) {
            return now;
        }
        try {
            return boxes.apply(Optional.of(new String(text, StandardCharsets.UTF_8)));
        } catch (RuntimeException e) {
            throw new BackupException(
                    "the configuration in the backup does not work on this machine; --keep-configuration leaves the one"
                            + " that is here: " + e.getMessage(),
                    e);
        }
    }

    private Result swapped(
            Path backup,
            BackupHeader header,
            BackupContent content,
            CopiedStore.Contents contents,
            Target target,
            boolean keepConfiguration,
            boolean doIt)
            throws IOException {
        StoreFiles files = new StoreFiles(target.store().database());
        Map<Path, byte[]> small = new LinkedHashMap<>();
        List<String> homeless = new ArrayList<>();
        List<Path> gone = new ArrayList<>(formerly(files, target, keepConfiguration));
        // The configuration last: until it is there, the former box is the one that would start.
        content.files().entrySet().stream()
                .sorted(Comparator.comparing(each -> each.getKey().equals(BoxFiles.CONFIGURATION)))
                .filter(each -> !keepConfiguration || !BoxFiles.ofTheConfiguration(each.getKey()))
                .forEach(each -> target.files()
                        .place(each.getKey())
                        .ifPresentOrElse(
                                place -> small.put(place, each.getValue()), () -> homeless.add(each.getKey())));
        if (!doIt) {
            List<Path> replaced = new ArrayList<>(List.of(files.database()));
            Stream.concat(gone.stream(), small.keySet().stream())
                    .filter(path -> !replaced.contains(path))
                    .forEach(replaced::add);
            return new Result(header, contents, replaced, homeless, null);
        }
        Act act = Act.of("backup-restored").with("backup", backup.getFileName()).with("made", header.at());
        Optional<byte[]> vaultKey = CopiedStore.settle(content.copy(), target.store(), target.rules(), act);
        FileSwap swap = swap(files);
        try {
            for (Path each : gone) {
                swap.remove(each);
            }
            StoreCopy copy = content.copy();
            swap.put(files.database(), copy.database());
            swap.put(files.key(), copy.logKey());
            swap.put(files.pinKey(), copy.pinKey());
            if (vaultKey.isPresent()) {
                swap.put(target.store().keyPlace(), vaultKey.get());
            }
            for (var each : small.entrySet()) {
                swap.put(each.getKey(), each.getValue());
            }
            swap.go(step);
        } catch (IOException | RuntimeException e) {
            if (Files.notExists(files.restoring())) {
                swap.giveUp();
            }
            throw e;
        }
        return new Result(header, contents, swap.targets(), homeless, swap.aside());
    }

    private FileSwap swap(StoreFiles files) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return new FileSwap(
                files.restoring(),
                files.database().resolveSibling(ASIDE + now.toString().replaceAll("[^0-9TZ]", "")));
    }

    /** What of the box is there now and belongs to what is replaced. */
    private static List<Path> formerly(StoreFiles files, Target target, boolean keepConfiguration) throws IOException {
        List<Path> all = beside(files);
        Path key = target.store().keyPlace();
        if (Files.exists(key) && !all.contains(key)) {
            all.add(key);
        }
        target.files().present().forEach((part, file) -> {
            if (!keepConfiguration && part.startsWith("settings/") || part.startsWith("tls/")) {
                all.add(file);
            }
        });
        return all;
    }

    /** Everything of the database that lies beside it, without what somebody is at work on. */
    private static List<Path> beside(StoreFiles files) throws IOException {
        Path folder = files.database().getParent();
        return Files.isDirectory(folder)
                ? new ArrayList<>(files.everything().stream()
                        .filter(file -> file.getParent().equals(folder))
                        .toList())
                : new ArrayList<>();
    }

    /** Ends what a crash interrupted. @return whether there was anything to be ended */
    public static boolean finish(Path database) {
        StoreFiles files = new StoreFiles(database);
        if (Files.notExists(files.restoring())) {
            return false;
        }
        try {
            FileLock lock = locked(files);
            try {
                if (Files.exists(files.restoring())) {
                    FileSwap.finish(files.restoring());
                }
            } finally {
                lock.acquiredBy().close();
            }
            return true;
        } catch (IOException e) {
            throw new StoreException(
                    "a backup was being put back, that was interrupted, and cannot be finished: look at "
                            + files.restoring() + ", and use the user that began it. " + e,
                    e);
        }
    }

    /** Puts that back which was there before the last restore. @return where that is which was there until now */
    public Path undo() {
        StoreFiles files = new StoreFiles(boxes.apply(Optional.empty()).store().database());
        try {
            Path last = asides(files.database()).stream()
                    .findFirst()
                    .orElseThrow(() -> new BackupException(
                            "there is nothing to go back to: no folder " + ASIDE + "... beside " + files.database()));
            FileLock lock = locked(files);
            try {
                FileSwap swap = swap(files);
                for (Path file : beside(files)) {
                    swap.remove(file);
                }
                for (FileSwap.Former former : FileSwap.formers(last)) {
                    if (former.file().isPresent()) {
                        swap.put(former.target(), former.file().get());
                    } else {
                        swap.remove(former.target());
                    }
                }
                swap.go();
                // Its files may be the very ones that are in their places again: only the names go.
                delete(last, Files::delete);
                return swap.aside();
            } finally {
                lock.acquiredBy().close();
            }
        } catch (IOException e) {
            throw new BackupException("what was there before cannot be put back: " + e, e);
        }
    }

    /** All is well: what was there before is destroyed. @return the folders that went */
    public List<Path> confirm() {
        StoreFiles files = new StoreFiles(boxes.apply(Optional.empty()).store().database());
        try {
            List<Path> gone = asides(files.database());
            for (Path aside : gone) {
                delete(aside, files::destroy);
            }
            return gone;
        } catch (IOException e) {
            throw new BackupException("what was there before cannot be deleted: " + e, e);
        }
    }

    /** The folders of what was there before a restore, the newest first. */
    public static List<Path> asides(Path database) throws IOException {
        Path folder = database.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> path.getFileName().toString().startsWith(ASIDE) && Files.isDirectory(path))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }

    private interface Step {
        void on(Path file) throws IOException;
    }

    private static void delete(Path aside, Step step) throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.list(aside)) {
            all = found.toList();
        }
        for (Path each : all) {
            step.on(each);
        }
        Files.delete(aside);
    }
}

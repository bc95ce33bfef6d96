package dev.lintel.backup;

import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.messages.BoxBackupMessages.BackupPlace;
import dev.lintel.messages.BoxBackupMessages.Backups;
import dev.lintel.messages.BoxBackupMessages.FindBackup;
import dev.lintel.messages.BoxBackupMessages.KeepPassphrase;
import dev.lintel.messages.BoxBackupMessages.KeptBackup;
import dev.lintel.messages.BoxBackupMessages.ListBackups;
import dev.lintel.messages.BoxBackupMessages.MakeBackup;
import dev.lintel.messages.BoxBackupMessages.NewBackup;
import dev.lintel.messages.BoxBackupMessages.RemoveBackup;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.store.StoreConfig;
import dev.lintel.store.StoreKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.Normalizer;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Backups from the question to the file: made now or each day, listed, given out, removed. Blocks; thread-safe. */
public final class BackupDesk {
    private static final String NO_PASSPHRASE =
            "the box has no passphrase for it: set one under Backup, or name a file (backup.passphrase-file)";

    private static final Logger LOG = LoggerFactory.getLogger(BackupDesk.class);

    private final BackupConfig config;
    private final StoreConfig store;
    private final BoxFiles files;
    private final BackupFolder folder;
    private final BackupMaker maker;
    private final Optional<NightlyPlan> plan;
    private final ApplianceMetrics metrics;
    private final InstantSource clock;
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile BackupStatus status = BackupStatus.UNKNOWN;
    private volatile String fault = "";
    private volatile Instant faultAt;
    private volatile Instant tried;

    public BackupDesk(BackedUpBox box, ApplianceMetrics metrics, InstantSource clock) {
        this.config = box.config();
        this.store = box.store();
        this.files = box.files();
        this.folder = new BackupFolder(config, store.database());
        this.maker = new BackupMaker(box, clock);
        this.plan = config.time().map(at -> new NightlyPlan(at, box.zone()));
        this.metrics = metrics;
        this.clock = clock;
        metrics.backups(
                () -> status.newest() == null ? 0 : status.newest().getEpochSecond(),
                () -> status.bytes(),
                () -> status.trouble() ? 1 : 0);
    }

    /** As it was when somebody looked last: reads no disk. */
    public BackupStatus status() {
        return status;
    }

    Outcome<Backups> list(ListBackups question) throws IOException {
        String own = fingerprint();
        return Outcome.done(new Backups(
                folder.path().toString(),
                config.at().orElse(""),
                config.keep(),
                hasPassphrase(),
                folder.sameDisk(),
                running.get(),
                fault,
                faultAt,
                files.leftOut(),
                folder.list().stream().map(each -> kept(each, own)).toList()));
    }

    /** Keeps a passphrase beside the database, where only the box can read it. */
    Outcome<Backups> keep(KeepPassphrase question) throws IOException {
        if (config.passphraseFile().isPresent()) {
            return Outcome.refused(
                    Refusal.Code.INVALID_REQUEST,
                    "passphrase: the configuration names a file that holds it (backup.passphrase-file): change it there");
        }
        Optional<String> wrong = fault(question.passphrase());
        if (wrong.isPresent()) {
            return Outcome.refused(Refusal.Code.INVALID_REQUEST, wrong.get());
        }
        Path file = config.passphraseFile(store.database());
        Path made = Files.createTempFile(
                file.getParent(),
                "." + file.getFileName(),
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(made, question.passphrase(), StandardOpenOption.SYNC);
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(made);
        }
        return list(new ListBackups(question.deadline()));
    }

    private boolean hasPassphrase() {
        return config.passphraseFile().isPresent() || Files.exists(config.passphraseFile(store.database()));
    }

    /** What is wrong with a new passphrase. */
    private static Optional<String> fault(String passphrase) {
        if (Normalizer.normalize(passphrase, Normalizer.Form.NFC).length() < BackupKey.SHORTEST) {
            return Optional.of(
                    "passphrase: must have " + BackupKey.SHORTEST + " characters or more: choose a longer one");
        }
        if (passphrase.codePoints().anyMatch(BackupDesk::cannotBeTyped)) {
            return Optional.of(
                    "passphrase: must not hold a line break, a tab or another character that nobody sees, since it could not be typed again");
        }
        // From a file it is read without them, and would open nothing.
        return passphrase.equals(passphrase.strip())
                ? Optional.empty()
                : Optional.of("passphrase: must not begin or end with a blank or a line break");
    }

    private static boolean cannotBeTyped(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }

    Outcome<NewBackup> make(MakeBackup question) throws IOException {
        if (question.passphrase().isEmpty() && !hasPassphrase()) {
            return Outcome.refused(
                    Refusal.Code.INVALID_REQUEST,
                    "passphrase: is missing, and the box has none: give it one (PUT /backups/passphrase, or"
                            + " backup.passphrase-file)");
        }
        Optional<String> wrong = question.passphrase().isEmpty() ? Optional.empty() : fault(question.passphrase());
        if (wrong.isPresent()) {
            return Outcome.refused(Refusal.Code.INVALID_REQUEST, wrong.get());
        }
        if (!running.compareAndSet(false, true)) {
            return Outcome.refused(
                    Refusal.Code.BACKUP_RUNNING, "a backup is being made already: look again in a minute");
        }
        try {
            return Outcome.done(made(question.passphrase()));
        } catch (BackupException e) {
            return Outcome.refused(Refusal.Code.BACKUP_FAILED, e.getMessage());
        } finally {
            running.set(false);
            look();
        }
    }

    private NewBackup made(String passphrase) throws IOException {
        tried = clock.instant();
        long start = System.nanoTime();
        try {
            BackupMaker.Made made = maker.make(
                    folder,
                    passphrase.isEmpty()
                            ? BackupKey.passphrase(config.passphraseFile(store.database()))
                            : passphrase.toCharArray());
            String own = made.backup().header().logKey();
            int removed = folder.prune(own, config.keep());
            LOG.info(
                    "a backup was made and checked in {} ms: {}, {} bytes; {} older ones were removed",
                    (System.nanoTime() - start) / 1_000_000,
                    made.backup().name(),
                    made.backup().bytes(),
                    removed);
            fault = "";
            faultAt = null;
            return new NewBackup(
                    kept(made.backup(), own),
                    made.contents().people(),
                    made.contents().templates(),
                    made.contents().accounts(),
                    made.contents().entries(),
                    removed);
        } catch (IOException | RuntimeException e) {
            LOG.warn("no backup was made: {}", e.getMessage(), e instanceof BackupException ? null : e);
            metrics.backupFailed();
            fault = e instanceof BackupException ? e.getMessage() : "something broke: the log of the program says what";
            faultAt = clock.instant().truncatedTo(ChronoUnit.SECONDS);
            throw e;
        }
    }

    Outcome<BackupPlace> find(FindBackup question) {
        return folder.find(question.name())
                .map(file -> Outcome.done(new BackupPlace(file.toString())))
                .orElseGet(BackupDesk::unknown);
    }

    Outcome<KeptBackup> remove(RemoveBackup question) throws IOException {
        Optional<Path> file = folder.find(question.name());
        Optional<BackupFolder.Kept> kept = folder.list().stream()
                .filter(each -> each.name().equals(question.name()))
                .findFirst();
        if (file.isEmpty() || kept.isEmpty()) {
            return unknown();
        }
        Files.delete(file.get());
        look();
        return Outcome.done(kept(kept.get(), fingerprint()));
    }

    /** Makes one if it is time. @param believed whether the machine's clock is. @return how it is then */
    BackupStatus tick(boolean believed) {
        try {
            look();
            if (believed && plan.isPresent() && plan.get().due(clock.instant(), status.newest(), tried)) {
                byItself();
            }
        } catch (IOException | RuntimeException e) {
            // It was written down, and is tried again.
            LOG.debug("no backup was made", e);
        }
        return status;
    }

    private void byItself() throws IOException {
        if (hasPassphrase()) {
            // Refused or not, it was written down.
            make(new MakeBackup("", null));
            return;
        }
        tried = clock.instant();
        fault = NO_PASSPHRASE;
        faultAt = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        LOG.warn("no backup was made: {}", fault);
        metrics.backupFailed();
        look();
    }

    /** Looks how the folder is, for those who ask without waiting for a disk. */
    BackupStatus look() {
        String own = fingerprint();
        Optional<BackupFolder.Kept> newest;
        String unread = plan.isPresent() && !hasPassphrase() ? NO_PASSPHRASE : "";
        try {
            newest = folder.list().stream()
                    .filter(each -> each.header().logKey().equals(own))
                    .findFirst();
        } catch (IOException e) {
            newest = Optional.empty();
            unread = "the folder cannot be read: " + e.getMessage();
        }
        Instant at = newest.map(each -> each.header().at()).orElse(null);
        status = new BackupStatus(
                at,
                newest.map(BackupFolder.Kept::bytes).orElse(0L),
                fault.isEmpty() ? unread : fault,
                fault.isEmpty() ? clock.instant().truncatedTo(ChronoUnit.SECONDS) : faultAt,
                plan.isPresent() && plan.get().late(clock.instant(), at),
                plan.isPresent());
        return status;
    }

    private String fingerprint() {
        return StoreKeys.logFingerprint(store).orElse("");
    }

    private static KeptBackup kept(BackupFolder.Kept each, String own) {
        BackupHeader header = each.header();
        return new KeptBackup(
                each.name(),
                header.at(),
                each.bytes(),
                header.lintel(),
                header.place(),
                header.logKey(),
                header.logKey().equals(own));
    }

    private static <T> Outcome<T> unknown() {
        return Outcome.refused(Refusal.Code.UNKNOWN_ENTRY, "there is no such backup: GET /backups lists them");
    }
}

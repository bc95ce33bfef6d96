package dev.lintel.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.face.Refusal;
import dev.lintel.messages.BoxBackupMessages.Backups;
import dev.lintel.messages.BoxBackupMessages.FindBackup;
import dev.lintel.messages.BoxBackupMessages.KeepPassphrase;
import dev.lintel.messages.BoxBackupMessages.ListBackups;
import dev.lintel.messages.BoxBackupMessages.MakeBackup;
import dev.lintel.messages.BoxBackupMessages.NewBackup;
import dev.lintel.messages.BoxBackupMessages.RemoveBackup;
import dev.lintel.messages.EventMessages.RecordEvent;
import dev.lintel.messages.PeopleMessages.DeletePerson;
import dev.lintel.store.CopiedStore;
import dev.lintel.store.Events;
import dev.lintel.store.StoreCopy;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Backups are made while the box works, hold nothing that can be read, and nothing in them can be changed. */
@Tag("slow")
class BackupTest extends BackupTestBase {

    @Test
    void shouldSayWhatItHolds() throws IOException {
        fill();
        BackupDesk desk = desk();

        NewBackup made = made(desk);

        assertThat(made.people()).isEqualTo(2);
        assertThat(made.templates()).isEqualTo(3);
        assertThat(made.accounts()).isEqualTo(1);
        assertThat(made.entries()).isPositive();
        Backups list = list(desk);
        assertThat(list.kept()).containsExactly(made.backup());
        assertThat(list.sameDisk()).isTrue();
        assertThat(list.leftOut()).isEmpty();
        assertThat(made.backup().own()).isTrue();
        assertThat(made.backup().place()).isEqualTo("Harbour Street 4");
        assertThat(desk.status().newest()).isEqualTo(now);
        assertThat(desk.status().trouble()).isFalse();
    }

    private static Backups list(BackupDesk desk) throws IOException {
        return desk.list(new ListBackups(patient())).fold(found -> found, refusal -> {
            throw new AssertionError(refusal.toString());
        });
    }

    @Test
    void shouldLeaveNothingBesideIt() throws IOException {
        fill();
        Path file = backup();

        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(file.getParent()))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
        try (Stream<Path> files = Files.list(database().getParent())) {
            assertThat(files.map(each -> each.getFileName().toString())).doesNotContain("lintel.db.work");
        }
    }

    @Test
    void shouldHoldNothingInTheClear() throws IOException {
        fill();
        byte[] bytes = Files.readAllBytes(backup());
        String text = new String(bytes, StandardCharsets.ISO_8859_1);

        assertThat(text)
                .doesNotContain(NAME)
                .doesNotContain("the secret of the webhook")
                .doesNotContain("key store")
                .doesNotContain("SQLite format")
                .doesNotContain("webhooks")
                .doesNotContain("manifest.json");
        byte[] vector = vector(face(1).vector());
        assertThat(indexOf(bytes, Arrays.copyOf(vector, 12))).isNegative();
        for (String key : List.of(".key", ".pin-key", ".vault-key")) {
            byte[] secret = Files.readAllBytes(database().resolveSibling("lintel.db" + key));
            assertThat(indexOf(bytes, Arrays.copyOf(secret, 12))).as(key).isNegative();
        }
    }

    private static byte[] vector(float[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            buffer.putFloat(value);
        }
        return buffer.array();
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int i = 0; i + part.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        return -1;
    }

    /** Derives the key once: it is slow on purpose. */
    private void read(byte[] bytes, BackupKey key) throws IOException {
        Path file = Files.write(folder.resolve("changed.backup"), bytes);
        Path scratch = folder.resolve("scratch.db");
        Files.deleteIfExists(scratch);
        Files.createFile(scratch);
        BackupFile.read(file, header -> key, scratch);
    }

    private static BackupKey keyOf(Path file) throws IOException {
        return BackupKey.of(PASSPHRASE.toCharArray(), BackupFile.header(file));
    }

    @Test
    void shouldFindAFlippedBitAnywhere() throws IOException {
        fill();
        Path file = backup();
        byte[] bytes = Files.readAllBytes(file);
        BackupKey key = keyOf(file);
        read(bytes, key);
        Random random = new Random(7);
        for (int i = 0; i < 1500; i++) {
            int at = i < 600 ? i : i < 700 ? bytes.length - 1 - (i - 600) : random.nextInt(bytes.length);
            byte[] changed = bytes.clone();
            changed[at] ^= (byte) (1 << random.nextInt(8));

            assertThatThrownBy(() -> read(changed, key)).as("byte " + at).isInstanceOf(BackupException.class);
        }
    }

    @Test
    void shouldFindThatItWasCutOffOrAddedTo() throws IOException {
        fill();
        // Of more than one chunk: random bytes do not become smaller.
        byte[] large = new byte[300_000];
        new Random(3).nextBytes(large);
        Files.write(conf().resolve("node.secret"), large);
        Path file = backup();
        byte[] bytes = Files.readAllBytes(file);
        BackupKey key = keyOf(file);
        int start = BackupFile.header(file).write().length + 8 + 4 + 32;
        int chunk = BackupKey.CHUNK + BackupKey.TAG;
        assertThat(bytes.length).isGreaterThan(start + 3 * chunk);
        for (int length :
                new int[] {0, 5, 12, start - 1, start, start + 1, start + chunk, start + 2 * chunk, bytes.length - 1}) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> read(cut, key)).as("first " + length).isInstanceOf(BackupException.class);
        }
        for (int more : new int[] {1, chunk}) {
            byte[] longer = Arrays.copyOf(bytes, bytes.length + more);
            assertThatThrownBy(() -> read(longer, key)).as(more + " more").isInstanceOf(BackupException.class);
        }
        // Two chunks that change places.
        byte[] swapped = bytes.clone();
        System.arraycopy(bytes, start, swapped, start + chunk, chunk);
        System.arraycopy(bytes, start + chunk, swapped, start, chunk);
        assertThatThrownBy(() -> read(swapped, key)).isInstanceOf(BackupException.class);
        read(bytes, key);
    }

    @Test
    void shouldOpenWithItsPassphraseAlone() throws IOException {
        fill();
        Path file = backup();
        BackupHeader header = BackupFile.header(file);

        assertThatThrownBy(() -> BackupKey.of("opens the backups alonE".toCharArray(), header))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("the passphrase is wrong");
    }

    @Test
    void shouldBeOneMomentOfABoxThatGoesOnWorking() throws Exception {
        fill();
        AtomicInteger written = new AtomicInteger();
        CompletableFuture<NewBackup> backup = CompletableFuture.supplyAsync(() -> {
            try {
                return made(desk());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        int before = 2;
        while (!backup.isDone()) {
            int seed = 1000 + written.getAndIncrement();
            enrolled("P" + seed, face(seed));
            done(store.events()
                    .record(new RecordEvent(Events.granted("P" + seed, Instant.now()), patient()), recorded -> {}));
            if (seed % 3 == 0) {
                done(store.changes().delete(new DeletePerson(label("P" + seed), patient())));
            }
        }
        NewBackup made = backup.get();

        // It was checked: pages, seals, the chain, and that as many people are in it as when it was copied.
        assertThat(written.get()).as("written meanwhile").isPositive();
        assertThat(made.people()).isBetween(before, before + written.get());
        Path scratch = Files.createFile(folder.resolve("scratch.db"));
        BackupContent content =
                BackupFile.read(backups().resolve(made.backup().name()), PASSPHRASE.toCharArray(), scratch);
        assertThat(CopiedStore.check(content.copy()).people()).isEqualTo(made.people());
    }

    @Test
    void shouldThrowAwayWhatIsNotWhole() throws IOException {
        fill();
        texts("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'event'")
                .forEach(trigger -> sql("DROP TRIGGER " + trigger));
        sql("UPDATE event SET verdict = 'DENIED' WHERE sequence = 1");

        var refused = desk().make(question());

        assertThat(refused.<Refusal.Code>fold(done -> null, Refusal::code)).isEqualTo(Refusal.Code.BACKUP_FAILED);
        assertThat(refused.<String>fold(done -> "", Refusal::detail)).contains("log does not fit its seals");
        try (Stream<Path> files = Files.list(backups())) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void shouldKeepAsManyAsItIsTold() throws IOException {
        fill();
        BackupConfig two = new BackupConfig(Optional.empty(), false, Optional.empty(), 2, Optional.empty());
        Path other = null;
        for (int i = 0; i < 3; i++) {
            NewBackup made = made(desk(two));
            assertThat(made.removed()).isEqualTo(i == 2 ? 1 : 0);
            if (i == 0) {
                other = foreign(backups().resolve(made.backup().name()));
            }
            now = now.plus(Duration.ofDays(1));
        }
        Backups list = list(desk(two));
        assertThat(list.kept()).hasSize(3);
        assertThat(list.kept().stream().filter(each -> each.own())).hasSize(2);
        assertThat(list.kept().get(0).at()).isEqualTo(now.minus(Duration.ofDays(1)));
        assertThat(other).exists();
    }

    /** Another box's in the same folder: it is never removed to make room. */
    private static Path foreign(Path like) throws IOException {
        BackupHeader own = BackupFile.header(like);
        BackupHeader other = new BackupHeader(
                own.lintel(),
                "Elsewhere",
                own.at(),
                "ffffffffffffffff",
                own.schema(),
                own.salt(),
                own.rounds(),
                own.check());
        Path file = like.resolveSibling(BackupFolder.name(own.at(), other.logKey()));
        write(file, other, CopiedStore.schema());
        return file;
    }

    /** A file that begins as a backup does. */
    private static void write(Path file, BackupHeader header, int schema) throws IOException {
        BackupHeader changed = new BackupHeader(
                header.lintel(),
                header.place(),
                header.at(),
                header.logKey(),
                schema,
                header.salt(),
                header.rounds(),
                header.check());
        Path empty = Files.createTempFile("lintel", ".db");
        Files.createFile(file);
        BackupFile.write(
                file,
                changed,
                BackupKey.chosen(PASSPHRASE.toCharArray(), HexFormat.of().parseHex(header.salt())),
                new StoreCopy(empty, new byte[32], new byte[32], new byte[64]),
                Map.of(),
                0);
        Files.delete(empty);
    }

    @Test
    void shouldWriteNothingWhereNothingIsMounted() throws IOException {
        fill();
        Path share = folder.resolve("mnt");
        BackupConfig missing = new BackupConfig(Optional.of(share), false, Optional.empty(), 14, Optional.empty());
        assertThat(desk(missing).make(question()).<String>fold(done -> "", Refusal::detail))
                .contains("is not there")
                .contains("Nothing was written");
        assertThat(share).doesNotExist();

        Files.createDirectories(share);
        BackupConfig mounted = new BackupConfig(Optional.of(share), true, Optional.empty(), 14, Optional.empty());
        BackupDesk desk = desk(mounted);
        assertThat(desk.make(question()).<String>fold(done -> "", Refusal::detail))
                .contains("nothing is mounted");
        try (Stream<Path> files = Files.list(share)) {
            assertThat(files).isEmpty();
        }
        assertThat(list(desk).fault()).contains("nothing is mounted");
        assertThat(list(desk).faultAt()).isEqualTo(now);
        assertThat(desk.status().trouble()).as("asked for or not").isTrue();
    }

    @Test
    void shouldMakeOneEachDayAndSayIfItCannot() throws IOException {
        fill();
        Path share = folder.resolve("mnt");
        Path passphrase = folder.resolve("passphrase");
        BackupConfig nightly =
                new BackupConfig(Optional.of(share), false, Optional.of("03:30"), 14, Optional.of(passphrase));
        BackupDesk desk = desk(nightly);
        now = Instant.parse("2026-11-30T04:00:00Z");

        desk.tick(false);
        assertThat(desk.status().fault())
                .as("nothing before the clock is believed")
                .isEmpty();
        desk.tick(true);
        assertThat(desk.status().trouble()).isTrue();
        assertThat(desk.status().text()).contains("passphrase");

        Files.createDirectories(share);
        Files.writeString(passphrase, PASSPHRASE + "\n");
        desk.tick(true);
        assertThat(list(desk).kept()).as("an hour later, not at once").isEmpty();
        now = now.plus(Duration.ofHours(1));
        desk.tick(true);
        assertThat(list(desk).kept()).hasSize(1);
        assertThat(desk.status().trouble()).isFalse();
        now = now.plus(Duration.ofHours(8));
        desk.tick(true);
        assertThat(list(desk).kept()).hasSize(1);
        now = now.plus(Duration.ofDays(1));
        desk.look();
        assertThat(desk.status().trouble()).as("missing").isTrue();
    }

    /** Given on the page, it is kept where the box alone can read it. */
    @Test
    void shouldMakeOneEachDayUnderThePassphraseThatItWasGiven() throws IOException {
        fill();
        BackupDesk desk = desk(new BackupConfig(Optional.empty(), false, Optional.of("03:30"), 14, Optional.empty()));
        now = Instant.parse("2026-11-30T04:00:00Z");
        desk.tick(true);
        assertThat(desk.status().text()).contains("no passphrase");
        assertThat(desk.keep(new KeepPassphrase("elevenchars", patient()))
                        .<Refusal.Code>fold(done -> null, Refusal::code))
                .isEqualTo(Refusal.Code.INVALID_REQUEST);

        assertThat(desk.keep(new KeepPassphrase(PASSPHRASE, patient())).fold(Backups::passphrase, refusal -> false))
                .isTrue();
        Path kept = database().resolveSibling("lintel.db.backup-passphrase");
        assertThat(Files.getPosixFilePermissions(kept)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        now = now.plus(Duration.ofHours(1));
        desk.tick(true);

        assertThat(desk.status().fault()).isEmpty();
        Path file = backups().resolve(list(desk).kept().get(0).name());
        Path opened = Files.createFile(folder.resolve("opened.db"));
        assertThat(BackupFile.read(file, PASSPHRASE.toCharArray(), opened)).isNotNull();
    }

    @Test
    void shouldRefuseAnotherPassphraseThanThatOfTheConfiguration() throws IOException {
        BackupDesk desk = desk(new BackupConfig(
                Optional.empty(), false, Optional.empty(), 14, Optional.of(folder.resolve("passphrase"))));
        assertThat(desk.keep(new KeepPassphrase(PASSPHRASE, patient())).<Refusal.Code>fold(done -> null, Refusal::code))
                .isEqualTo(Refusal.Code.INVALID_REQUEST);
    }

    @Test
    void shouldRefuseAShortPassphraseAndAMissingOne() throws IOException {
        fill();
        for (String passphrase : List.of("", "elevenchars")) {
            assertThat(desk().make(new MakeBackup(passphrase, patient()))
                            .<Refusal.Code>fold(done -> null, Refusal::code))
                    .isEqualTo(Refusal.Code.INVALID_REQUEST);
        }
    }

    @Test
    void shouldGiveOutAndRemoveWhatItListsAndNothingElse() throws IOException {
        fill();
        BackupDesk desk = desk();
        String name = made(desk).backup().name();
        for (String other :
                List.of("../lintel.db", "lintel.db", name + ".part", "/etc/passwd", name.replace('3', '4'))) {
            assertThat(desk.find(new FindBackup(other, patient())).<Refusal.Code>fold(done -> null, Refusal::code))
                    .as(other)
                    .isEqualTo(Refusal.Code.UNKNOWN_ENTRY);
            assertThat(desk.remove(new RemoveBackup(other, patient())).<Refusal.Code>fold(done -> null, Refusal::code))
                    .isEqualTo(Refusal.Code.UNKNOWN_ENTRY);
        }
        desk.remove(new RemoveBackup(name, patient()));
        assertThat(list(desk).kept()).isEmpty();
    }

    /** Somebody else's file with such a name, or a folder: it hides no backup, and keeps none from being made. */
    @Test
    void shouldPassOverWhatCannotBeRead() throws IOException {
        fill();
        Files.createDirectories(backups().resolve("lintel-20200101T000000Z-aaaaaa.backup"));
        BackupDesk desk = desk();

        NewBackup made = made(desk);

        assertThat(list(desk).kept()).containsExactly(made.backup());
        assertThat(desk.look().newest()).isEqualTo(made.backup().at());
    }

    @Test
    void shouldRefuseAPassphraseThatAFileCouldNotGiveBack() throws IOException {
        for (String passphrase : List.of(
                "four words and more ",
                "four words and more\n",
                " four words and more",
                "four words\nand more",
                "\ufefffour words and more",
                "\ud800four words and more")) {
            assertThat(desk().make(new MakeBackup(passphrase, patient()))
                            .<Refusal.Code>fold(done -> null, Refusal::code))
                    .as(passphrase)
                    .isEqualTo(Refusal.Code.INVALID_REQUEST);
        }
    }

    @Test
    void shouldForgetWhatAKilledBoxLeft() throws IOException {
        fill();
        Path work = database().resolveSibling("lintel.db.work");
        Files.createDirectories(work);
        Files.writeString(work.resolve("copy.db"), "left");
        Path part = backups().resolve(BackupFolder.name(now, "0123456789abcdef") + ".part");
        write(part, "left");
        reopen();
        assertThat(work).doesNotExist();

        made(desk());

        assertThat(part).doesNotExist();
    }

    /** Whoever is deleted waits for the copy to be made, and then is in no file but the backup. */
    @Test
    void shouldNotKeepADeletionFromBeingWhole() throws Exception {
        fill();
        Future<StoreCopy> copy = store.copies().copy(folder.resolve("copy.db"));
        done(store.changes().delete(new DeletePerson(label(NAME), patient())));
        await(copy);

        assertThat(Files.size(database().resolveSibling("lintel.db-wal"))).isZero();
    }

    @Test
    void shouldSayThatABackupIsOfANewerLintel() throws IOException {
        fill();
        Path file = backup();
        Path newer = folder.resolve("newer.backup");
        write(newer, BackupFile.header(file), CopiedStore.schema() + 1);

        assertThatThrownBy(() -> restore(folder).look(newer, PASSPHRASE.toCharArray(), false))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("made by a newer Lintel")
                .hasMessageContaining("install that version first");
    }
}

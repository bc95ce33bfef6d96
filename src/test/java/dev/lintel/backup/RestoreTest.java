package dev.lintel.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.access.EventFilter;
import dev.lintel.messages.EventMessages.ListEvents;
import dev.lintel.store.FaceStore;
import dev.lintel.store.StoreConfig;
import dev.lintel.store.sqlite.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A backup makes another machine this box, all of it or nothing. */
@Tag("slow")
class RestoreTest extends BackupTestBase {
    /** The power fails. */
    private static final class PowerCut extends Error {
        private static final long serialVersionUID = 1;
    }

    private Path elsewhere() {
        return folder.resolve("elsewhere");
    }

    private static char[] passphrase() {
        return PASSPHRASE.toCharArray();
    }

    /** Every file below a folder, with its content. */
    private static Map<String, String> files(Path root) throws IOException {
        Map<String, String> all = new TreeMap<>();
        try (Stream<Path> found = Files.walk(root)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                if (!file.toString().endsWith(".lock")) {
                    all.put(root.relativize(file).toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
                }
            }
        }
        return all;
    }

    @Test
    void shouldMakeANewMachineTheSameBox() throws IOException {
        fill();
        Path file = backup();
        Files.createDirectories(elsewhere());

        Restore.Result result = restore(elsewhere()).putBack(file, passphrase(), false);

        assertThat(result.contents().people()).isEqualTo(2);
        assertThat(result.homeless()).isEmpty();
        assertFilled(elsewhere(), 0);
        Path data = elsewhere().resolve("faces");
        assertThat(elsewhere().resolve("conf/lintel.yaml")).hasSameTextualContentAs(conf().resolve("lintel.yaml"));
        assertThat(elsewhere().resolve("conf/node.secret")).hasContent("the secret of the webhook");
        assertThat(data.resolve("tls/lintel.p12")).hasContent("key store");
        assertThat(data.resolve("pseudonyms.key")).hasContent("the key of pseudonyms");
        for (String key : List.of("lintel.db.key", "lintel.db.pin-key")) {
            assertThat(data.resolve(key)).hasSameBinaryContentAs(database().resolveSibling(key));
        }
        // The key that wraps the others is new: who has the old machine's disk and this database has nothing.
        assertThat(Files.readAllBytes(data.resolve("lintel.db.vault-key")))
                .isNotEqualTo(Files.readAllBytes(database().resolveSibling("lintel.db.vault-key")));
        try (Stream<Path> all = Files.walk(elsewhere())) {
            assertThat(all.filter(Files::isRegularFile))
                    .allSatisfy(each -> assertThat(Files.getPosixFilePermissions(each))
                            .as(each.toString())
                            .isEqualTo(PosixFilePermissions.fromString("rw-------")));
        }
    }

    @Test
    void shouldWriteDownInTheLogThatItWasPutBack() throws IOException {
        fill();
        Path file = backup();
        Files.createDirectories(elsewhere());
        restore(elsewhere()).putBack(file, passphrase(), false);

        FaceStore other = await(FaceStore.open(
                vertx, new StoreConfig(elsewhere().resolve("faces").resolve("lintel.db"), 0L), MODEL, rules()));
        try {
            var acts = done(other.events()
                            .list(new ListEvents(
                                    new EventFilter(
                                            null, null, dev.lintel.access.DoorEvent.Kind.ACT, null, null, null, null),
                                    Long.MAX_VALUE,
                                    10,
                                    patient())))
                    .events();
            assertThat(acts).hasSize(1);
            assertThat(acts.get(0).event().detail())
                    .contains("put a backup back", file.getFileName().toString());
        } finally {
            await(other.close());
        }
    }

    @Test
    void shouldOnlyLookWhenToldSoAlsoWhileTheBoxRuns() throws IOException {
        fill();
        Path file = backup();
        Map<String, String> before = files(folder);

        Restore.Result result = restore(folder).look(file, passphrase(), false);

        assertThat(files(folder)).isEqualTo(before);
        assertThat(result.aside()).isNull();
        assertThat(result.contents().accounts()).isEqualTo(1);
        assertThat(result.replaced())
                .contains(database(), conf().resolve("lintel.yaml"), database().resolveSibling("lintel.db.key"));
    }

    @Test
    void shouldNotTouchABoxThatRuns() throws IOException {
        fill();
        Path file = backup();

        assertThatThrownBy(() -> restore(folder).putBack(file, passphrase(), false))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("in use by another Lintel");
        assertFilledAfter(() -> await(store.close()), 1);
    }

    /** The configuration in the backup may name another database than the one that is here. */
    @Test
    void shouldNotTouchABoxThatRunsWithTheDatabaseOfTheBackup() throws IOException {
        fill();
        Path file = backup();
        Files.createDirectories(elsewhere());
        Restore restore = new Restore(text -> target(text.isPresent() ? folder : elsewhere(), text), () -> now);

        assertThatThrownBy(() -> restore.putBack(file, passphrase(), false))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("in use by another Lintel");
        assertFilledAfter(() -> await(store.close()), 1);
    }

    @Test
    void shouldLeaveTheCopyOfAnotherRestoreAlone() throws Exception {
        fill();
        Path file = backup();
        Path data = database().getParent();
        Process sleeping = new ProcessBuilder("sleep", "60").start();
        Path theirs = Files.createDirectory(data.resolve("lintel.db.restore-work-" + sleeping.pid()));
        Files.createFile(theirs.resolve("restored.db"));

        restore(folder).look(file, passphrase(), false);
        assertThat(theirs.resolve("restored.db")).exists();

        sleeping.destroyForcibly().waitFor();
        restore(folder).look(file, passphrase(), false);
        assertThat(theirs).as("whoever made it was killed").doesNotExist();
        try (Stream<Path> all = Files.list(data)) {
            assertThat(all).noneMatch(path -> path.toString().contains("restore-work"));
        }
    }

    private void assertFilledAfter(Runnable work, int sessions) {
        work.run();
        store = null;
        assertFilled(folder, sessions);
    }

    @Test
    void shouldChangeNothingForAWrongPassphraseOrADamagedFile() throws IOException {
        fill();
        Path file = backup();
        await(store.close());
        store = null;
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Path damaged = Files.write(folder.resolve("damaged.backup"), bytes);
        Path text = Files.writeString(folder.resolve("letter.backup"), "Dear Sir or Madam");
        Map<String, String> before = files(folder);

        assertThatThrownBy(() -> restore(folder).putBack(file, "another passphrase".toCharArray(), false))
                .hasMessageContaining("the passphrase is wrong");
        assertThatThrownBy(() -> restore(folder).putBack(damaged, passphrase(), false))
                .hasMessageContaining("damaged");
        assertThatThrownBy(() -> restore(folder).putBack(text, passphrase(), false))
                .hasMessageContaining("no backup of Lintel");
        assertThatThrownBy(() -> restore(folder).putBack(folder.resolve("none"), passphrase(), false))
                .hasMessageContaining("there is no file");

        assertThat(files(folder)).isEqualTo(before);
    }

    @Test
    void shouldLeaveTheConfigurationIfToldSo() throws IOException {
        fill();
        Path file = backup();
        write(elsewhere().resolve("conf/lintel.yaml"), "gateway: {place: Market Square}\n");

        restore(elsewhere()).putBack(file, passphrase(), true);

        assertFilled(elsewhere(), 0);
        assertThat(elsewhere().resolve("conf/lintel.yaml")).hasContent("gateway: {place: Market Square}\n");
        assertThat(elsewhere().resolve("conf/node.secret")).doesNotExist();
        assertThat(elsewhere().resolve("faces/tls/lintel.p12")).hasContent("key store");
        assertThat(elsewhere().resolve("faces/pseudonyms.key")).hasContent("the key of pseudonyms");
    }

    @Test
    void shouldPutNothingOutsideTheFoldersOfTheBox() throws IOException {
        fill();
        Path outside = folder.resolve("outside.pem");
        Files.writeString(outside, "somebody's");
        write(
                conf().resolve("lintel.yaml"),
                "delivery: {webhooks: [{name: node, url: 'https://10.0.0.1/', ca-file: '/etc/hostname', secret-file: conf/node.secret}]}\n");
        assertThat(target(folder, Optional.empty()).files().leftOut()).containsExactly("delivery.webhooks[0].ca-file");
        BoxFiles files = target(folder, Optional.empty()).files();
        for (String part : List.of(
                "tls/../../outside.pem",
                "tls/..",
                "settings/.hidden",
                "named/delivery.webhooks[0].ca-file",
                "named/nothing",
                "anything")) {
            assertThat(files.place(part)).as(part).isEmpty();
        }
        assertThat(files.place("named/delivery.webhooks[0].secret-file")).contains(conf().resolve("node.secret"));
    }

    @Test
    void shouldGoBackToWhatWasThereAndForgetItWhenAllIsWell() throws IOException {
        fill();
        Path file = backup();
        enrolled("Later", face(9));
        write(conf().resolve("lintel.yaml"), "gateway: {place: Later}\n");
        await(store.close());
        store = null;
        Map<String, String> before = files(database().getParent());
        before.keySet().removeIf(name -> name.startsWith("backups"));

        Path aside = restore(folder).putBack(file, passphrase(), false).aside();

        assertFilled(folder, 0);
        assertThat(conf().resolve("lintel.yaml")).content().contains("Harbour Street 4");
        assertThat(aside).isDirectory();
        assertThat(Files.getPosixFilePermissions(aside)).isEqualTo(PosixFilePermissions.fromString("rwx------"));

        Path restored = restore(folder).undo();

        assertThat(conf().resolve("lintel.yaml")).hasContent("gateway: {place: Later}\n");
        assertThat(aside).doesNotExist();
        Map<String, String> after = files(database().getParent());
        after.keySet()
                .removeIf(name -> name.startsWith("backups")
                        || name.startsWith(restored.getFileName().toString()));
        assertThat(after).isEqualTo(before);
        reopen();
        assertThat(store.people().count()).isEqualTo(3);
        await(store.close());
        store = null;

        assertThat(restore(folder).confirm()).containsExactly(restored);
        assertThat(restored).doesNotExist();
        assertThatThrownBy(() -> restore(folder).undo()).hasMessageContaining("nothing to go back to");
        reopen();
        assertThat(store.people().count()).isEqualTo(3);
    }

    /** {@link FileSwapTest} ends it everywhere; here with a box around it. */
    @Test
    void shouldBeTheOldBoxOrTheRestoredOneAfterACrash() throws IOException {
        fill();
        Path file = Files.move(backup(), folder.resolve("kept.backup"));
        enrolled("Later", face(9));
        await(store.close());
        store = null;
        for (int end : new int[] {0, 1, 2, 6, 9}) {
            AtomicInteger left = new AtomicInteger(end);
            Restore crashing = restore(folder, () -> {
                if (left.getAndDecrement() == 0) {
                    throw new PowerCut();
                }
            });
            assertThatThrownBy(() -> crashing.putBack(file, passphrase(), false))
                    .isInstanceOf(PowerCut.class);

            if (end < 2) {
                assertThat(Restore.finish(database())).isFalse();
                reopen();
                assertThat(store.people().count()).as("ended at " + end).isEqualTo(3);
                await(store.close());
                store = null;
            } else {
                assertThatThrownBy(this::reopen)
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining("was being put back here, and that was interrupted");
                assertThat(Restore.finish(database())).isTrue();
                assertFilled(folder, 0);
                restore(folder).undo();
                restore(folder).confirm();
            }
        }
    }
}

package dev.lintel.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.AccessRights;
import dev.lintel.access.Pin;
import dev.lintel.accounts.Password;
import dev.lintel.accounts.Role;
import dev.lintel.config.ConfigLoader;
import dev.lintel.config.LintelConfig;
import dev.lintel.config.NamedFiles;
import dev.lintel.face.Deadline;
import dev.lintel.messages.AccessMessages.CheckPin;
import dev.lintel.messages.AccessMessages.SetAccess;
import dev.lintel.messages.AccountMessages.AddAccount;
import dev.lintel.messages.AccountMessages.AddSession;
import dev.lintel.messages.AccountMessages.CheckPassword;
import dev.lintel.messages.AccountMessages.LoadCredentials;
import dev.lintel.messages.BoxBackupMessages.MakeBackup;
import dev.lintel.messages.BoxBackupMessages.NewBackup;
import dev.lintel.messages.EventMessages.RecordEvent;
import dev.lintel.messages.EventMessages.VerifyLog;
import dev.lintel.metrics.ApplianceMetrics;
import dev.lintel.store.Events;
import dev.lintel.store.FaceStore;
import dev.lintel.store.StoreConfig;
import dev.lintel.store.StoreTestBase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A box with somebody and something of each kind in it, of which backups are made. */
abstract class BackupTestBase extends StoreTestBase {
    static final String PASSPHRASE = "opens the backups alone";
    static final String NAME = "Annabella Saved";
    static final String PIN = "482915";
    private static final String PASSWORD = "four words make one";

    Instant now = Instant.parse("2026-11-30T02:30:00Z");

    /** People, rights, PINs, accounts, the log, attendance, files. */
    void fill() throws IOException {
        enrolled(NAME, face(1), face(2));
        enrolled("Ben", face(3));
        done(store.access().set(new SetAccess(label(NAME), AccessRights.NONE_SET, pin(), patient())));
        done(store.accounts()
                .add(new AddAccount("Carla", Password.typed(PASSWORD), List.of(Role.ADMIN), null, true, patient())));
        done(store.accounts().add(new AddSession("carla", "ab".repeat(32), patient())));
        done(store.events().record(new RecordEvent(Events.granted(NAME, Instant.now()), patient()), recorded -> {}));
        Files.createDirectories(conf());
        write(
                conf().resolve("lintel.yaml"),
                "gateway: {place: Harbour Street 4}\n"
                        + "delivery: {webhooks: [{name: node, url: 'http://10.0.0.1/', secret-file: conf/node.secret}]}\n");
        write(conf().resolve("node.secret"), "the secret of the webhook");
        write(database().resolveSibling("tls").resolve("lintel.p12"), "key store");
        write(pseudonyms(folder), "the key of pseudonyms");
    }

    static Pin pin() {
        return dev.lintel.access.Pin.parse(PIN).fold(typed -> typed, refusal -> null);
    }

    static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    Path conf() {
        return folder.resolve("conf");
    }

    private static Path pseudonyms(Path home) {
        return home.resolve("faces").resolve("pseudonyms.key");
    }

    /** The box below a folder, as its configuration or another one has it. */
    static Restore.Target target(Path home, Optional<String> text) {
        Path database = home.resolve("faces").resolve("lintel.db");
        Map<String, String> environment = Map.of(
                "LINTEL_STORE_DATABASE",
                database.toString(),
                "LINTEL_DELIVERY_PSEUDONYM_KEY",
                pseudonyms(home).toString());
        Path file = home.resolve("conf").resolve("lintel.yaml");
        LintelConfig config = text.map(yaml -> ConfigLoader.parse(home, yaml, environment))
                .orElseGet(() -> ConfigLoader.load(home, file, environment));
        return new Restore.Target(
                new BoxFiles(database, home, Optional.of(file), NamedFiles.of(config)),
                new StoreConfig(database, 0L),
                config.attendance());
    }

    BackupDesk desk(BackupConfig config) {
        return new BackupDesk(
                new BackedUpBox(
                        config,
                        config(),
                        store.copies(),
                        target(folder, Optional.empty()).files(),
                        "0.1.0",
                        "Harbour Street 4",
                        ZoneOffset.UTC),
                ApplianceMetrics.unpublished(),
                () -> now);
    }

    BackupDesk desk() {
        return desk(plain());
    }

    static BackupConfig plain() {
        return new BackupConfig(Optional.empty(), false, Optional.empty(), 14, Optional.empty());
    }

    static MakeBackup question() {
        return new MakeBackup(PASSPHRASE, Deadline.after(java.time.Duration.ofMinutes(5)));
    }

    NewBackup made(BackupDesk desk) throws IOException {
        return desk.make(question()).fold(value -> value, refusal -> {
            throw new AssertionError(refusal.toString());
        });
    }

    /** The file of a new backup. */
    Path backup() throws IOException {
        return backups().resolve(made(desk()).backup().name());
    }

    Path backups() {
        return database().resolveSibling("backups");
    }

    static Restore restore(Path home, Runnable step) {
        return new Restore(text -> target(home, text), InstantSource.system(), step);
    }

    static Restore restore(Path home) {
        return restore(home, () -> {});
    }

    /** Everything is there, with sessions or without. */
    void assertFilled(Path home, int sessions) {
        FaceStore other = await(
                FaceStore.open(vertx, new StoreConfig(home.resolve("faces").resolve("lintel.db"), 0L), MODEL, rules()));
        try {
            assertThat(done(other.access().check(new CheckPin(label(NAME), pin(), patient()))))
                    .isTrue();
            assertThat(done(other.accounts().check(new CheckPassword("carla", Password.typed(PASSWORD), patient()))))
                    .isTrue();
            assertThat(done(other.accounts().load(new LoadCredentials(patient())))
                            .sessions())
                    .hasSize(sessions);
            var log = done(other.events().verification().verify(new VerifyLog(patient())));
            assertThat(log.intact()).as(log.toString()).isTrue();
            assertThat(log.books())
                    .allSatisfy(book -> assertThat(book.entries()).isPositive());
            assertThat(other.people().count()).isEqualTo(2);
        } finally {
            await(other.close());
        }
    }
}

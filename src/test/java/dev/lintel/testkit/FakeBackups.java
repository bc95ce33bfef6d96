package dev.lintel.testkit;

import dev.lintel.bus.Bus;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.messages.BoxBackupMessages;
import dev.lintel.messages.BoxBackupMessages.BackupPlace;
import dev.lintel.messages.BoxBackupMessages.Backups;
import dev.lintel.messages.BoxBackupMessages.KeptBackup;
import dev.lintel.messages.BoxBackupMessages.NewBackup;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Backups of a box that is not there: names, and one small file for all of them. */
final class FakeBackups {
    private static final String NAME = "lintel-20261130T030000Z-0a1b2c.backup";

    private Optional<KeptBackup> kept = Optional.empty();

    Future<?> serve(Bus bus) {
        return Future.all(List.of(
                bus.serve(BoxBackupMessages.LIST, ask -> answer(Outcome.done(all()))),
                bus.serve(BoxBackupMessages.KEEP_PASSPHRASE, ask -> answer(Outcome.done(all()))),
                bus.serve(BoxBackupMessages.MAKE, ask -> answer(make())),
                bus.serve(BoxBackupMessages.FIND, ask -> answer(find(ask.name()).map(one -> new BackupPlace(file())))),
                bus.serve(BoxBackupMessages.REMOVE, ask -> {
                    Outcome<KeptBackup> found = find(ask.name());
                    kept = Optional.empty();
                    return answer(found);
                })));
    }

    private Backups all() {
        return new Backups(
                "/mnt/backup",
                "03:30",
                14,
                true,
                false,
                false,
                "nothing is mounted there",
                Instant.EPOCH,
                List.of("delivery.mqtt.ca-file"),
                kept.stream().toList());
    }

    private Outcome<NewBackup> make() {
        KeptBackup made = new KeptBackup(NAME, Instant.EPOCH, 6, "0.1.0", "Harbour Street 4", "0a1b2c3d4e5f6071", true);
        kept = Optional.of(made);
        return Outcome.done(new NewBackup(made, 3, 9, 1, 100, 0));
    }

    private Outcome<KeptBackup> find(String name) {
        return kept.filter(one -> one.name().equals(name))
                .map(Outcome::done)
                .orElseGet(() -> Outcome.refused(Refusal.Code.UNKNOWN_ENTRY, "there is no such backup"));
    }

    private static String file() {
        try {
            Path file = Files.createTempFile("lintel", ".backup");
            file.toFile().deleteOnExit();
            return Files.writeString(file, "sealed").toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> Future<Outcome<T>> answer(Outcome<T> outcome) {
        return Future.succeededFuture(outcome);
    }
}

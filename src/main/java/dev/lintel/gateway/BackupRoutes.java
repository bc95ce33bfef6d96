package dev.lintel.gateway;

import dev.lintel.bus.Bus;
import dev.lintel.messages.BoxBackupMessages;
import dev.lintel.messages.BoxBackupMessages.Backups;
import dev.lintel.messages.BoxBackupMessages.FindBackup;
import dev.lintel.messages.BoxBackupMessages.KeepPassphrase;
import dev.lintel.messages.BoxBackupMessages.KeptBackup;
import dev.lintel.messages.BoxBackupMessages.ListBackups;
import dev.lintel.messages.BoxBackupMessages.MakeBackup;
import dev.lintel.messages.BoxBackupMessages.NewBackup;
import dev.lintel.messages.BoxBackupMessages.RemoveBackup;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;

/** Backups of everything: listed, made, taken away, removed. */
final class BackupRoutes {
    /** A folder on a share may sleep. */
    private static final Duration LOOKING = Duration.ofSeconds(20);

    /** A large log is verified row by row. */
    private static final Duration MAKING = Duration.ofHours(1);

    private final Bus bus;

    BackupRoutes(Bus bus) {
        this.bus = bus;
    }

    Map<String, ApiRouter.Handler> operations() {
        return Map.of(
                "listBackups", this::list,
                "makeBackup", this::make,
                "keepBackupPassphrase", this::keepPassphrase,
                "downloadBackup", this::download,
                "removeBackup", this::remove);
    }

    private Future<Reply> list(Call call) {
        return bus.ask(BoxBackupMessages.LIST, new ListBackups(call.deadline(LOOKING)))
                .compose(Call::valueOf)
                .map(backups -> Reply.json(json(backups)));
    }

    private Future<Reply> make(Call call) {
        JsonObject body = call.json().getJsonObject();
        return bus.ask(BoxBackupMessages.MAKE, new MakeBackup(body.getString("passphrase", ""), call.deadline(MAKING)))
                .compose(Call::valueOf)
                .map(made -> {
                    call.remark("name", made.backup().name());
                    return Reply.json(201, json(made));
                });
    }

    private Future<Reply> keepPassphrase(Call call) {
        String passphrase = call.json().getJsonObject().getString("passphrase");
        return bus.ask(BoxBackupMessages.KEEP_PASSPHRASE, new KeepPassphrase(passphrase, call.deadline(LOOKING)))
                .compose(Call::valueOf)
                .map(backups -> Reply.json(json(backups)));
    }

    private Future<Reply> download(Call call) {
        String name = call.text("name").orElseThrow();
        return bus.ask(BoxBackupMessages.FIND, new FindBackup(name, call.deadline(LOOKING)))
                .compose(Call::valueOf)
                .map(place -> Reply.file("application/octet-stream", name, place.file()));
    }

    private Future<Reply> remove(Call call) {
        return bus.ask(
                        BoxBackupMessages.REMOVE,
                        new RemoveBackup(call.text("name").orElseThrow(), call.deadline(LOOKING)))
                .compose(Call::valueOf)
                .map(removed -> Reply.json(json(removed)));
    }

    private static JsonObject json(Backups backups) {
        return new JsonObject()
                .put("folder", backups.folder())
                .put("same_disk", backups.sameDisk())
                .put("at", backups.at().isEmpty() ? null : backups.at())
                .put("keep", backups.keep())
                .put("passphrase", backups.passphrase())
                .put("running", backups.running())
                .put("fault", backups.fault().isEmpty() ? null : backups.fault())
                .put(
                        "fault_at",
                        backups.faultAt() == null ? null : backups.faultAt().toString())
                .put("left_out", new JsonArray(backups.leftOut()))
                .put(
                        "backups",
                        new JsonArray(
                                backups.kept().stream().map(BackupRoutes::json).toList()));
    }

    private static JsonObject json(KeptBackup kept) {
        return new JsonObject()
                .put("name", kept.name())
                .put("at", kept.at().toString())
                .put("bytes", kept.bytes())
                .put("version", kept.version())
                .put("place", kept.place())
                .put("log_key", kept.logKey())
                .put("own", kept.own());
    }

    private static JsonObject json(NewBackup made) {
        return new JsonObject()
                .put("backup", json(made.backup()))
                .put("people", made.people())
                .put("templates", made.templates())
                .put("accounts", made.accounts())
                .put("log_entries", made.entries())
                .put("removed", made.removed());
    }
}

package dev.lintel.gateway;

import dev.lintel.bus.Bus;
import dev.lintel.messages.SettingsMessages;
import dev.lintel.messages.SettingsMessages.ChangeSettings;
import dev.lintel.messages.SettingsMessages.Document;
import dev.lintel.messages.SettingsMessages.GoBack;
import dev.lintel.messages.SettingsMessages.ListVersions;
import dev.lintel.messages.SettingsMessages.ReadSettings;
import dev.lintel.messages.SettingsMessages.RestartBox;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The configuration: read without secrets, changed, taken back. */
final class SettingsRoutes {
    /** Cameras and doors that are taken down and put up again take their time. */
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private static final Pattern LOCK = Pattern.compile("\\block\\b");
    private static final Pattern KIND = Pattern.compile("gpio|http(?!s?:)|mqtt", Pattern.CASE_INSENSITIVE);

    private final Bus bus;

    SettingsRoutes(Bus bus) {
        this.bus = bus;
    }

    Map<String, ApiRouter.Handler> operations() {
        return Map.of(
                "readSettings", this::read,
                "checkSettings", call -> change(call, false),
                "changeSettings", call -> change(call, true),
                "settingsVersions", this::versions,
                "checkSettingsVersion", call -> goBack(call, false),
                "restoreSettingsVersion", call -> goBack(call, true),
                "restart", this::restart);
    }

    private Future<Reply> read(Call call) {
        return bus.ask(SettingsMessages.READ, new ReadSettings(call.deadline(TIMEOUT)))
                .compose(Call::valueOf)
                .map(document -> Reply.json(json(document)));
    }

    private Future<Reply> change(Call call, boolean save) {
        JsonObject body = call.json().getJsonObject();
        // Such a box would not start again: it must not open a door for whoever happens to sit at it.
        if (save
                && call.who().kind() == Caller.Kind.OPEN
                && LOCK.matcher(body.encode()).find()
                && KIND.matcher(body.encode()).find()) {
            return Future.failedFuture(new Problem(
                            409,
                            "account_needed",
                            "a box with a lock needs an administrator: make an account first, then the lock")
                    .exception());
        }
        call.remark(
                "paths",
                body.getJsonArray("changes").stream()
                        .map(change -> change instanceof JsonObject one ? one.getString("path", "") : "")
                        .collect(Collectors.joining(" ")));
        return bus.ask(
                        SettingsMessages.CHANGE,
                        new ChangeSettings(
                                body.getJsonArray("changes").encode(),
                                body.getString("revision", ""),
                                save,
                                call.caller(),
                                call.deadline(TIMEOUT)))
                .compose(Call::valueOf)
                .compose(document -> settled(json(document), save));
    }

    private Future<Reply> goBack(Call call, boolean save) {
        return bus.ask(
                        SettingsMessages.GO_BACK,
                        new GoBack((int) call.id("id"), save, call.caller(), call.deadline(TIMEOUT)))
                .compose(Call::valueOf)
                .compose(document -> settled(json(document), save));
    }

    /** A check answers whatever it found; what was to be saved and was not is a problem. */
    private static Future<Reply> settled(JsonObject found, boolean save) {
        if (!save || found.getBoolean("saved")) {
            return Future.succeededFuture(Reply.json(found));
        }
        if (found.getBoolean("stale")) {
            return Future.failedFuture(new Problem(
                            409,
                            "settings_changed",
                            "somebody else has changed the configuration meanwhile: look at it again")
                    .exception());
        }
        JsonArray problems = found.getJsonArray("problems");
        String words = problems.stream()
                .map(JsonObject.class::cast)
                .map(problem -> problem.getString("path").isEmpty()
                        ? problem.getString("text")
                        : problem.getString("path") + ": " + problem.getString("text"))
                .collect(Collectors.joining("; "));
        return Future.failedFuture(new Problem(400, "settings_invalid", words)
                .with(new JsonObject().put("problems", problems))
                .exception());
    }

    private Future<Reply> versions(Call call) {
        return bus.ask(SettingsMessages.VERSIONS, new ListVersions(call.deadline(TIMEOUT)))
                .compose(Call::valueOf)
                .map(document -> Reply.json(json(document)));
    }

    private Future<Reply> restart(Call call) {
        return bus.ask(SettingsMessages.RESTART, new RestartBox(call.caller(), call.deadline(TIMEOUT)))
                .compose(Call::valueOf)
                .map(begun -> Reply.json(202, new JsonObject().put("restarting", begun)));
    }

    private static JsonObject json(Document document) {
        return new JsonObject(document.json());
    }
}

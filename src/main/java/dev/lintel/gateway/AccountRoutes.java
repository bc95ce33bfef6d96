package dev.lintel.gateway;

import dev.lintel.accounts.Account;
import dev.lintel.accounts.Key;
import dev.lintel.accounts.Password;
import dev.lintel.accounts.RandomSecret;
import dev.lintel.accounts.Role;
import dev.lintel.bus.Bus;
import dev.lintel.messages.AccountMessages;
import dev.lintel.messages.AccountMessages.AddAccount;
import dev.lintel.messages.AccountMessages.AddKey;
import dev.lintel.messages.AccountMessages.ChangeAccount;
import dev.lintel.messages.AccountMessages.RemoveAccount;
import dev.lintel.messages.AccountMessages.RemoveKey;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Accounts of people and keys of programs: make, change, revoke. A key's secret is answered once and kept nowhere. */
final class AccountRoutes {
    /** A password is hashed slowly on purpose. */
    static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final Bus bus;
    private final Callers callers;
    private final GatewayConfig config;

    AccountRoutes(Bus bus, Callers callers, GatewayConfig config) {
        this.bus = bus;
        this.callers = callers;
        this.config = config;
    }

    Map<String, ApiRouter.Handler> operations() {
        return Map.of(
                "listAccounts", this::accounts,
                "addAccount", this::addAccount,
                "changeAccount", this::changeAccount,
                "removeAccount", this::removeAccount,
                "listKeys", this::keys,
                "addKey", this::addKey,
                "removeKey", this::removeKey);
    }

    private Future<Reply> accounts(Call call) {
        JsonArray all = new JsonArray();
        callers.accounts().forEach(account -> all.add(json(account)));
        return Future.succeededFuture(Reply.json(new JsonObject().put("accounts", all)));
    }

    private Future<Reply> addAccount(Call call) {
        JsonObject body = call.json().getJsonObject();
        String name = name(body.getString("name"));
        return Call.valueOf(Password.chosen(name, body.getString("password")))
                .compose(password -> bus.ask(
                        AccountMessages.ADD_ACCOUNT,
                        new AddAccount(
                                name,
                                password,
                                roles(body),
                                expiry(body),
                                callers.configuredAdmin(),
                                call.deadline(TIMEOUT))))
                .compose(Call::valueOf)
                .compose(this::loaded)
                .map(account -> Reply.json(201, json(account)));
    }

    private Future<Reply> changeAccount(Call call) {
        JsonObject body = call.json().getJsonObject();
        String name = call.text("account", "");
        Account before = callers.account(name).orElse(null);
        if (before == null) {
            return Future.failedFuture(
                    new Problem(404, "unknown_account", "there is no account of this name").exception());
        }
        String password = body.getString("password");
        return (password == null ? Future.<Password>succeededFuture() : Call.valueOf(Password.chosen(name, password)))
                .compose(fresh -> bus.ask(
                        AccountMessages.CHANGE_ACCOUNT,
                        new ChangeAccount(
                                name,
                                fresh,
                                body.containsKey("roles") ? roles(body) : before.roles(),
                                body.containsKey("expires_at") ? expiry(body) : before.expiresAt(),
                                callers.configuredAdmin(),
                                call.deadline(TIMEOUT))))
                .compose(Call::valueOf)
                .compose(this::loaded)
                .map(account -> Reply.json(json(account)));
    }

    private Future<Reply> removeAccount(Call call) {
        return bus.ask(
                        AccountMessages.REMOVE_ACCOUNT,
                        new RemoveAccount(call.text("account", ""), callers.configuredAdmin(), call.deadline(TIMEOUT)))
                .compose(Call::valueOf)
                .compose(this::loaded)
                .map(account -> Reply.json(json(account)));
    }

    private Future<Reply> keys(Call call) {
        JsonArray all = new JsonArray();
        config.keys()
                .forEach(key -> all.add(new JsonObject()
                        .put("name", key.name())
                        .put("role", key.role().text())
                        .put("source", "configuration")
                        .put("created_at", null)
                        .put("expires_at", null)
                        .put("last_used", text(callers.lastUse(key)))));
        callers.keys().forEach(key -> all.add(json(key)));
        return Future.succeededFuture(Reply.json(new JsonObject().put("keys", all)));
    }

    private Future<Reply> addKey(Call call) {
        JsonObject body = call.json().getJsonObject();
        String name = name(body.getString("name"));
        if (config.keys().stream().anyMatch(key -> key.name().equalsIgnoreCase(name))) {
            return Future.failedFuture(new Problem(
                            409,
                            "name_taken",
                            "there is a key called " + name + " in the configuration: choose another name")
                    .exception());
        }
        Role role = role(body.getString("role"), Role.ofPrograms(), "role");
        String secret = RandomSecret.fresh();
        return bus.ask(
                        AccountMessages.ADD_KEY,
                        new AddKey(
                                name,
                                role,
                                RandomSecret.digest(secret),
                                expiry(body),
                                callers.configuredAdmin(),
                                call.deadline(TIMEOUT)))
                .compose(Call::valueOf)
                .compose(this::loaded)
                .map(key -> Reply.json(201, json(key).put("secret", secret)));
    }

    private Future<Reply> removeKey(Call call) {
        return bus.ask(
                        AccountMessages.REMOVE_KEY,
                        new RemoveKey(call.text("key", ""), callers.configuredAdmin(), call.deadline(TIMEOUT)))
                .compose(Call::valueOf)
                .compose(this::loaded)
                .map(key -> Reply.json(json(key)));
    }

    private <T> Future<T> loaded(T changed) {
        return callers.load().map(changed);
    }

    private static String name(String wanted) {
        if (wanted.equalsIgnoreCase("console") || wanted.equalsIgnoreCase("local")) {
            throw Problem.invalid("name: console and local are the box's own: choose another name")
                    .exception();
        }
        return wanted;
    }

    private static List<Role> roles(JsonObject body) {
        return body.getJsonArray("roles").stream()
                .map(role -> role(String.valueOf(role), Role.ofPeople(), "roles"))
                .distinct()
                .toList();
    }

    private static Role role(String text, List<Role> possible, String where) {
        return possible.stream()
                .filter(role -> role.text().equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> Problem.invalid(where + ": must be one of "
                                + String.join(
                                        ", ", possible.stream().map(Role::text).toList()))
                        .exception());
    }

    private static Instant expiry(JsonObject body) {
        String text = body.getString("expires_at");
        Instant end = text == null ? null : Times.instant("expires_at", text);
        if (end != null && !end.isAfter(Instant.now())) {
            throw Problem.invalid("expires_at: must be in the future").exception();
        }
        return end;
    }

    static JsonArray json(Iterable<Role> roles) {
        JsonArray all = new JsonArray();
        roles.forEach(role -> all.add(role.text()));
        return all;
    }

    private static JsonObject json(Account account) {
        return new JsonObject()
                .put("name", account.name())
                .put("roles", json(account.roles()))
                .put("created_at", text(account.createdAt()))
                .put("expires_at", text(account.expiresAt()))
                .put("last_used", text(account.lastUsed()));
    }

    private static JsonObject json(Key key) {
        return new JsonObject()
                .put("name", key.name())
                .put("role", key.role().text())
                .put("source", "made")
                .put("created_at", text(key.createdAt()))
                .put("expires_at", text(key.expiresAt()))
                .put("last_used", text(key.lastUsed()));
    }

    private static String text(Instant time) {
        return time == null ? null : time.toString();
    }
}

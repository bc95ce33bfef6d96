package dev.lintel.gateway;

import dev.lintel.accounts.Account;
import dev.lintel.accounts.Password;
import dev.lintel.accounts.RandomSecret;
import dev.lintel.bus.Bus;
import dev.lintel.face.Act;
import dev.lintel.messages.AccountMessages;
import dev.lintel.messages.AccountMessages.AddSession;
import dev.lintel.messages.AccountMessages.ChangeAccount;
import dev.lintel.messages.AccountMessages.CheckPassword;
import dev.lintel.messages.AccountMessages.EndSession;
import dev.lintel.messages.EventMessages;
import dev.lintel.messages.EventMessages.NoteAct;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Logging in and out, and who one is. */
final class SessionRoutes {
    /** Passwords are hashed one after the other, so that a flood of them keeps no more than one processor busy. */
    private static final int MOST_AT_THE_DOOR = 8;

    /** Eight a second could be tried from many addresses: the log must not be filled with them. */
    private static final Duration BETWEEN_NOTES = Duration.ofMillis(500);

    private final Bus bus;
    private final Callers callers;
    private final Contract contract;
    private Long lastNote;
    private int unnoted;
    private final Turnstile turnstile = new Turnstile(MOST_AT_THE_DOOR);

    SessionRoutes(Bus bus, Callers callers, Contract contract) {
        this.bus = bus;
        this.callers = callers;
        this.contract = contract;
    }

    Map<String, ApiRouter.Handler> operations() {
        return Map.of(
                "session", this::who,
                "logIn", this::logIn,
                "logOut", this::logOut,
                "changePassword", this::changePassword);
    }

    private Future<Reply> who(Call call) {
        return Future.succeededFuture(Reply.json(json(callers.find(call.request()))));
    }

    private JsonObject json(Caller caller) {
        JsonArray operations = new JsonArray();
        contract.routes().operations().stream()
                .filter(operation ->
                        Contract.roles(operation).map(caller::mayBe).orElse(true))
                .map(operation -> operation.getOperationId())
                .sorted()
                .forEach(operations::add);
        return new JsonObject()
                .put("kind", caller.kind().name().toLowerCase(java.util.Locale.ROOT))
                .put("name", caller.name())
                .put("roles", AccountRoutes.json(caller.roles()))
                .put("operations", operations)
                .put("setup", caller.kind() == Caller.Kind.NOBODY && callers.open());
    }

    private Future<Reply> logIn(Call call) {
        JsonObject body = call.json().getJsonObject();
        String name = body.getString("name");
        return right(call, name, body.getString("password")).compose(account -> session(call, account));
    }

    private Future<Reply> session(Call call, Account account) {
        String secret = RandomSecret.fresh();
        return bus.ask(
                        AccountMessages.ADD_SESSION,
                        new AddSession(
                                account.name(), RandomSecret.digest(secret), call.deadline(AccountRoutes.TIMEOUT)))
                .compose(Call::valueOf)
                .compose(added -> callers.load())
                .compose(loaded -> begun(
                        call,
                        new Caller(
                                account.name(),
                                Caller.Kind.ACCOUNT,
                                java.util.Set.copyOf(account.roles()),
                                RandomSecret.digest(secret)),
                        secret));
    }

    /** The browser gets its cookie. */
    Future<Reply> begun(Call call, Caller caller, String secret) {
        return Future.succeededFuture((vertx, response) -> Reply.json(json(caller))
                .send(vertx, response.putHeader("Set-Cookie", SessionCookie.write(call.request(), secret))));
    }

    private Future<Reply> logOut(Call call) {
        Future<?> ended = call.who().kind() == Caller.Kind.ACCOUNT
                ? bus.ask(
                                AccountMessages.END_SESSION,
                                new EndSession(call.who().credential(), call.deadline(AccountRoutes.TIMEOUT)))
                        .compose(Call::valueOf)
                        .compose(done -> callers.load())
                : Future.succeededFuture();
        return ended.map(done -> (vertx, response) -> Reply.json(json(Caller.NOBODY))
                .send(vertx, response.putHeader("Set-Cookie", SessionCookie.remove(call.request()))));
    }

    /** Ends every session of the account, and begins a new one for who changed it. */
    private Future<Reply> changePassword(Call call) {
        JsonObject body = call.json().getJsonObject();
        String name = call.who().name();
        if (call.who().kind() != Caller.Kind.ACCOUNT) {
            return Future.failedFuture(Problem.invalid("this is for who has logged in: a key has no password")
                    .exception());
        }
        return right(call, name, body.getString("password"))
                .compose(account -> Call.valueOf(Password.chosen(name, body.getString("new_password")))
                        .compose(fresh -> bus.ask(
                                AccountMessages.CHANGE_ACCOUNT,
                                new ChangeAccount(
                                        account.name(),
                                        fresh,
                                        account.roles(),
                                        account.expiresAt(),
                                        callers.configuredAdmin(),
                                        call.deadline(AccountRoutes.TIMEOUT)))))
                .compose(Call::valueOf)
                .compose(account -> session(call, account));
    }

    /** The account, if this is its password and it can be used. */
    private Future<Account> right(Call call, String name, String password) {
        callers.guard().login(call.request(), name);
        return turnstile
                .pass(() -> bus.ask(
                        AccountMessages.CHECK_PASSWORD,
                        new CheckPassword(name, Password.typed(password), call.deadline(AccountRoutes.TIMEOUT))))
                .compose(Call::valueOf)
                .compose(fits -> callers.account(name)
                        .filter(account -> fits && account.valid(Instant.now()))
                        .map(account -> {
                            callers.guard().right(call.request(), name);
                            return Future.succeededFuture(account);
                        })
                        .orElseGet(() -> failed(call, name)));
    }

    /** Written down before it is answered; a flood of it only now and then, with how many it stands for. */
    private Future<Account> failed(Call call, String name) {
        unnoted++;
        long now = System.nanoTime();
        Future<?> noted = Future.succeededFuture();
        if (lastNote == null || now - lastNote > BETWEEN_NOTES.toNanos()) {
            Act act = Act.of("login-failed")
                    // What was typed may be a password.
                    .with("account", callers.account(name).map(Account::name).orElse(null))
                    .with("attempts", unnoted);
            lastNote = now;
            unnoted = 0;
            noted = bus.ask(EventMessages.NOTE, new NoteAct(act, call.deadline(AccountRoutes.TIMEOUT)));
        }
        return noted.transform(done -> Future.failedFuture(Callers.unauthorized("name or password is wrong")));
    }
}

package dev.lintel.gateway;

import dev.lintel.accounts.Account;
import dev.lintel.accounts.Key;
import dev.lintel.accounts.RandomSecret;
import dev.lintel.accounts.Role;
import dev.lintel.accounts.Session;
import dev.lintel.accounts.SetupCode;
import dev.lintel.accounts.SteadyClock;
import dev.lintel.bus.Bus;
import dev.lintel.face.Deadline;
import dev.lintel.messages.AccountMessages;
import dev.lintel.messages.AccountMessages.Credentials;
import dev.lintel.messages.AccountMessages.LoadCredentials;
import dev.lintel.messages.AccountMessages.NoteUses;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Who calls, and who may. Holds a copy of what the store has of accounts, keys and sessions, so that a request is judged without
 * a question; it is loaded again after each change. Confined to the gateway's event loop.
 */
final class Callers {
    private static final String BEARER = "bearer ";
    /** How often it is written down who was here, and who guessed. */
    private static final long USES_MS = 60_000;

    private static final long GUESSES_MS = 2000;
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /** What is guessed where a setup code is; no account is called so. */
    private static final String SETUP = "setup code";

    private final Bus bus;
    private final GatewayConfig config;
    private final Optional<String> console;
    private final InstantSource clock;
    private final GuessGuard guard;
    private final InstantSource steady;
    private final SetupCode setup = new SetupCode();
    private Consumer<HttpServerRequest> welcome = request -> {};
    private final Map<String, Caller> configured = new HashMap<>();
    private final Map<String, Instant> accountUses = new HashMap<>();
    private final Map<String, Instant> keyUses = new HashMap<>();
    private final Map<String, Instant> sessionUses = new HashMap<>();
    private final Map<String, Instant> unwritten = new HashMap<>();
    private Credentials known = Credentials.NONE;
    private Map<String, Account> accounts = Map.of();
    private Map<String, Key> keys = Map.of();
    private Map<String, Session> sessions = Map.of();

    /** @param console digest of the command line's key, if it has one */
    Callers(Bus bus, GatewayConfig config, Optional<String> console, InstantSource clock) {
        this.bus = bus;
        this.config = config;
        this.console = console;
        this.clock = clock;
        this.guard = new GuessGuard(bus, clock);
        this.steady = SteadyClock.insteadOf(clock);
        config.keys()
                .forEach(key -> configured.put(
                        key.digest(), new Caller(key.name(), Caller.Kind.KEY, Set.of(key.role()), key.digest())));
    }

    /** From now on, hears of each request of somebody who is let in. */
    void onWelcome(Consumer<HttpServerRequest> listener) {
        welcome = listener;
    }

    /** Reads what is stored, and from now on writes down who was here and who guessed. */
    Future<Void> start(Vertx vertx) {
        vertx.setPeriodic(USES_MS, tick -> write());
        vertx.setPeriodic(GUESSES_MS, tick -> guard.save());
        return guard.load().compose(loaded -> load());
    }

    /** Who guesses passwords. */
    GuessGuard guard() {
        return guard;
    }

    /** Reads what is stored, at the start and after each change. */
    Future<Void> load() {
        return bus.ask(AccountMessages.LOAD, new LoadCredentials(Deadline.after(TIMEOUT)))
                .compose(Call::valueOf)
                .map(credentials -> {
                    known = credentials;
                    accounts = credentials.accounts().stream()
                            .collect(Collectors.toMap(account -> lower(account.name()), account -> account));
                    keys = credentials.keys().stream().collect(Collectors.toMap(Key::digest, key -> key));
                    sessions = credentials.sessions().stream()
                            .collect(Collectors.toMap(Session::digest, session -> session));
                    sessionUses.keySet().retainAll(sessions.keySet());
                    return null;
                });
    }

    /** Whether there is no account and no key, so that whoever sits at the box may do everything. */
    boolean open() {
        return configured.isEmpty()
                && known.accounts().isEmpty()
                && known.keys().isEmpty();
    }

    /** A code that opens the setup of a box without accounts to another machine; the former is good no more. Empty: it has some. */
    Optional<String> newSetupCode() {
        return open() ? Optional.of(setup.make(steady.instant())) : Optional.empty();
    }

    /**
     * Uses the setup code up.
     *
     * @return the secret of the session that it opens
     * @throws ProblemException 401 if it is not the code, 429 after too many that were not
     */
    String enterSetup(HttpServerRequest request, String code) {
        guard.login(request, SETUP);
        String secret = setup.take(code, steady.instant())
                .orElseThrow(() -> unauthorized(
                        "this is not the setup code, or not any more: 'lintel setup-code' on the box makes a new one"));
        guard.right(request, SETUP);
        return secret;
    }

    Optional<Account> account(String name) {
        return Optional.ofNullable(accounts.get(lower(name)));
    }

    /** In the order of their names, with the time of their last use. */
    List<Account> accounts() {
        return known.accounts().stream()
                .map(account -> new Account(
                        account.name(),
                        account.roles(),
                        account.createdAt(),
                        account.expiresAt(),
                        later(accountUses.get(account.name()), account.lastUsed())))
                .toList();
    }

    /** Those that were made while the box ran, in the order of their names, with the time of their last use. */
    List<Key> keys() {
        return known.keys().stream()
                .map(key -> new Key(
                        key.name(),
                        key.role(),
                        key.digest(),
                        key.createdAt(),
                        key.expiresAt(),
                        later(keyUses.get(key.digest()), key.lastUsed())))
                .toList();
    }

    /** When a key was used since the start; null: not yet. */
    Instant lastUse(ApiKey key) {
        return keyUses.get(key.digest());
    }

    /** Whether a key of the configuration makes its holder an administrator. */
    boolean configuredAdmin() {
        return configured.values().stream().anyMatch(Caller::administrates);
    }

    /**
     * @param needed roles of which the caller must have one
     * @throws ProblemException 401 without a valid key or session, 403 if its roles do not suffice
     */
    Caller check(HttpServerRequest request, Set<Role> needed) {
        return welcomed(request, sufficient(find(request), needed));
    }

    /** The same with a key that was presented in another way. */
    Caller check(HttpServerRequest request, Optional<String> secret, Set<Role> needed) {
        return welcomed(
                request,
                sufficient(
                        secret.map(key -> byKeyOrRefused(request, key))
                                .orElseGet(() -> open() && Origins.direct(request) ? Caller.OPEN : Caller.NOBODY),
                        needed));
    }

    private Caller welcomed(HttpServerRequest request, Caller caller) {
        welcome.accept(request);
        return caller;
    }

    private Caller sufficient(Caller caller, Set<Role> needed) {
        if (caller.kind() == Caller.Kind.NOBODY) {
            throw unauthorized(
                    open()
                            ? "this box has no accounts yet: make the first one on the box itself, with 'lintel account add NAME --role admin',"
                                    + " or open its page with the code of 'lintel setup-code'"
                            : "log in, or send an API key as X-API-Key");
        }
        if (!caller.mayBe(needed)) {
            throw new Problem(
                            403,
                            "forbidden",
                            "this needs one of the roles " + names(needed) + ", yours is " + names(caller.roles()))
                    .exception();
        }
        return caller;
    }

    /**
     * Who calls, whatever it may do; {@link Caller#NOBODY} without a key or session.
     *
     * @throws ProblemException 401 with a key that is not known
     */
    Caller find(HttpServerRequest request) {
        Optional<String> secret = presented(request);
        if (secret.isPresent()) {
            return byKeyOrRefused(request, secret.get());
        }
        Optional<Caller> session = SessionCookie.read(request)
                .flatMap(cookie -> open() ? bySetup(cookie) : bySession(RandomSecret.digest(cookie)));
        return session.orElse(open() && Origins.direct(request) ? Caller.OPEN : Caller.NOBODY);
    }

    private Optional<Caller> bySetup(String secret) {
        Caller caller = Caller.setup(secret);
        return setup.opened(caller.credential(), steady.instant()) ? Optional.of(caller) : Optional.empty();
    }

    private Caller byKeyOrRefused(HttpServerRequest request, String secret) {
        if (open() && Origins.direct(request)) {
            return Caller.OPEN;
        }
        String digest = RandomSecret.digest(secret);
        Optional<Caller> caller = byKey(request, digest);
        guard.key(request, digest, caller.isPresent());
        return caller.orElseThrow(() -> unauthorized("this API key is not known, or not any more"));
    }

    /** Whether somebody who was let in would be let in still: keys are revoked, sessions end. Counts as a use. */
    boolean still(Caller caller) {
        return switch (caller.kind()) {
            case NOBODY, CONSOLE -> true;
            case OPEN ->
                open() && (caller.credential().isEmpty() || setup.opened(caller.credential(), steady.instant()));
            case KEY -> byDigest(caller.credential()).isPresent();
            case ACCOUNT -> bySession(caller.credential()).isPresent();
        };
    }

    /** By its digest, so that the time a look-up takes tells nothing about any secret. */
    private Optional<Caller> byKey(HttpServerRequest request, String digest) {
        if (console.filter(digest::equals).isPresent()) {
            return Origins.direct(request)
                    ? Optional.of(new Caller("console", Caller.Kind.CONSOLE, Set.of(Role.ADMIN), digest))
                    : Optional.empty();
        }
        return byDigest(digest);
    }

    private Optional<Caller> byDigest(String digest) {
        Instant now = clock.instant();
        Key key = keys.get(digest);
        Caller caller = key != null && key.valid(now)
                ? new Caller(key.name(), Caller.Kind.KEY, Set.of(key.role()), digest)
                : configured.get(digest);
        if (caller != null) {
            keyUses.put(digest, now);
        }
        return Optional.ofNullable(caller);
    }

    private Optional<Caller> bySession(String digest) {
        Session session = sessions.get(digest);
        Account account = session == null ? null : accounts.get(lower(session.account()));
        Instant now = clock.instant();
        if (account == null || !account.valid(now) || over(session, now)) {
            return Optional.empty();
        }
        sessionUses.put(digest, now);
        accountUses.put(account.name(), now);
        return Optional.of(new Caller(account.name(), Caller.Kind.ACCOUNT, Set.copyOf(account.roles()), digest));
    }

    private boolean over(Session session, Instant now) {
        Instant last = later(sessionUses.get(session.digest()), session.lastUsed());
        return now.isAfter(last.plus(config.sessionIdle()))
                || now.isAfter(session.createdAt().plus(config.sessionLongest()));
    }

    /** Writes down what was used since it was written last, and forgets sessions that are over. Once a minute. */
    Future<?> write() {
        Instant now = clock.instant();
        Map<String, Instant> usedKeys = new HashMap<>();
        known.keys().stream()
                .filter(key -> fresh(key.digest(), keyUses))
                .forEach(key -> usedKeys.put(key.name(), keyUses.get(key.digest())));
        Map<String, Instant> usedAccounts = new HashMap<>(accountUses);
        usedAccounts.keySet().removeIf(name -> !fresh(name, accountUses));
        Map<String, Instant> usedSessions = new HashMap<>(sessionUses);
        usedSessions.keySet().removeIf(digest -> !fresh(digest, sessionUses));
        usedKeys.forEach((name, at) -> keys.values().stream()
                .filter(key -> key.name().equals(name))
                .forEach(key -> unwritten.put(key.digest(), at)));
        unwritten.putAll(usedAccounts);
        unwritten.putAll(usedSessions);
        List<String> ended = sessions.values().stream()
                .filter(session -> over(session, now))
                .map(Session::digest)
                .toList();
        Future<?> done = usedKeys.isEmpty() && usedAccounts.isEmpty() && usedSessions.isEmpty()
                ? Future.succeededFuture()
                : bus.ask(
                        AccountMessages.NOTE_USES,
                        new NoteUses(usedAccounts, usedKeys, usedSessions, Deadline.after(TIMEOUT)));
        for (String digest : ended) {
            done = done.compose(before -> bus.ask(
                    AccountMessages.END_SESSION, new AccountMessages.EndSession(digest, Deadline.after(TIMEOUT))));
        }
        return ended.isEmpty() ? done : done.compose(gone -> load());
    }

    private boolean fresh(String what, Map<String, Instant> uses) {
        return uses.containsKey(what) && !uses.get(what).equals(unwritten.get(what));
    }

    private static Instant later(Instant one, Instant other) {
        return one == null || (other != null && other.isAfter(one)) ? other : one;
    }

    private static Optional<String> presented(HttpServerRequest request) {
        String header = request.getHeader("X-API-Key");
        if (header != null) {
            return Optional.of(header.strip());
        }
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? Optional.of(authorization.substring(BEARER.length()).strip())
                : Optional.empty();
    }

    static ProblemException unauthorized(String detail) {
        return new Problem(
                        401,
                        "unauthorized",
                        detail,
                        List.of(),
                        new JsonObject(),
                        Map.of("WWW-Authenticate", "Bearer realm=\"Lintel\""))
                .exception();
    }

    private static String names(Set<Role> roles) {
        TreeSet<String> names = new TreeSet<>();
        roles.forEach(role -> names.add(role.text()));
        return String.join(", ", names);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}

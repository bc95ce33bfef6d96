package dev.lintel.gateway;

import dev.lintel.accounts.SetupCode;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** A new box is set up from another machine by who has its code; over HTTPS alone, or on the box itself. */
final class SetupCodeRoutes {
    private final Callers callers;
    private final SessionRoutes sessions;
    private final Listeners listeners;

    SetupCodeRoutes(Callers callers, SessionRoutes sessions, Listeners listeners) {
        this.callers = callers;
        this.sessions = sessions;
        this.listeners = listeners;
    }

    Map<String, ApiRouter.Handler> operations() {
        return Map.of("makeSetupCode", this::make, "enterSetup", this::enter);
    }

    private Future<Reply> make(Call call) {
        return callers.newSetupCode()
                .map(code -> Future.succeededFuture(Reply.json(
                        201,
                        new JsonObject()
                                .put("code", code)
                                .put("valid_seconds", SetupCode.VALID.toSeconds())
                                .put("tls_port", listeners.tlsPort()))))
                .orElseGet(() -> Future.failedFuture(notNew()));
    }

    private Future<Reply> enter(Call call) {
        if (!callers.open()) {
            return Future.failedFuture(notNew());
        }
        if (!call.request().isSSL() && !Origins.direct(call.request()) && !behindHttps(call)) {
            return Future.failedFuture(new Problem(
                            403,
                            "https_needed",
                            "the code is taken over HTTPS alone: open https:// and the port of HTTPS")
                    .exception());
        }
        String secret =
                callers.enterSetup(call.request(), call.json().getJsonObject().getString("code"));
        return sessions.begun(call, Caller.setup(secret), secret);
    }

    /** As a proxy on the box itself says. */
    private static boolean behindHttps(Call call) {
        return Origins.loopback(call.request())
                && call.header("X-Forwarded-Proto")
                        .filter("https"::equalsIgnoreCase)
                        .isPresent();
    }

    private static ProblemException notNew() {
        return new Problem(409, "not_new", "this box has been set up: log in").exception();
    }
}

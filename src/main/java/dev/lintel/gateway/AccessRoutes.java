package dev.lintel.gateway;

import dev.lintel.access.AccessRights;
import dev.lintel.access.Pin;
import dev.lintel.bus.Bus;
import dev.lintel.messages.AccessMessages;
import dev.lintel.messages.AccessMessages.ClearPin;
import dev.lintel.messages.AccessMessages.GetAccess;
import dev.lintel.messages.AccessMessages.SetAccess;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** Who may pass when. A PIN goes in and never comes out. */
final class AccessRoutes {
    private final Bus bus;
    private final int shortestPin;

    /** @param shortestPin fewest digits of a new PIN */
    AccessRoutes(Bus bus, int shortestPin) {
        this.bus = bus;
        this.shortestPin = shortestPin;
    }

    Map<String, ApiRouter.Handler> operations() {
        return Map.of("getAccess", this::get, "setAccess", this::set, "clearPin", this::clearPin);
    }

    private Future<Reply> get(Call call) {
        return Call.valueOf(call.label())
                .compose(label -> bus.ask(AccessMessages.GET, new GetAccess(label, call.deadline(1))))
                .compose(Call::valueOf)
                .map(rights -> Reply.json(RightsJson.write(rights)));
    }

    private Future<Reply> set(Call call) {
        JsonObject body = call.json().getJsonObject();
        AccessRights rights = RightsJson.read(body, "");
        String digits = body.getString("pin");
        return Call.valueOf(call.label())
                .compose(label -> (digits == null
                                ? Future.<Pin>succeededFuture()
                                : Call.valueOf(Pin.chosen(digits, shortestPin)))
                        .compose(pin ->
                                bus.ask(AccessMessages.SET, new SetAccess(label, rights, pin, call.deadline(1)))))
                .compose(Call::valueOf)
                .map(stored -> Reply.json(RightsJson.write(stored)));
    }

    private Future<Reply> clearPin(Call call) {
        return Call.valueOf(call.label())
                .compose(label -> bus.ask(AccessMessages.CLEAR_PIN, new ClearPin(label, call.deadline(1))))
                .compose(Call::valueOf)
                .map(rights -> Reply.json(RightsJson.write(rights)));
    }
}

package dev.lintel.gateway;

import dev.lintel.access.Decision;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.DoorMode;
import dev.lintel.access.DoorStatus;
import dev.lintel.access.EventDocument;
import dev.lintel.access.ModeSetting;
import dev.lintel.access.Naming;
import dev.lintel.access.Pin;
import dev.lintel.bus.Bus;
import dev.lintel.face.Label;
import dev.lintel.messages.DoorMessages;
import dev.lintel.messages.DoorMessages.EnterPin;
import dev.lintel.messages.DoorMessages.ForgivePassback;
import dev.lintel.messages.DoorMessages.ListDoors;
import dev.lintel.messages.DoorMessages.ReportSensor;
import dev.lintel.messages.DoorMessages.SetDoorMode;
import dev.lintel.messages.DoorMessages.UnlockDoor;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** The doors: how they are, PINs, an operator's hand. Names are told only to who may see who is enrolled. */
final class DoorRoutes {
    /** A PIN is hashed slowly on purpose, and a relay may take its time. */
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final Bus bus;

    DoorRoutes(Bus bus) {
        this.bus = bus;
    }

    Map<String, ApiRouter.Handler> operations() {
        return Map.of(
                "listDoors", this::list,
                "enterPin", this::enterPin,
                "unlockDoor", this::unlock,
                "setDoorMode", this::setMode,
                "reportSensor", this::sensor,
                "forgivePassback", this::forgive);
    }

    private Future<Reply> list(Call call) {
        return bus.ask(DoorMessages.LIST, new ListDoors(call.deadline(TIMEOUT)))
                .compose(Call::valueOf)
                .map(list -> Reply.json(new JsonObject()
                        .put(
                                "doors",
                                new JsonArray(list.doors().stream()
                                        .map(status -> json(status, call))
                                        .toList()))));
    }

    private Future<Reply> enterPin(Call call) {
        JsonObject body = call.json().getJsonObject();
        String named = body.getString("label");
        return Call.valueOf(Pin.parse(body.getString("pin")))
                .compose(pin -> (named == null ? Future.<Label>succeededFuture() : Call.valueOf(Label.parse(named)))
                        .compose(label -> bus.ask(
                                DoorMessages.ENTER_PIN,
                                new EnterPin(call.text("door", ""), label, pin, call.deadline(TIMEOUT)))))
                .compose(Call::valueOf)
                .map(decision -> Reply.json(json(decision, call)));
    }

    private Future<Reply> unlock(Call call) {
        return bus.ask(
                        DoorMessages.UNLOCK,
                        new UnlockDoor(call.text("door", ""), call.who().name(), call.deadline(TIMEOUT)))
                .compose(Call::valueOf)
                .map(decision -> Reply.json(json(decision, call)));
    }

    private Future<Reply> setMode(Call call) {
        JsonObject body = call.json().getJsonObject();
        DoorMode mode =
                DoorMode.valueOf(body.getString("mode").toUpperCase(Locale.ROOT).replace('-', '_'));
        String end = body.getString("until");
        Instant until = end == null ? null : Times.instant("until", end);
        if (until != null && !until.isAfter(Instant.now())) {
            throw Problem.invalid("until: must be in the future").exception();
        }
        call.remark("mode", body.getString("mode"));
        ModeSetting setting = new ModeSetting(mode, mode == DoorMode.NORMAL ? null : until);
        return bus.ask(
                        DoorMessages.SET_MODE,
                        new SetDoorMode(
                                call.text("door", ""), setting, call.who().name(), call.deadline(TIMEOUT)))
                .compose(Call::valueOf)
                .map(status -> Reply.json(json(status, call)));
    }

    private Future<Reply> sensor(Call call) {
        boolean open = call.json().getJsonObject().getBoolean("open");
        return bus.ask(
                        DoorMessages.REPORT_SENSOR,
                        new ReportSensor(call.text("door", ""), open, call.deadline(TIMEOUT)))
                .compose(Call::valueOf)
                .map(status -> Reply.json(json(status, call)));
    }

    private Future<Reply> forgive(Call call) {
        return Call.valueOf(call.label())
                .compose(label -> bus.ask(
                                DoorMessages.FORGIVE,
                                new ForgivePassback(label, call.who().name(), call.deadline(TIMEOUT)))
                        .compose(Call::valueOf)
                        .map(forgiven -> Reply.json(
                                new JsonObject().put("label", label.text()).put("forgiven", forgiven))));
    }

    private static JsonObject json(DoorStatus status, Call call) {
        return new JsonObject()
                .put("id", status.door())
                .put("mode", name(status.mode().mode()))
                .put("mode_until", text(status.mode().until()))
                .put("lock", name(status.lock()))
                .put("sensor", name(status.sensor()))
                .put("sensor_since", text(status.since()))
                .put("held_open", status.heldOpen())
                .put(
                        "last_decision",
                        status.lastDecision()
                                .map(decision -> json(decision, call))
                                .orElse(null));
    }

    /** Names are for those who may see who is enrolled. */
    private static JsonObject json(Decision decision, Call call) {
        Naming naming = call.who().seesPeople() ? Naming.FULL : Naming.NONE;
        return new JsonObject(EventDocument.write(DoorEvent.of(decision), naming, Instant.now()));
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String text(Instant time) {
        return time == null ? null : time.toString();
    }
}

package dev.lintel.gateway;

import dev.lintel.bus.Bus;
import dev.lintel.face.Label;
import dev.lintel.messages.PeopleMessages.Enrolment;
import dev.lintel.messages.VisitorMessages;
import dev.lintel.messages.VisitorMessages.ForgetVisitors;
import dev.lintel.messages.VisitorMessages.IgnoreVisitors;
import dev.lintel.messages.VisitorMessages.ListVisitors;
import dev.lintel.messages.VisitorMessages.VisitorGroup;
import dev.lintel.messages.VisitorMessages.Visitors;
import dev.lintel.recognition.RecognitionFlow;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** Unknown people who were seen lately: list, give a name, ignore, forget. */
final class VisitorRoutes {
    private final Bus bus;
    private final RecognitionFlow flow;

    VisitorRoutes(Bus bus, RecognitionFlow flow) {
        this.bus = bus;
        this.flow = flow;
    }

    Map<String, ApiRouter.Handler> operations() {
        return Map.of(
                "listVisitors", this::list,
                "assignVisitors", this::assign,
                "ignoreVisitors", this::ignore,
                "forgetVisitors", this::forget);
    }

    private Future<Reply> list(Call call) {
        return bus.ask(
                        VisitorMessages.LIST,
                        new ListVisitors(call.flag("ignored"), flow.unlikeSimilarity(), call.deadline(1)))
                .compose(Call::valueOf)
                .map(visitors -> Reply.json(json(visitors)));
    }

    private Future<Reply> assign(Call call) {
        String wanted = call.json().getJsonObject().getString("label");
        return Call.valueOf(Label.parse(wanted))
                .compose(label -> flow.assignVisitors(
                        call.id("id"),
                        label,
                        call.text("duplicate", "refuse").equals("allow"),
                        call.text("mixed", "refuse").equals("allow"),
                        call.text("liveness", "proven").equals("any"),
                        call.who().administrates(),
                        call.deadline(1)))
                .compose(Call::valueOf)
                .map(enrolment -> Reply.json(new JsonObject()
                        .put("label", enrolment.label().text())
                        .put(
                                "enrolled",
                                enrolment.results().stream()
                                        .filter(Enrolment.Result::stored)
                                        .count())
                        .put("total", enrolment.total())));
    }

    private Future<Reply> ignore(Call call) {
        return bus.ask(VisitorMessages.IGNORE, new IgnoreVisitors(call.id("id"), call.deadline(1)))
                .compose(Call::valueOf)
                .map(group -> Reply.json(json(group)));
    }

    private Future<Reply> forget(Call call) {
        return bus.ask(VisitorMessages.FORGET, new ForgetVisitors(call.id("id"), call.deadline(1)))
                .compose(Call::valueOf)
                .map(gone -> Reply.json(new JsonObject().put("id", gone.group()).put("visits", gone.visits())));
    }

    private JsonObject json(Visitors visitors) {
        JsonArray groups = new JsonArray();
        visitors.groups().forEach(group -> groups.add(json(group)));
        return new JsonObject().put("keep_seconds", visitors.keep().toSeconds()).put("visitors", groups);
    }

    private JsonObject json(VisitorGroup group) {
        JsonArray resembles = new JsonArray();
        group.resembles()
                .forEach(person -> resembles.add(new JsonObject()
                        .put("label", person.label().text())
                        .put("distance", flow.distance(person.similarity()))));
        return new JsonObject()
                .put("id", group.id())
                .put("ignored", group.ignored())
                .put("visits", group.visits())
                .put("live", group.live())
                .put("first", group.first().toString())
                .put("last", group.last().toString())
                .put("cameras", new JsonArray(group.cameras()))
                .put("until", group.until().toString())
                .put("resembles", resembles);
    }
}

package dev.lintel.gateway;

import dev.lintel.access.ActReasons;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.EventFilter;
import dev.lintel.access.Reason;
import dev.lintel.access.Recorded;
import dev.lintel.attendance.Csv;
import dev.lintel.attendance.Sheet;
import dev.lintel.bus.Bus;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.messages.EventMessages;
import dev.lintel.messages.EventMessages.EventPage;
import dev.lintel.messages.EventMessages.ListEvents;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Who did what to the box, from the event log. */
final class AuditRoutes {
    private static final List<String> HEADER =
            List.of("sequence", "at", "by", "role", "from", "act", "label", "details", "detail");

    private final Bus bus;

    AuditRoutes(Bus bus) {
        this.bus = bus;
    }

    Map<String, ApiRouter.Handler> operations() {
        return Map.of("audit", this::audit);
    }

    private Future<Reply> audit(Call call) {
        Outcome<Label> anybody = Outcome.done(null);
        return Call.valueOf(call.text("label").map(Label::parse).orElse(anybody))
                .compose(person -> bus.ask(
                        EventMessages.LIST,
                        new ListEvents(
                                new EventFilter(
                                        null,
                                        null,
                                        DoorEvent.Kind.ACT,
                                        null,
                                        person,
                                        Times.instant(call, "from").orElse(null),
                                        Times.instant(call, "to").orElse(null)),
                                call.wholeNumber("before", Long.MAX_VALUE),
                                call.integer("limit", 100),
                                call.deadline(1))))
                .compose(Call::valueOf)
                .map(page -> Format.of(call) == Format.CSV ? csv(call, page) : Reply.json(json(page)));
    }

    private static Reply csv(Call call, EventPage page) {
        List<List<Object>> rows = new ArrayList<>();
        page.events().forEach(recorded -> rows.add(row(recorded)));
        Csv csv = new Csv(call.text("separator", "comma").equals("comma") ? ',' : ';', call.flag("bom"));
        return Reply.download(
                "text/csv; charset=utf-8", "audit.csv", Buffer.buffer(csv.write(new Sheet("audit", HEADER, rows))));
    }

    private static List<Object> row(Recorded recorded) {
        JsonObject entry = json(recorded);
        List<Object> cells = new ArrayList<>();
        for (String column : HEADER) {
            Object value = entry.getValue(column);
            cells.add(
                    value instanceof JsonObject details
                            ? details.stream()
                                    .map(one -> one.getKey() + "=" + one.getValue())
                                    .collect(Collectors.joining(" "))
                            : value);
        }
        return cells;
    }

    private static JsonObject json(EventPage page) {
        JsonArray acts = new JsonArray();
        page.events().forEach(recorded -> acts.add(json(recorded)));
        boolean more = page.more() && !page.events().isEmpty();
        return new JsonObject()
                .put("acts", acts)
                .put("next", more ? page.events().get(page.events().size() - 1).sequence() : null);
    }

    private static JsonObject json(Recorded recorded) {
        DoorEvent event = recorded.event();
        Reason act = event.reasons().get(0);
        Map<String, String> who = event.reasons().get(1).words();
        JsonObject details = new JsonObject();
        act.words().forEach(details::put);
        return new JsonObject()
                .put("sequence", recorded.sequence())
                .put("at", event.at().toString())
                .put("by", who.get("by"))
                .put("role", who.get("role"))
                .put("from", who.get("from"))
                .put("act", act.code().substring(ActReasons.CODE.length()))
                .put("label", event.whom().map(Label::text).orElse(null))
                .put("details", details)
                .put("detail", event.detail());
    }
}

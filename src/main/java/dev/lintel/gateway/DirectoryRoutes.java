package dev.lintel.gateway;

import dev.lintel.access.PutResult;
import dev.lintel.bus.Bus;
import dev.lintel.face.Details;
import dev.lintel.face.Label;
import dev.lintel.face.Person;
import dev.lintel.messages.PeopleMessages;
import dev.lintel.messages.PeopleMessages.DescribePerson;
import dev.lintel.messages.PeopleMessages.FindPeople;
import dev.lintel.messages.PeopleMessages.PutPerson;
import dev.lintel.messages.PeopleMessages.SetActive;
import dev.lintel.recognition.RecognitionFlow;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Map;

/** What the operator's own system says of people: numbers, notes and fields, who is active. */
final class DirectoryRoutes {
    private final Bus bus;
    private final RecognitionFlow flow;

    /** @param flow knows the model in use */
    DirectoryRoutes(Bus bus, RecognitionFlow flow) {
        this.bus = bus;
        this.flow = flow;
    }

    Map<String, ApiRouter.Handler> operations() {
        return Map.of(
                "findPeople", this::find,
                "describePerson", this::describe,
                "setActive", this::setActive,
                "getPersonByExternalId", this::get,
                "putPersonByExternalId", this::put);
    }

    private Future<Reply> find(Call call) {
        Boolean active = call.whether("active").orElse(null);
        return Future.succeededFuture()
                .compose(v -> bus.ask(
                        PeopleMessages.FIND,
                        new FindPeople(
                                call.text("external_id")
                                        .map(raw -> filled(externalId(raw)))
                                        .orElse(""),
                                call.text("text", ""),
                                active,
                                call.text("after", ""),
                                call.integer("limit", 100),
                                call.deadline(1))))
                .compose(Call::valueOf)
                .map(page -> Reply.json(PeopleRoutes.json(page)));
    }

    private Future<Reply> describe(Call call) {
        Details.Change change = DetailsJson.change(call.json().getJsonObject());
        return Call.valueOf(call.label())
                .compose(label -> bus.ask(PeopleMessages.DESCRIBE, new DescribePerson(label, change, call.deadline(1))))
                .compose(Call::valueOf)
                .map(this::reply);
    }

    private Future<Reply> setActive(Call call) {
        boolean active = call.json().getJsonObject().getBoolean("active");
        return Call.valueOf(call.label())
                .compose(label -> bus.ask(PeopleMessages.SET_ACTIVE, new SetActive(label, active, call.deadline(1))))
                .compose(Call::valueOf)
                .map(this::reply);
    }

    private Future<Reply> get(Call call) {
        return bus.ask(PeopleMessages.FIND, new FindPeople(named(call), "", null, "", 1, call.deadline(1)))
                .compose(Call::valueOf)
                .compose(page -> page.people().isEmpty()
                        ? Future.failedFuture(new Problem(
                                        404,
                                        "unknown_person",
                                        "nobody has this external_id: make the person with PUT, or search /people")
                                .exception())
                        : bus.ask(
                                        PeopleMessages.GET,
                                        new PeopleMessages.GetPerson(
                                                page.people().get(0).label(), call.deadline(1)))
                                .compose(Call::valueOf))
                .map(this::reply);
    }

    private Future<Reply> put(Call call) {
        JsonObject body = call.json().getJsonObject();
        Details.Change change = DetailsJson.change(body);
        String externalId = named(call);
        return Call.valueOf(Label.parse(body.getString("label")))
                .compose(label -> bus.ask(
                        PeopleMessages.PUT,
                        new PutPerson(externalId, label, change, body.getBoolean("active"), call.deadline(1))))
                .compose(Call::valueOf)
                .compose(done -> {
                    JsonObject answer = new JsonObject()
                            .put("result", done.what().name().toLowerCase(Locale.ROOT))
                            .put("person", PeopleRoutes.json(done.person(), flow.modelId()));
                    return done.what() == PutResult.CREATED
                            ? flow.alike(done.person().label(), call.deadline(1))
                                    .map(found -> Reply.json(FaceJson.withTwins(answer, found)))
                            : Future.succeededFuture(Reply.json(answer));
                });
    }

    private Reply reply(Person person) {
        return Reply.json(PeopleRoutes.json(person, flow.modelId()));
    }

    private static String named(Call call) {
        return filled(externalId(call.text("external_id", "")));
    }

    /** A blank number is nobody's; taken for no question it would be answered with everybody. */
    private static String filled(String externalId) {
        if (externalId.isEmpty()) {
            throw Problem.invalid("the external_id is empty").exception();
        }
        return externalId;
    }

    private static String externalId(String raw) {
        try {
            return Details.externalId(raw);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(e.getMessage()).exception();
        }
    }
}

package dev.lintel.gateway;

import dev.lintel.access.PersonData;
import dev.lintel.bus.Bus;
import dev.lintel.face.EncodedImage;
import dev.lintel.face.Person;
import dev.lintel.messages.PeopleMessages;
import dev.lintel.messages.PeopleMessages.CollectPersonData;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Everything about one person, for the person. */
final class PersonDataRoutes {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final Bus bus;

    PersonDataRoutes(Bus bus) {
        this.bus = bus;
    }

    Map<String, ApiRouter.Handler> operations() {
        return Map.of("personData", this::data);
    }

    private Future<Reply> data(Call call) {
        return Call.valueOf(call.label())
                .compose(label ->
                        bus.ask(PeopleMessages.PERSON_DATA, new CollectPersonData(label, call.deadline(TIMEOUT))))
                .compose(Call::valueOf)
                .compose(data -> call.vertx().executeBlocking(() -> json(data).toBuffer(), false))
                .map(PersonDataRoutes::reply);
    }

    private static Reply reply(Buffer json) {
        return Reply.download("application/json", "person-data.json", json);
    }

    /** Beside each its picture, where one is kept. */
    private static JsonArray templates(PersonData data) {
        JsonArray templates = new JsonArray();
        for (int i = 0; i < data.templates().size(); i++) {
            JsonObject template = GalleryJson.json(data.templates().get(i));
            EncodedImage picture = data.pictures().get(i);
            templates.add(picture == null ? template : template.put("picture", picture.bytes()));
        }
        return templates;
    }

    private static JsonObject json(PersonData data) {
        Person person = data.person();
        JsonObject json = DetailsJson.add(
                new JsonObject().put("label", person.label().text()), person.details(), person.inactiveSince());
        if (data.consent() != null) {
            json.put("consent", ConsentJson.write(data.consent()));
        }
        return json.put("created_at", person.createdAt().toString())
                .put("updated_at", person.updatedAt().toString())
                .put("collected_at", Instant.now().toString())
                .put("templates", templates(data))
                .put("access", RightsJson.write(data.access()))
                .put(
                        "visits",
                        new JsonArray(data.visits().stream()
                                .map(visit -> new JsonObject()
                                        .put("at", visit.at().toString())
                                        .put("camera", visit.camera())
                                        .put("live", visit.live()))
                                .toList()))
                .put(
                        "events",
                        new JsonArray(
                                data.events().stream().map(EventJson::event).toList()))
                .put(
                        "attendance",
                        new JsonArray(data.attendance().stream()
                                .map(AttendanceJson::json)
                                .toList()));
    }
}

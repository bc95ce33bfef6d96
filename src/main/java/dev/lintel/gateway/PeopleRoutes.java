package dev.lintel.gateway;

import static java.util.Map.entry;

import dev.lintel.access.OnDeletion;
import dev.lintel.access.Receipt;
import dev.lintel.access.ReceiptDocument;
import dev.lintel.bus.Bus;
import dev.lintel.face.Label;
import dev.lintel.face.Person;
import dev.lintel.messages.BackupMessages;
import dev.lintel.messages.BackupMessages.ExportGallery;
import dev.lintel.messages.PeopleMessages;
import dev.lintel.messages.PeopleMessages.ChangeTemplate;
import dev.lintel.messages.PeopleMessages.CheckPeople;
import dev.lintel.messages.PeopleMessages.DeletePerson;
import dev.lintel.messages.PeopleMessages.DeleteTemplate;
import dev.lintel.messages.PeopleMessages.Deletion;
import dev.lintel.messages.PeopleMessages.FindPicture;
import dev.lintel.messages.PeopleMessages.GetPerson;
import dev.lintel.messages.PeopleMessages.ListPeople;
import dev.lintel.messages.PeopleMessages.PeopleCheck;
import dev.lintel.messages.PeopleMessages.PeoplePage;
import dev.lintel.messages.PeopleMessages.RenamePerson;
import dev.lintel.recognition.RecognitionFlow;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Who is enrolled: list, rename, delete, back up, restore. */
final class PeopleRoutes {
    /** A backup of a large gallery takes longer than a question about a face. */
    private static final Duration BACKUP_TIMEOUT = Duration.ofMinutes(2);

    private final Bus bus;
    private final RecognitionFlow flow;
    private final String comingModel;
    private final GatewayConfig config;

    /** One backup at a time: each is held in memory, beyond the budget of the other uploads. */
    private final AtomicBoolean importing = new AtomicBoolean();

    /**
     * @param flow knows the model in use and its scale
     * @param comingModel the model that is to be used next; the one in use, if none is
     */
    PeopleRoutes(Bus bus, RecognitionFlow flow, String comingModel, GatewayConfig config) {
        this.bus = bus;
        this.flow = flow;
        this.comingModel = comingModel;
        this.config = config;
    }

    Map<String, ApiRouter.Handler> operations() {
        return Map.ofEntries(
                entry("list", this::list),
                entry("getPerson", this::get),
                entry("renamePerson", this::rename),
                entry("deletePerson", this::delete),
                entry("delete", this::delete),
                entry("deleteTemplate", this::deleteTemplate),
                entry("changeTemplate", this::changeTemplate),
                entry("templatePicture", this::picture),
                entry("checkGallery", this::check),
                entry("export", this::export),
                entry("import", this::restore));
    }

    private Future<Reply> list(Call call) {
        return bus.ask(
                        PeopleMessages.LIST,
                        new ListPeople(
                                call.text("after", ""),
                                call.integer("limit", 100),
                                call.flag("missing") ? comingModel : null,
                                call.deadline(1)))
                .compose(Call::valueOf)
                .map(page -> Reply.json(json(page)));
    }

    private Future<Reply> get(Call call) {
        return Call.valueOf(call.label())
                .compose(label -> bus.ask(PeopleMessages.GET, new GetPerson(label, call.deadline(1))))
                .compose(Call::valueOf)
                .compose(person -> bus.ask(
                                PeopleMessages.CHECK, new CheckPeople(person.label(), "", 1, call.deadline(1)))
                        .compose(Call::valueOf)
                        .map(check -> Reply.json(withFits(json(person), check))));
    }

    /** Beside each template that is compared, how it fits. */
    private JsonObject withFits(JsonObject person, PeopleCheck check) {
        for (PeopleCheck.Fit fit : check.fits()) {
            person.getJsonArray("templates").stream()
                    .map(JsonObject.class::cast)
                    .filter(template -> template.getLong("id") == fit.id())
                    .forEach(template -> template.put("fit", fit(fit)));
        }
        return person;
    }

    private Future<Reply> picture(Call call) {
        return Call.valueOf(call.label())
                .compose(label -> bus.ask(
                        PeopleMessages.PICTURE, new FindPicture(label, call.wholeNumber("id", 0), call.deadline(1))))
                .compose(Call::valueOf)
                .map(picture -> Reply.of(200, "image/png", Buffer.buffer(picture.bytes())));
    }

    private Future<Reply> check(Call call) {
        return bus.ask(
                        PeopleMessages.CHECK,
                        new CheckPeople(
                                null,
                                call.text("after", ""),
                                call.integer("limit", 100),
                                call.deadline(BACKUP_TIMEOUT)))
                .compose(Call::valueOf)
                .map(check -> {
                    JsonArray findings = new JsonArray();
                    check.fits().stream()
                            .filter(fit ->
                                    fit.unlike(flow.unlikeSimilarity()) || fit.another(flow.duplicateSimilarity()))
                            .forEach(fit -> findings.add(
                                    fit(fit).put("label", fit.label().text()).put("template_id", fit.id())));
                    return Reply.json(new JsonObject()
                            .put("people", check.people())
                            .put("templates", check.fits().size())
                            .put("findings", findings)
                            .put("next", check.next()));
                });
    }

    private JsonObject fit(PeopleCheck.Fit fit) {
        JsonObject json = new JsonObject()
                .put("own_similarity", fit.own())
                .put("own_distance", fit.own() == null ? null : flow.distance(fit.own()))
                .put("unlike_others", fit.unlike(flow.unlikeSimilarity()))
                .put("nearer_to_another", fit.another(flow.duplicateSimilarity()));
        return fit.other() == null
                ? json
                : json.put(
                        "other",
                        new JsonObject()
                                .put("label", fit.other().label().text())
                                .put("similarity", fit.other().similarity())
                                .put("distance", flow.distance(fit.other().similarity())));
    }

    private Future<Reply> changeTemplate(Call call) {
        JsonObject body = call.json().getJsonObject();
        String to = body.getString("label");
        Future<Label> moveTo = to == null ? Future.succeededFuture() : Call.valueOf(Label.parse(to));
        return Call.valueOf(call.label())
                .compose(label -> moveTo.compose(other -> bus.ask(
                        PeopleMessages.CHANGE_TEMPLATE,
                        new ChangeTemplate(
                                label, call.id("id"), body.getBoolean("set_aside"), other, call.deadline(1)))))
                .compose(Call::valueOf)
                .map(person -> Reply.json(json(person)));
    }

    private Future<Reply> rename(Call call) {
        String wanted = call.json().getJsonObject().getString("label");
        return Call.valueOf(call.label())
                .compose(from -> Call.valueOf(Label.parse(wanted))
                        .compose(to -> bus.ask(
                                PeopleMessages.RENAME,
                                new RenamePerson(
                                        from,
                                        to,
                                        call.flag("merge"),
                                        call.text("mixed", "refuse").equals("allow") ? -1 : flow.unlikeSimilarity(),
                                        call.who().administrates(),
                                        call.deadline(1)))))
                .compose(Call::valueOf)
                .map(person -> Reply.json(json(person)));
    }

    private Future<Reply> delete(Call call) {
        return Call.valueOf(call.label())
                .compose(label ->
                        bus.ask(PeopleMessages.DELETE, new DeletePerson(label, attendance(call), call.deadline(1))))
                .compose(Call::valueOf)
                .map(deletion -> reply(call, deletion));
    }

    /** With the receipt as it is asked for. */
    static Reply reply(Call call, Deletion deletion) {
        Receipt receipt = deletion.receipt();
        return switch (receipt == null ? "none" : call.text("receipt", "none")) {
            case "text" ->
                Reply.download(
                        "text/plain; charset=utf-8", "receipt.txt", Buffer.buffer(ReceiptDocument.text(receipt)));
            case "html" ->
                Reply.download(
                        "text/html; charset=utf-8", "receipt.html", Buffer.buffer(ReceiptDocument.html(receipt)));
            case "json" -> Reply.json(json(deletion).put("receipt", new JsonObject(ReceiptDocument.write(receipt))));
            default -> Reply.json(json(deletion));
        };
    }

    /** Null if the caller leaves it to the configuration. */
    static OnDeletion attendance(Call call) {
        return call.text("attendance")
                .map(fate -> OnDeletion.valueOf(fate.toUpperCase(Locale.ROOT)))
                .orElse(null);
    }

    private Future<Reply> deleteTemplate(Call call) {
        return Call.valueOf(call.label())
                .compose(label -> bus.ask(
                        PeopleMessages.DELETE_TEMPLATE,
                        new DeleteTemplate(label, call.id("id"), attendance(call), call.deadline(1))))
                .compose(Call::valueOf)
                .map(deletion -> Reply.json(json(deletion)));
    }

    private Future<Reply> export(Call call) {
        return bus.ask(BackupMessages.EXPORT, new ExportGallery(call.deadline(BACKUP_TIMEOUT)))
                .compose(Call::valueOf)
                .map(dump -> Reply.jsonInParts(GalleryJson.write(dump)));
    }

    private Future<Reply> restore(Call call) {
        if (!importing.compareAndSet(false, true)) {
            return Future.failedFuture(Problem.overloaded("another backup is being imported: try again later")
                    .exception());
        }
        return call.jsonStream(config.maxImport())
                .compose(body -> new BackupUpload(
                                call.vertx(),
                                bus,
                                new GalleryReader(body, body::size, body.most()),
                                call.deadline(BACKUP_TIMEOUT))
                        .store())
                .map(done -> Reply.json(new JsonObject()
                        .put("without_consent", done.withoutConsent())
                        .put("imported", done.imported())
                        .put("skipped", done.skipped())
                        .put("people", done.people())))
                .eventually(() -> {
                    importing.set(false);
                    return Future.succeededFuture();
                });
    }

    static JsonObject json(PeoplePage page) {
        JsonArray people = new JsonArray();
        page.people()
                .forEach(person -> people.add(DetailsJson.add(
                        new JsonObject()
                                .put("label", person.label().text())
                                .put("count", person.templates())
                                .put("created_at", person.createdAt().toString())
                                .put("updated_at", person.updatedAt().toString()),
                        person.details(),
                        person.inactiveSince())));
        boolean more = page.more() && !page.people().isEmpty();
        return new JsonObject()
                .put("people", people)
                .put("total", page.total())
                .put(
                        "next",
                        more
                                ? page.people()
                                        .get(page.people().size() - 1)
                                        .label()
                                        .text()
                                : null);
    }

    private JsonObject json(Person person) {
        return json(person, flow.modelId());
    }

    /** @param modelId of the model in use */
    static JsonObject json(Person person, String modelId) {
        JsonArray templates = new JsonArray();
        person.templates().forEach(template -> {
            JsonObject one = new JsonObject()
                    .put("id", template.id())
                    .put("model_id", template.modelId())
                    .put("created_at", template.createdAt().toString())
                    .put("quality", template.quality())
                    .put("comparable", template.modelId().equals(modelId) && !template.damaged())
                    .put("set_aside", template.setAside())
                    .put("picture", template.picture());
            templates.add(template.damaged() ? one.put("damaged", true) : one);
        });
        JsonObject json = new JsonObject()
                .put("label", person.label().text())
                .put("count", person.templates().size())
                .put("created_at", person.createdAt().toString())
                .put("updated_at", person.updatedAt().toString())
                .put("templates", templates);
        return DetailsJson.add(json, person.details(), person.inactiveSince());
    }

    private static JsonObject json(Deletion deletion) {
        return new JsonObject()
                .put("label", deletion.label().text())
                .put("deleted", deletion.templates())
                .put("remaining", deletion.remaining());
    }
}

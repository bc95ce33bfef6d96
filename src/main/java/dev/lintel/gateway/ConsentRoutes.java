package dev.lintel.gateway;

import dev.lintel.access.Consent;
import dev.lintel.access.ReceiptDocument;
import dev.lintel.bus.Bus;
import dev.lintel.face.Label;
import dev.lintel.messages.ConsentMessages;
import dev.lintel.messages.ConsentMessages.CheckReceipt;
import dev.lintel.messages.ConsentMessages.GetConsent;
import dev.lintel.messages.ConsentMessages.GiveConsent;
import dev.lintel.messages.ConsentMessages.ListConsents;
import dev.lintel.messages.ConsentMessages.WithdrawConsent;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;

/** Who agreed to be recognised; and whether a receipt for a deletion is genuine. */
final class ConsentRoutes {
    private final Bus bus;

    ConsentRoutes(Bus bus) {
        this.bus = bus;
    }

    Map<String, ApiRouter.Handler> operations() {
        return Map.of(
                "getConsent", this::get,
                "giveConsent", this::give,
                "withdrawConsent", this::withdraw,
                "listConsents", this::list,
                "verifyReceipt", this::verify);
    }

    private Future<Reply> get(Call call) {
        return Call.valueOf(call.label())
                .compose(label -> bus.ask(ConsentMessages.GET, new GetConsent(label, call.deadline(1))))
                .compose(Call::valueOf)
                .map(consent -> Reply.json(ConsentJson.write(consent)));
    }

    private Future<Reply> list(Call call) {
        return bus.ask(
                        ConsentMessages.LIST,
                        new ListConsents(
                                Times.instant(call, "ending_before").orElse(null),
                                call.text("after", ""),
                                call.integer("limit", 100),
                                call.deadline(1)))
                .compose(Call::valueOf)
                .map(page -> {
                    JsonArray consents = new JsonArray();
                    page.consents().forEach(consent -> consents.add(ConsentJson.write(consent)));
                    return Reply.json(new JsonObject()
                            .put("consents", consents)
                            .put(
                                    "next",
                                    page.more()
                                            ? page.consents()
                                                    .get(page.consents().size() - 1)
                                                    .person()
                                                    .text()
                                            : null));
                });
    }

    private Future<Reply> give(Call call) {
        JsonObject body = call.json().getJsonObject();
        return Call.valueOf(call.label())
                .compose(label -> bus.ask(
                        ConsentMessages.GIVE, new GiveConsent(consent(label, body, call.caller()), call.deadline(1))))
                .compose(Call::valueOf)
                .map(consent -> Reply.json(ConsentJson.write(consent)));
    }

    private static Consent consent(Label label, JsonObject body, String author) {
        Instant now = Instant.ofEpochMilli(Instant.now().toEpochMilli());
        String given = body.getString("given_at");
        String until = body.getString("until");
        Instant givenAt = given == null ? now : millis(Times.instant("given_at", given));
        if (givenAt.isAfter(now)) {
            throw Problem.invalid("given_at: must not be in the future").exception();
        }
        Instant ends = until == null ? null : millis(Times.instant("until", until));
        if (ends != null && !ends.isAfter(now)) {
            throw Problem.invalid("until: must be in the future, or left out").exception();
        }
        try {
            return new Consent(
                    label,
                    body.getString("given_by", ""),
                    givenAt,
                    body.getJsonArray("purposes").stream()
                            .map(String.class::cast)
                            .toList(),
                    ends,
                    body.getString("evidence", ""),
                    author,
                    now,
                    null);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(e.getMessage()).exception();
        }
    }

    private static Instant millis(Instant time) {
        return Instant.ofEpochMilli(time.toEpochMilli());
    }

    private Future<Reply> withdraw(Call call) {
        boolean deletes = call.text("faces", "").equals("delete");
        return Call.valueOf(call.label())
                .compose(label -> bus.ask(
                        ConsentMessages.WITHDRAW,
                        new WithdrawConsent(
                                label,
                                call.text("how", ""),
                                call.caller(),
                                deletes,
                                PeopleRoutes.attendance(call),
                                call.deadline(1))))
                .compose(Call::valueOf)
                .map(done -> done.deletion() == null
                        ? Reply.json(new JsonObject()
                                .put("set_aside", done.setAside())
                                .put("consent", ConsentJson.write(done.consent())))
                        : PeopleRoutes.reply(call, done.deletion()));
    }

    private Future<Reply> verify(Call call) {
        CheckReceipt question;
        try {
            question = new CheckReceipt(
                    ReceiptDocument.read(
                            new JsonObject(call.json().getJsonObject().encode()).getMap()),
                    call.deadline(1));
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(e.getMessage()).exception();
        }
        return bus.ask(ConsentMessages.CHECK_RECEIPT, question)
                .compose(Call::valueOf)
                .map(
                        check -> Reply.json(
                                new JsonObject()
                                        .put("genuine", check.genuine())
                                        .put("own_key", check.ownKey())
                                        .put(
                                                "detail",
                                                check.genuine()
                                                        ? "this box made this receipt, and nothing in it was changed"
                                                        : check.ownKey()
                                                                ? "something in this receipt was changed"
                                                                : "this receipt was made with another key: another box's, or a former one's")));
    }
}

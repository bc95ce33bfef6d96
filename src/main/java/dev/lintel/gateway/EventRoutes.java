package dev.lintel.gateway;

import dev.lintel.access.Decision;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.EventFilter;
import dev.lintel.access.LogCheck;
import dev.lintel.bus.Bus;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.messages.EventMessages;
import dev.lintel.messages.EventMessages.EventPage;
import dev.lintel.messages.EventMessages.ListEvents;
import dev.lintel.messages.EventMessages.VerifyLog;
import dev.lintel.messages.RenewalMessages;
import dev.lintel.messages.RenewalMessages.ConfirmVisit;
import dev.lintel.messages.RenewalMessages.ConfirmedVisit;
import io.vertx.core.Future;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** What happened at the door, and whether the log of it is as the box wrote it. */
final class EventRoutes {
    /** Reading a log of years takes longer than a question about a face. */
    private static final Duration VERIFY_TIMEOUT = Duration.ofMinutes(4);

    /** An embedding by a model that is not the one in use. */
    private static final Duration CONFIRM_TIMEOUT = Duration.ofSeconds(10);

    private final Bus bus;

    EventRoutes(Bus bus) {
        this.bus = bus;
    }

    Map<String, ApiRouter.Handler> operations() {
        return Map.of("events", this::events, "verifyLog", this::verify, "confirmVisit", this::confirm);
    }

    private Future<Reply> events(Call call) {
        return filter(call)
                .compose(filter -> bus.ask(
                        EventMessages.LIST,
                        new ListEvents(
                                filter,
                                call.wholeNumber("before", Long.MAX_VALUE),
                                call.integer("limit", 100),
                                call.deadline(1))))
                .compose(Call::valueOf)
                .map(page -> Reply.json(json(page)));
    }

    private Future<Reply> confirm(Call call) {
        UUID visit = UUID.fromString(call.text("visit", ""));
        return bus.ask(RenewalMessages.CONFIRM, new ConfirmVisit(visit, call.deadline(CONFIRM_TIMEOUT)))
                .recover(EventRoutes::nobodyLearns)
                .compose(Call::valueOf)
                .map(confirmed -> Reply.json(
                        new JsonObject().put("label", confirmed.person().text()).put("learnt", confirmed.learnt())));
    }

    private static Future<Outcome<ConfirmedVisit>> nobodyLearns(Throwable failure) {
        return failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS
                ? Future.succeededFuture(
                        Outcome.refused(
                                Refusal.Code.VIEW_GONE,
                                "no view of any visit is kept: that is so only while a former embedder serves and embedding.from-visits is on"))
                : Future.failedFuture(failure);
    }

    private static Future<EventFilter> filter(Call call) {
        Outcome<Label> nobody = Outcome.done(null);
        return Call.valueOf(call.text("label").map(Label::parse).orElse(nobody))
                .map(person -> new EventFilter(
                        call.text("door").orElse(null),
                        call.text("camera").orElse(null),
                        call.text("kind")
                                .map(kind -> DoorEvent.Kind.valueOf(kind.toUpperCase(Locale.ROOT)))
                                .orElse(null),
                        call.text("verdict")
                                .map(verdict -> Decision.Verdict.valueOf(verdict.toUpperCase(Locale.ROOT)))
                                .orElse(null),
                        person,
                        Times.instant(call, "from").orElse(null),
                        Times.instant(call, "to").orElse(null)));
    }

    private static JsonObject json(EventPage page) {
        JsonArray events =
                new JsonArray(page.events().stream().map(EventJson::event).toList());
        boolean more = page.more() && !page.events().isEmpty();
        return new JsonObject()
                .put("events", events)
                .put("next", more ? page.events().get(page.events().size() - 1).sequence() : null);
    }

    private Future<Reply> verify(Call call) {
        return bus.ask(EventMessages.VERIFY, new VerifyLog(call.deadline(VERIFY_TIMEOUT)))
                .compose(Call::valueOf)
                .map(check -> Reply.json(json(check)));
    }

    private static JsonObject json(LogCheck check) {
        JsonArray books = new JsonArray();
        check.books()
                .forEach(book -> books.add(new JsonObject()
                        .put("name", book.name())
                        .put("entries", book.entries())
                        .put("erased", book.erased())
                        .put("wrong", book.wrong())
                        .put(
                                "findings",
                                new JsonArray(book.findings().stream()
                                        .map(finding -> new JsonObject()
                                                .put("sequence", finding.sequence())
                                                .put("what", finding.what()))
                                        .toList()))));
        return new JsonObject().put("intact", check.intact()).put("books", books);
    }
}

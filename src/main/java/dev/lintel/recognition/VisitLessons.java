package dev.lintel.recognition;

import dev.lintel.access.Decision;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.LiveProof;
import dev.lintel.access.Sighting;
import dev.lintel.bus.Bus;
import dev.lintel.face.Deadline;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.messages.RenewalMessages;
import dev.lintel.messages.RenewalMessages.ConfirmVisit;
import dev.lintel.messages.RenewalMessages.ConfirmedVisit;
import dev.lintel.messages.RenewalMessages.LearnTemplate;
import dev.lintel.messages.RenewalMessages.SeenPerson;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Templates of a coming embedder from visits: of somebody whom the former one recognised and whose PIN, or an operator, said the same.
 * Used from one event loop.
 */
final class VisitLessons {
    private static final Logger LOG = LoggerFactory.getLogger(VisitLessons.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** The rule of a decision that a PIN led to. */
    private static final String PIN = "pin";

    private final Bus bus;
    private final TemplateRenewal.Model model;
    private final SeenPeople views;

    /** @param clock by which the views were taken */
    VisitLessons(Bus bus, TemplateRenewal.Model model, InstantSource clock) {
        this.bus = bus;
        this.model = model;
        this.views = new SeenPeople(clock);
    }

    void seen(SeenPerson person) {
        views.seen(person);
    }

    void forget(Label person) {
        views.forget(person);
    }

    void tidy() {
        views.tidy();
    }

    /** Something was recorded: a right PIN of a live face confirms the visit. */
    void recorded(DoorEvent event) {
        Decision decision = event.decision();
        if (decision == null
                || decision.verdict() != Decision.Verdict.GRANTED
                || !decision.rule().equals(PIN)
                || decision.sighting() == null) {
            return;
        }
        Sighting sighting = decision.sighting();
        boolean same = sighting.nearest() != null && sighting.nearest().label().equals(decision.person());
        if (same && sighting.liveness().state() == LiveProof.State.LIVE) {
            confirm(sighting.visit(), Deadline.after(TIMEOUT))
                    .onFailure(failure -> LOG.warn("a visit gave no template: {}", failure.toString()));
        }
    }

    /** See {@link ConfirmVisit}. */
    Future<Outcome<ConfirmedVisit>> confirm(ConfirmVisit question) {
        return confirm(question.visit(), question.deadline());
    }

    private Future<Outcome<ConfirmedVisit>> confirm(UUID visit, Deadline deadline) {
        return views.take(visit)
                .map(view -> learn(view, deadline))
                .orElseGet(() -> Future.succeededFuture(Outcome.refused(
                        Refusal.Code.VIEW_GONE,
                        "no view of this visit is kept: nobody enrolled was recognised in it, it was confirmed before, or more than "
                                + SeenPeople.KEPT.toMinutes() + " minutes have passed; confirm the next one")));
    }

    private Future<Outcome<ConfirmedVisit>> learn(SeenPerson view, Deadline deadline) {
        return model.embed(List.of(view.crop()), deadline)
                .compose(Steps.then(vectors -> bus.ask(
                        RenewalMessages.LEARN,
                        new LearnTemplate(view.person(), vectors.get(0), view.quality(), view.at(), deadline))))
                .map(outcome -> outcome.map(learnt -> new ConfirmedVisit(view.person(), learnt)));
    }
}

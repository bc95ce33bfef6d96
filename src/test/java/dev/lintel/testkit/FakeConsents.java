package dev.lintel.testkit;

import dev.lintel.access.Consent;
import dev.lintel.bus.Bus;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.messages.ConsentMessages;
import dev.lintel.messages.ConsentMessages.Consents;
import dev.lintel.messages.ConsentMessages.GetConsent;
import dev.lintel.messages.ConsentMessages.GiveConsent;
import dev.lintel.messages.ConsentMessages.ReceiptCheck;
import dev.lintel.messages.ConsentMessages.WithdrawConsent;
import dev.lintel.messages.ConsentMessages.Withdrawn;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Consents in memory; deletes nobody. */
final class FakeConsents {
    private final Map<Label, Consent> consents = new TreeMap<>();

    Future<?> serve(Bus bus) {
        return Future.all(List.of(
                bus.serve(ConsentMessages.GET, question -> answer(get(question))),
                bus.serve(
                        ConsentMessages.LIST,
                        question -> answer(Outcome.done(new Consents(List.copyOf(consents.values()), false)))),
                bus.serve(ConsentMessages.GIVE, question -> answer(give(question))),
                bus.serve(ConsentMessages.WITHDRAW, question -> answer(withdraw(question))),
                bus.serve(
                        ConsentMessages.CHECK_RECEIPT,
                        question -> answer(Outcome.done(new ReceiptCheck(false, false))))));
    }

    private Outcome<Consent> get(GetConsent question) {
        return Optional.ofNullable(consents.get(question.label()))
                .map(Outcome::done)
                .orElseGet(() -> Outcome.refused(Refusal.Code.UNKNOWN_CONSENT, "nothing is on record"));
    }

    private Outcome<Consent> give(GiveConsent question) {
        consents.put(question.consent().person(), question.consent());
        return Outcome.done(question.consent());
    }

    private Outcome<Withdrawn> withdraw(WithdrawConsent question) {
        Consent was = consents.get(question.label());
        if (was == null) {
            return Outcome.refused(Refusal.Code.UNKNOWN_CONSENT, "nothing is on record");
        }
        Consent now = new Consent(
                was.person(),
                was.givenBy(),
                was.givenAt(),
                was.purposes(),
                was.until(),
                was.evidence(),
                was.recordedBy(),
                was.recordedAt(),
                new Consent.Withdrawal(was.recordedAt(), question.how(), question.author()));
        consents.put(question.label(), now);
        return Outcome.done(new Withdrawn(0, now, null));
    }

    private static <T> Future<Outcome<T>> answer(Outcome<T> outcome) {
        return Future.succeededFuture(outcome);
    }
}

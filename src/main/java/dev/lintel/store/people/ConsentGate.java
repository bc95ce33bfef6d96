package dev.lintel.store.people;

import dev.lintel.access.Consent;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.store.sqlite.Tables;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/** Lets nobody be enrolled without a valid consent, where one is required, or against one that was withdrawn. Thread-safe. */
public final class ConsentGate {
    private final boolean required;
    private final InstantSource clock;

    public ConsentGate(boolean required, InstantSource clock) {
        this.required = required;
        this.clock = clock;
    }

    /** Nobody is enrolled against a consent that was withdrawn, whether or not one is required. */
    public <T> Future<Outcome<T>> let(Tables tables, Label label, Supplier<Future<Outcome<T>>> work) {
        return new ConsentTables(tables).find(label).compose(found -> {
            Consent.State state =
                    found.map(consent -> consent.state(clock.instant())).orElse(null);
            if (state == Consent.State.WITHDRAWN) {
                return refused("the consent of this person was withdrawn");
            }
            return !required || state == Consent.State.VALID
                    ? work.get()
                    : refused(
                            state == null
                                    ? "no consent of this person is on record"
                                    : "the consent of this person has ended");
        });
    }

    /** Those of them who may not be enrolled. */
    Future<Set<Label>> keptOut(Tables tables, Set<Label> people) {
        ConsentTables consents = new ConsentTables(tables);
        return consents.any().compose(any -> {
            if (!any) {
                return Future.succeededFuture(required ? Set.copyOf(people) : Set.of());
            }
            Set<Label> out = new HashSet<>();
            Future<?> done = Future.succeededFuture();
            for (Label label : people) {
                done = done.compose(before -> let(tables, label, () -> Future.succeededFuture(Outcome.done(true))))
                        .onSuccess(let -> {
                            if (let instanceof Outcome.Refused) {
                                out.add(label);
                            }
                        });
            }
            return done.map(out);
        });
    }

    private static <T> Future<Outcome<T>> refused(String why) {
        return Future.succeededFuture(Outcome.refused(
                Refusal.Code.CONSENT_MISSING,
                why + ": put one on record first (lintel consent give, PUT /people/NAME/consent)"));
    }
}

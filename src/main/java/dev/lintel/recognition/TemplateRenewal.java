package dev.lintel.recognition;

import dev.lintel.bus.Bus;
import dev.lintel.bus.Timers;
import dev.lintel.face.Deadline;
import dev.lintel.face.Embedding;
import dev.lintel.face.FaceCrop;
import dev.lintel.face.Outcome;
import dev.lintel.messages.RenewalMessages;
import dev.lintel.messages.RenewalMessages.NextViews;
import dev.lintel.messages.RenewalMessages.RenewTemplates;
import dev.lintel.messages.RenewalMessages.Renewed;
import dev.lintel.messages.RenewalMessages.View;
import dev.lintel.messages.RenewalMessages.Views;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes templates anew of the pictures that are kept, by a model that did not make them: a few at a time, and then it rests for as long
 * as it worked, so that a door waits for one portion at most. Goes on for ever, because a picture may come at any time. Begins and runs
 * on one event loop; what it says of itself may be read by any thread.
 */
public final class TemplateRenewal {
    /** Between two looks while there is nothing to do, or after something went wrong. */
    static final Duration LOOK = Duration.ofMinutes(1);

    static final int AT_ONCE = 4;

    private static final Logger LOG = LoggerFactory.getLogger(TemplateRenewal.class);
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final Bus bus;
    private final String modelId;
    private final Model model;
    private final boolean fromVisits;
    private final Runnable finished;
    private final LongSupplier nanos;
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger unseen = new AtomicInteger();

    /** Crops to vectors, in their order. */
    @FunctionalInterface
    public interface Model {
        Future<Outcome<List<Embedding>>> embed(List<FaceCrop> crops, Deadline deadline);
    }

    /**
     * @param modelId of the model that makes them
     * @param fromVisits whether people of whom there is no picture are waited for
     * @param finished told each time when nothing and nobody is waited for any more
     * @param nanos a clock that never jumps
     */
    public TemplateRenewal(
            Bus bus, String modelId, Model model, boolean fromVisits, Runnable finished, LongSupplier nanos) {
        this.bus = bus;
        this.modelId = modelId;
        this.model = model;
        this.fromVisits = fromVisits;
        this.finished = finished;
        this.nanos = nanos;
    }

    public String modelId() {
        return modelId;
    }

    /** Templates that it has made since the start. */
    public int made() {
        return made.get();
    }

    /** Templates that it has still to make. */
    public int waiting() {
        return waiting.get();
    }

    /** People who still have to be seen; 0 where nobody is waited for. */
    public int unseen() {
        return unseen.get();
    }

    /** Once. */
    public void begin(Timers timers) {
        long start = nanos.getAsLong();
        portion()
                .onSuccess(outcome -> outcome.fold(
                        worked -> {
                            timers.after(
                                    worked ? Duration.ofNanos(nanos.getAsLong() - start) : LOOK, () -> begin(timers));
                            return null;
                        },
                        refusal -> {
                            LOG.warn("templates cannot be made anew, trying again later: {}", refusal.detail());
                            timers.after(LOOK, () -> begin(timers));
                            return null;
                        }))
                .onFailure(failure -> {
                    LOG.warn("templates cannot be made anew, trying again later", failure);
                    timers.after(LOOK, () -> begin(timers));
                });
    }

    /** Answers whether there was something to do. */
    private Future<Outcome<Boolean>> portion() {
        return bus.ask(RenewalMessages.NEXT, new NextViews(modelId, AT_ONCE, Deadline.after(TIMEOUT)))
                .compose(Steps.then(this::make));
    }

    private Future<Outcome<Boolean>> make(Views views) {
        waiting.set(views.waiting());
        unseen.set(fromVisits ? views.unseen() : 0);
        if (views.views().isEmpty()) {
            if (made() > 0) {
                LOG.info("{} templates were made anew by {}", made(), modelId);
            }
            if (unseen.get() == 0) {
                finished.run();
            }
            return Future.succeededFuture(Outcome.done(false));
        }
        return model.embed(views.views().stream().map(View::crop).toList(), Deadline.after(TIMEOUT))
                .compose(Steps.then(vectors -> bus.ask(
                        RenewalMessages.RENEW, new RenewTemplates(renewed(views, vectors), Deadline.after(TIMEOUT)))))
                .map(outcome -> outcome.map(taken -> {
                    made.addAndGet(taken);
                    waiting.addAndGet(-views.views().size());
                    return true;
                }));
    }

    private static List<Renewed> renewed(Views views, List<Embedding> vectors) {
        List<Renewed> renewed = new ArrayList<>();
        for (int i = 0; i < vectors.size(); i++) {
            renewed.add(new Renewed(views.views().get(i).template(), vectors.get(i)));
        }
        return renewed;
    }
}

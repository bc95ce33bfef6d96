package dev.lintel.store.people;

import dev.lintel.face.CropPicture;
import dev.lintel.face.Deadline;
import dev.lintel.face.Embedding;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.messages.RenewalMessages.NextViews;
import dev.lintel.messages.RenewalMessages.RenewTemplates;
import dev.lintel.messages.RenewalMessages.Renewed;
import dev.lintel.messages.RenewalMessages.View;
import dev.lintel.messages.RenewalMessages.Views;
import dev.lintel.store.sqlite.Portions;
import dev.lintel.store.sqlite.Transactions;
import dev.lintel.store.sqlite.Transactions.Change;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Templates that another embedding model makes anew of the pictures that are kept. They take the place of the former ones: at once where
 * the model in use made them, else when the store is opened with their model. Thread-safe.
 */
public final class Renewals {
    private static final int PORTION = 500;
    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    private final Transactions transactions;
    private final Gallery gallery;
    private final String modelId;

    /** @param modelId the model in use */
    public Renewals(Transactions transactions, Gallery gallery, String modelId) {
        this.transactions = transactions;
        this.gallery = gallery;
        this.modelId = modelId;
    }

    /** A picture and what it is of. */
    record Kept(long template, byte[] png) {}

    /** What was pushed aside meanwhile is asked for again. */
    public Future<Outcome<Views>> next(NextViews question) {
        if (question.limit() < 1) {
            return Future.succeededFuture(Outcome.refused(Refusal.Code.INVALID_REQUEST, "limit must be at least 1"));
        }
        AtomicInteger waiting = new AtomicInteger();
        return transactions
                .readInBulk(question.deadline(), tables -> {
                    PictureTables pictures = new PictureTables(tables);
                    return pictures.waiting(question.modelId()).compose(number -> {
                        waiting.set(number);
                        return pictures.next(question.modelId(), question.limit())
                                .map(Outcome::done);
                    });
                })
                .compose(answer -> answer.fold(
                        kept -> transactions.offLoop(() -> Outcome.done(new Views(
                                kept.stream()
                                        .map(one -> new View(one.template(), CropPicture.crop(one.png())))
                                        .toList(),
                                waiting.get()))),
                        refusal -> Future.succeededFuture(Outcome.refused(refusal))));
    }

    /** In one transaction, only while nothing urgent waits. */
    public Future<Outcome<Integer>> renew(RenewTemplates question) {
        return transactions.writeInBulk(question, change -> {
            AtomicInteger taken = new AtomicInteger();
            Future<?> done = Future.succeededFuture();
            for (Renewed one : question.templates()) {
                done = done.compose(before -> put(change, one.template(), one.embedding())
                        .onSuccess(was -> {
                            if (was) {
                                taken.incrementAndGet();
                            }
                        }));
            }
            return done.map(all -> Outcome.done(taken.get()));
        });
    }

    private Future<Boolean> put(Change change, long template, Embedding embedding) {
        PictureTables pictures = new PictureTables(change.tables());
        if (!embedding.modelId().equals(modelId)) {
            return pictures.stage(template, embedding);
        }
        return pictures.replace(template, embedding)
                .compose(was -> was
                        ? new PeopleTables(change.tables())
                                .comparable(modelId, template - 1, template, 1)
                                .map(compared -> {
                                    change.afterCommit(() -> {
                                        gallery.remove(template);
                                        gallery.addAll(compared);
                                    });
                                    return true;
                                })
                        : Future.succeededFuture(false));
    }

    /** What this model has made while a former one was in use; to be done before the gallery is read. */
    public Future<?> takeUp() {
        return Portions.untilRefused(() -> transactions.writeInBulk(
                Deadline.after(TIMEOUT),
                change -> new PictureTables(change.tables())
                        .takeUp(modelId, PORTION)
                        .map(taken -> Outcome.done(taken == PORTION))));
    }
}

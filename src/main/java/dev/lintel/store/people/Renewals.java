package dev.lintel.store.people;

import dev.lintel.face.CropPicture;
import dev.lintel.face.Deadline;
import dev.lintel.face.Embedding;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.messages.RenewalMessages.LearnTemplate;
import dev.lintel.messages.RenewalMessages.NextViews;
import dev.lintel.messages.RenewalMessages.RenewTemplates;
import dev.lintel.messages.RenewalMessages.Renewed;
import dev.lintel.messages.RenewalMessages.View;
import dev.lintel.messages.RenewalMessages.Views;
import dev.lintel.store.people.PeopleTables.TemplateRow;
import dev.lintel.store.sqlite.Portions;
import dev.lintel.store.sqlite.Tables;
import dev.lintel.store.sqlite.Transactions;
import dev.lintel.store.sqlite.Transactions.Change;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Templates that another embedding model makes anew of the pictures that are kept. They take the place of the former ones: at once where
 * the model in use made them, else when the store is opened with their model. Thread-safe.
 */
public final class Renewals {
    private static final Logger LOG = LoggerFactory.getLogger(Renewals.class);

    /** Templates of a coming embedder that visits give a person: three views make up for most of what one lacks. */
    public static final int FROM_VISITS = 3;

    private static final int PORTION = 500;
    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    private final Transactions transactions;
    private final Gallery gallery;
    private final ConsentGate consent;
    private final String modelId;

    /** @param modelId the model in use */
    public Renewals(Transactions transactions, Gallery gallery, ConsentGate consent, String modelId) {
        this.transactions = transactions;
        this.gallery = gallery;
        this.consent = consent;
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
        AtomicInteger unseen = new AtomicInteger();
        return transactions
                .readInBulk(question.deadline(), tables -> {
                    PictureTables pictures = new PictureTables(tables);
                    return pictures.waiting(question.modelId())
                            .onSuccess(waiting::set)
                            .compose(counted -> pictures.unseen(modelId, question.modelId()))
                            .onSuccess(unseen::set)
                            .compose(counted -> pictures.next(question.modelId(), question.limit()))
                            .map(Outcome::done);
                })
                .compose(answer -> answer.fold(
                        kept -> transactions
                                .offLoop(() -> new Readable(kept))
                                .compose(read -> read.damaged.isEmpty()
                                        ? Future.succeededFuture(
                                                Outcome.done(new Views(read.views, waiting.get(), unseen.get())))
                                        : forget(read.damaged).compose(gone -> next(question))),
                        refusal -> Future.succeededFuture(Outcome.refused(refusal))));
    }

    /** What is a picture, and of which templates it is none any more. */
    private static final class Readable {
        private final List<View> views = new ArrayList<>();
        private final List<Long> damaged = new ArrayList<>();

        Readable(List<Kept> kept) {
            for (Kept one : kept) {
                try {
                    views.add(new View(one.template(), CropPicture.crop(one.png())));
                } catch (RuntimeException e) {
                    damaged.add(one.template());
                }
            }
        }
    }

    /** Else they would hold up those behind them, and the next model for ever; whoever has no other is listed for a new enrolment. */
    private Future<Outcome<Boolean>> forget(List<Long> damaged) {
        LOG.warn(
                "the pictures of {} templates ({}) are damaged and were removed: 'lintel re-enrol' says who must be enrolled again",
                damaged.size(),
                damaged);
        return transactions.writeInBulk(
                Deadline.after(TIMEOUT),
                change -> new PictureTables(change.tables()).deleteOf(damaged).map(Outcome.done(true)));
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
                                .comparable(modelId, template - 1, template, 1, new HashMap<>())
                                .map(compared -> {
                                    change.afterCommit(() -> {
                                        gallery.remove(template);
                                        gallery.addAll(compared.templates());
                                    });
                                    return true;
                                })
                        : Future.succeededFuture(false));
    }

    /** See {@link LearnTemplate}. */
    public Future<Outcome<Boolean>> learn(LearnTemplate question) {
        if (question.embedding().modelId().equals(modelId)) {
            return Future.succeededFuture(Outcome.refused(
                    Refusal.Code.MODEL_MISMATCH,
                    "a visit gives templates of a coming embedder only, not of the one in use"));
        }
        return transactions.write(
                question,
                change -> People.known(
                        change.tables(),
                        question.person(),
                        person -> new DetailTables(change.tables())
                                .inactive(person.id())
                                .compose(inactive -> inactive
                                        ? Future.succeededFuture(People.inactive())
                                        : consent.let(
                                                change.tables(),
                                                question.person(),
                                                () -> learn(change.tables(), person.id(), question)))));
    }

    private static Future<Outcome<Boolean>> learn(Tables tables, long person, LearnTemplate question) {
        PeopleTables people = new PeopleTables(tables);
        String model = question.embedding().modelId();
        return people.vectors(person).compose(all -> {
            List<TemplateRow> had =
                    all.stream().filter(row -> row.modelId().equals(model)).toList();
            float[] vector = question.embedding().vector();
            return had.size() >= FROM_VISITS || had.stream().anyMatch(row -> StoredVectors.same(row.vector(), vector))
                    ? Future.succeededFuture(Outcome.done(false))
                    : people.nextTemplateId()
                            .compose(id -> people.insertTemplates(List.of(new TemplateRow(
                                    id, person, model, vector, question.quality(), question.at(), false))))
                            .map(inserted -> Outcome.done(true));
        });
    }

    /** What this model has made while a former one was in use; to be done before the gallery is read. */
    public Future<?> takeUp() {
        return Portions.untilRefused(() -> transactions.writeInBulk(
                Deadline.after(TIMEOUT),
                change -> new PictureTables(change.tables())
                        .takeUp(modelId, PORTION)
                        .map(taken -> Outcome.done(taken > 0))));
    }
}

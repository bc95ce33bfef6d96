package dev.lintel.store.people;

import dev.lintel.access.GalleryDump;
import dev.lintel.face.Deadline;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.messages.BackupMessages.ImportResult;
import dev.lintel.store.people.ImportTables.Range;
import dev.lintel.store.sqlite.Portions;
import dev.lintel.store.sqlite.Tables;
import dev.lintel.store.sqlite.Transactions;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a backup back, all of it or nothing, while doors go on deciding. Its rows are written in short portions, hidden by the
 * ids that were set aside for them; one short change then shows all of them. If that does not come about, they are
 * removed; after a crash, at the next start. The gallery follows in portions. Thread-safe: one import at a time.
 */
public final class Imports {
    private static final Logger LOG = LoggerFactory.getLogger(Imports.class);

    /** Templates in a portion: a door waits for one at most, a few milliseconds. */
    private static final int PORTION = 100;

    /** What follows a portion is not given up because an asker has left. */
    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    private final Transactions transactions;
    private final Gallery gallery;
    private final String modelId;

    /** Labels of the running import that were given to somebody else meanwhile. */
    private final Set<Label> givenAway = ConcurrentHashMap.newKeySet();

    private Future<?> last = Future.succeededFuture();
    private volatile boolean running;

    public Imports(Transactions transactions, Gallery gallery, String modelId) {
        this.transactions = transactions;
        this.gallery = gallery;
        this.modelId = modelId;
    }

    /** Refused as too late, or failed: nothing of it is there. */
    public synchronized Future<Outcome<ImportResult>> load(GalleryDump dump, Deadline deadline) {
        Future<Outcome<ImportResult>> next = last.transform(before -> begin(dump, deadline));
        last = next;
        return next;
    }

    private Future<Outcome<ImportResult>> begin(GalleryDump dump, Deadline deadline) {
        running = true;
        givenAway.clear();
        return transactions
                .offLoop(() -> new ImportBatch(dump, PORTION))
                .compose(batch -> load(batch, dump, deadline))
                .eventually(() -> {
                    running = false;
                    return Future.succeededFuture();
                });
    }

    private Future<Outcome<ImportResult>> load(ImportBatch batch, GalleryDump dump, Deadline deadline) {
        return transactions
                .writeInBulk(
                        deadline,
                        change -> ImportTables.reserve(change.tables(), batch).map(Outcome::done))
                .compose(then(range -> portions(batch, new ImportPlan(range), deadline)
                        .compose(then(plan -> finish(plan, dump, deadline)))
                        .transform(result -> result.succeeded() && result.result() instanceof Outcome.Done
                                ? Future.succeededFuture(result.result())
                                : discard(range)
                                        .transform(gone -> result.succeeded()
                                                ? Future.succeededFuture(result.result())
                                                : Future.failedFuture(result.cause())))));
    }

    private Future<Outcome<ImportPlan>> portions(ImportBatch batch, ImportPlan plan, Deadline deadline) {
        return Portions.untilRefused(() -> batch.hasNext()
                        ? write(batch.next(), plan, deadline)
                        : Future.succeededFuture(Outcome.done(false)))
                .compose(then(done -> Future.succeededFuture(Outcome.done(plan))));
    }

    private Future<Outcome<Boolean>> write(ImportBatch.Portion portion, ImportPlan plan, Deadline deadline) {
        return transactions.prepareInBulk(
                deadline,
                change -> ImportTables.find(change.tables(), portion.labels())
                        .compose(known -> ImportTables.store(change.tables(), plan.place(portion, known)))
                        .map(stored -> Outcome.done(true)));
    }

    /** Shows what was written. From here on the import has happened, whatever follows. */
    private Future<Outcome<ImportResult>> finish(ImportPlan plan, GalleryDump dump, Deadline deadline) {
        List<GalleryDump.Rights> rights = plan.rightsLeft(dump.rights(), givenAway);
        return transactions
                .writeInBulk(
                        deadline,
                        change -> ImportTables.show(change.tables())
                                .compose(shown -> AccessStore.load(change.tables(), rights))
                                .compose(loaded -> new PeopleTables(change.tables()).people())
                                .map(people -> Outcome.done(new ImportResult(plan.stored(), plan.skipped(), people))))
                .compose(then(result -> follow(plan)
                        .otherwise(failure -> {
                            LOG.error("imported, but those people are recognised only after the next start", failure);
                            return null;
                        })
                        .map(Outcome.done(result))));
    }

    private Future<?> follow(ImportPlan plan) {
        running = false;
        AtomicLong last = new AtomicLong(plan.range().firstTemplate() - 1);
        return Portions.untilRefused(() -> remember(plan.range(), last))
                .compose(done -> Portions.untilRefused(() -> touch(plan.nextTouched(PORTION, Instant.now()))));
    }

    /** Reads what is there between two changes, so that the gallery never gets who was deleted meanwhile. */
    private Future<Outcome<Boolean>> remember(Range range, AtomicLong last) {
        return transactions.writeInBulk(
                unhurried(),
                change -> new PeopleTables(change.tables())
                        .comparable(modelId, last.get(), range.lastTemplate(), PORTION)
                        .map(templates -> {
                            if (!templates.isEmpty()) {
                                last.set(templates.get(templates.size() - 1).id());
                                change.afterCommit(() -> gallery.addAll(templates));
                            }
                            return Outcome.done(templates.size() == PORTION);
                        }));
    }

    /** People who were enrolled before have changed. */
    private Future<Outcome<Boolean>> touch(List<Tuple> portion) {
        return portion.isEmpty()
                ? Future.succeededFuture(Outcome.done(false))
                : transactions.writeInBulk(
                        unhurried(),
                        change -> ImportTables.touch(change.tables(), portion).map(done -> Outcome.done(true)));
    }

    /** Removes what a crash cut off. */
    public Future<?> discardUnfinished() {
        return transactions
                .read(unhurried(), tables -> ImportTables.unfinished(tables).map(Outcome::done))
                .compose(then(ranges -> ranges.isEmpty()
                        ? Future.succeededFuture(Outcome.done(true))
                        : discard(ranges.get(0))
                                .compose(done -> discardUnfinished().map(Outcome.done(true)))));
    }

    private Future<Outcome<Boolean>> discard(Range range) {
        return Portions.untilRefused(() -> transactions.prepareInBulk(
                        unhurried(),
                        change -> ImportTables.discard(change.tables(), range, PORTION)
                                .map(Outcome::done)))
                .compose(then(done -> transactions.writeInBulk(unhurried(), change -> {
                    change.erases();
                    return ImportTables.forget(change.tables(), range).map(forgotten -> Outcome.done(true));
                })))
                .onFailure(failure ->
                        LOG.error("an import that failed stays hidden in the database until the next start", failure));
    }

    /**
     * Gives a label to somebody, also if the running import has written it already: what was written becomes that person's.
     *
     * @param taking changes or makes the row of who gets the label, and answers its id
     */
    public Future<Long> giveWay(Tables tables, Label label, Supplier<Future<Long>> taking) {
        if (!running) {
            return taking.get();
        }
        givenAway.add(label);
        return ImportTables.giveWay(tables, label, taking);
    }

    private static Deadline unhurried() {
        return Deadline.after(TIMEOUT);
    }

    private static <A, B> Function<Outcome<A>, Future<Outcome<B>>> then(Function<A, Future<Outcome<B>>> next) {
        return outcome -> outcome.fold(next, refusal -> Future.succeededFuture(Outcome.refused(refusal)));
    }
}

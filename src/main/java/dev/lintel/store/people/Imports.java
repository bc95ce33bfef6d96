package dev.lintel.store.people;

import dev.lintel.access.GalleryDump;
import dev.lintel.face.Deadline;
import dev.lintel.face.Embedding;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.messages.BackupMessages.ImportGallery;
import dev.lintel.messages.BackupMessages.ImportResult;
import dev.lintel.store.people.ImportTables.Range;
import dev.lintel.store.sqlite.Portions;
import dev.lintel.store.sqlite.Tables;
import dev.lintel.store.sqlite.Transactions;
import dev.lintel.store.sqlite.Transactions.Change;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a backup back, all of it or nothing, while doors go on deciding. It comes in parts, so that no more than one lies in
 * memory. Its rows are written in short portions, hidden by the ids that were set aside for them; one short change then shows
 * all of them. If that does not come about, they are removed; after a crash, at the next start. The gallery follows in
 * portions. Thread-safe: one import at a time.
 */
public final class Imports {
    private static final Logger LOG = LoggerFactory.getLogger(Imports.class);

    /** Of what costs little for each template. */
    private static final int PORTION = 100;

    /** What follows a portion is not given up because an asker has left. */
    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    private final Transactions transactions;
    private final Gallery gallery;
    private final Intake intake;
    private final ConsentGate consent;

    /** Labels of the running import that were given to somebody else meanwhile. */
    private final Set<Label> givenAway = ConcurrentHashMap.newKeySet();

    private Future<?> last = Future.succeededFuture();
    private Session session;
    private volatile boolean running;

    /** @param consent who may not come in */
    public Imports(Transactions transactions, Gallery gallery, Intake intake, ConsentGate consent) {
        this.transactions = transactions;
        this.gallery = gallery;
        this.intake = intake;
        this.consent = consent;
    }

    /** An import of which parts have come. Its fields change only between two parts. */
    private static final class Session {
        private final UUID id;
        private final ImportPlan plan;
        private final PortionSize size = new PortionSize();
        private Deadline deadline;
        private int parts;
        private long templates;
        private long comparable;
        private Embedding first;

        Session(UUID id, ImportPlan plan) {
            this.id = id;
            this.plan = plan;
        }
    }

    /** Refused, as too late or for another reason, or failed: nothing of the import is there. */
    public Future<Outcome<ImportResult>> load(ImportGallery part) {
        return inTurn(() -> proceed(part));
    }

    /** Removes what was written of an import; answers whether there was one with this id. */
    public Future<Outcome<Boolean>> abort(UUID id) {
        return inTurn(() -> session == null || !session.id.equals(id)
                ? Future.succeededFuture(Outcome.done(false))
                : end().map(Outcome.done(true)));
    }

    private synchronized <T> Future<T> inTurn(Supplier<Future<T>> work) {
        Future<T> next = last.transform(before -> work.get());
        last = next;
        return next;
    }

    private Future<Outcome<ImportResult>> proceed(ImportGallery part) {
        boolean next = session != null && session.id.equals(part.id()) && session.parts == part.number();
        if (part.number() > 0 && !next) {
            return Future.succeededFuture(Outcome.refused(
                    Refusal.Code.INVALID_REQUEST, "there is no import that this part would follow: begin again"));
        }
        if (next) {
            return proceed(session, part);
        }
        if (session != null && !session.deadline.expired()) {
            return Future.succeededFuture(
                    Outcome.refused(Refusal.Code.INVALID_REQUEST, "another backup is being imported: try again later"));
        }
        return end().compose(ended -> transactions.writeInBulk(
                        part.deadline(),
                        change -> ImportTables.reserve(change.tables(), part.most())
                                .map(Outcome::done)))
                .compose(then(range -> {
                    givenAway.clear();
                    running = true;
                    session = new Session(part.id(), new ImportPlan(range));
                    return proceed(session, part);
                }));
    }

    private Future<Outcome<ImportResult>> proceed(Session session, ImportGallery part) {
        session.deadline = part.deadline();
        session.parts++;
        return transactions
                .offLoop(() -> part.dump().entries().stream()
                        .map(GalleryDump.Entry::embedding)
                        .filter(embedding -> embedding.modelId().equals(intake.modelId()))
                        .toList())
                .compose(ours -> check(session, part, ours))
                .compose(then(fine -> write(session, part)))
                .compose(then(written -> part.last()
                        ? finish(session.plan, part)
                        : Future.succeededFuture(Outcome.done(session.plan.result(0)))))
                .transform(result -> result.succeeded() && result.result() instanceof Outcome.Done
                        ? Future.succeededFuture(result.result())
                        : end().transform(gone -> result.succeeded()
                                ? Future.succeededFuture(result.result())
                                : Future.failedFuture(result.cause())));
    }

    /** @param ours those of the part that are of the model in use */
    private Future<Outcome<Boolean>> check(Session session, ImportGallery part, List<Embedding> ours) {
        int size = part.dump().entries().size();
        session.templates += size;
        session.comparable += ours.size();
        if (!session.plan.hasRoom(size)) {
            return Future.succeededFuture(Outcome.refused(
                    Refusal.Code.INVALID_REQUEST, "there are more templates than the first part said: begin again"));
        }
        if (!ours.isEmpty()) {
            session.first = session.first == null ? ours.get(0) : session.first;
            if (session.first.dimension() != ours.get(0).dimension()) {
                return Future.succeededFuture(intake.otherLength(List.of(session.first, ours.get(0))));
            }
        }
        return part.last() && session.comparable == 0 && session.templates > 0
                ? Future.succeededFuture(intake.otherModel())
                : intake.adding(ours, () -> Future.succeededFuture(Outcome.done(true)));
    }

    private Future<Outcome<Boolean>> write(Session session, ImportGallery part) {
        Queue<GalleryDump.Rights> rights = new ArrayDeque<>(part.dump().rights());
        Queue<GalleryDump.Described> people = new ArrayDeque<>(part.dump().people());
        return transactions
                .offLoop(() -> new ImportBatch(part.dump()))
                .compose(batch -> Portions.untilRefused(() -> batch.hasNext()
                        ? write(session, batch.next(session.size.now()), part.deadline())
                        : Future.succeededFuture(Outcome.done(false))))
                .compose(then(done -> Portions.untilRefused(() -> rights.isEmpty()
                        ? Future.succeededFuture(Outcome.done(false))
                        : writeRights(session.plan, rights, part.deadline()))))
                .compose(then(done -> Portions.untilRefused(() -> people.isEmpty()
                        ? Future.succeededFuture(Outcome.done(false))
                        : writePeople(session.plan, people, part.deadline()))));
    }

    private Future<Outcome<Boolean>> write(
            Session session, Map<Label, List<GalleryDump.Entry>> portion, Deadline deadline) {
        return transactions.prepareInBulk(deadline, change -> {
            long start = System.nanoTime();
            return consent.keptOut(change.tables(), portion.keySet())
                    .map(out -> session.plan.letIn(portion, out))
                    .compose(let -> ImportTables.find(change.tables(), session.plan.range(), let.keySet())
                            .compose(known -> ImportTables.store(change.tables(), session.plan.place(let, known))))
                    .map(stored -> {
                        session.size.took(System.nanoTime() - start);
                        return Outcome.done(true);
                    });
        });
    }

    private Future<Outcome<Boolean>> writeRights(ImportPlan plan, Queue<GalleryDump.Rights> rights, Deadline deadline) {
        List<GalleryDump.Rights> portion = portion(rights);
        return transactions.prepareInBulk(
                deadline,
                change -> AccessStore.loadFresh(change.tables(), plan.rights(portion, givenAway))
                        .map(stored -> Outcome.done(true)));
    }

    private Future<Outcome<Boolean>> writePeople(
            ImportPlan plan, Queue<GalleryDump.Described> people, Deadline deadline) {
        List<GalleryDump.Described> portion = portion(people);
        return transactions.prepareInBulk(
                deadline,
                change -> new DetailTables(change.tables())
                        .load(plan.described(portion, givenAway))
                        .map(stored -> Outcome.done(true)));
    }

    private static <T> List<T> portion(Queue<T> all) {
        List<T> portion = new ArrayList<>();
        while (portion.size() < PORTION && !all.isEmpty()) {
            portion.add(all.remove());
        }
        return portion;
    }

    /** Removes what was written; nothing is open afterwards. */
    private Future<?> end() {
        if (session == null) {
            return Future.succeededFuture();
        }
        Range range = session.plan.range();
        session = null;
        return discard(range).otherwiseEmpty().onComplete(gone -> running = false);
    }

    /** Shows what was written. From here on the import has happened, whatever follows. */
    private Future<Outcome<ImportResult>> finish(ImportPlan plan, ImportGallery part) {
        return transactions
                .writeInBulk(
                        part,
                        change -> ImportTables.show(change.tables())
                                .onSuccess(shown ->
                                        change.afterCommit(() -> plan.silent().forEach(gallery::silence)))
                                .compose(shown -> AccessStore.load(change.tables(), plan.rightsLeft()))
                                .compose(loaded -> new PeopleTables(change.tables()).people())
                                .map(people -> Outcome.done(plan.result(people))))
                .compose(then(result -> {
                    session = null;
                    return follow(plan)
                            .otherwise(failure -> {
                                LOG.error(
                                        "imported, but those people are recognised only after the next start", failure);
                                return null;
                            })
                            .map(Outcome.done(result));
                }));
    }

    private Future<?> follow(ImportPlan plan) {
        running = false;
        AtomicLong last = new AtomicLong(plan.range().firstTemplate() - 1);
        return Portions.untilRefused(() -> describe(plan.describedLeft()))
                .compose(done -> Portions.untilRefused(() -> remember(plan.range(), last)))
                .compose(done -> Portions.untilRefused(() -> touch(plan.nextTouched(PORTION, Instant.now()))));
    }

    /** Of people who were there before and have nothing; whoever is not there is made. */
    private Future<Outcome<Boolean>> describe(Queue<GalleryDump.Described> left) {
        List<GalleryDump.Described> portion = portion(left);
        return portion.isEmpty()
                ? Future.succeededFuture(Outcome.done(false))
                : transactions.writeInBulk(unhurried(), change -> {
                    Future<?> done = Future.succeededFuture();
                    for (GalleryDump.Described one : portion) {
                        done = done.compose(before -> describe(change, one));
                    }
                    return done.map(all -> Outcome.done(true));
                });
    }

    private Future<?> describe(Change change, GalleryDump.Described one) {
        PeopleTables people = new PeopleTables(change.tables());
        DetailTables details = new DetailTables(change.tables());
        return people.person(one.label())
                .compose(person -> person.map(row -> Future.succeededFuture(row.id()))
                        .orElseGet(() -> people.insertPerson(one.label(), Instant.now(), Instant.now())))
                .compose(id -> details.load(Map.of(id, new DetailTables.Said(one.details(), one.inactiveSince())))
                        .compose(loaded -> details.inactive(id)))
                .onSuccess(inactive -> change.afterCommit(() -> {
                    if (inactive) {
                        gallery.silence(one.label());
                    }
                }));
    }

    /** Reads what is there between two changes, so that the gallery never gets who was deleted meanwhile. */
    private Future<Outcome<Boolean>> remember(Range range, AtomicLong last) {
        return transactions.writeInBulk(
                unhurried(),
                change -> new PeopleTables(change.tables())
                        .comparable(intake.modelId(), last.get(), range.lastTemplate(), PORTION, new HashMap<>())
                        .map(portion -> {
                            last.set(portion.last());
                            change.afterCommit(() -> gallery.addAll(portion.templates()));
                            return Outcome.done(portion.more());
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

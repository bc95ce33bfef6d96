package dev.lintel.store;

import dev.lintel.access.GalleryDump;
import dev.lintel.access.PersonData;
import dev.lintel.face.Candidate;
import dev.lintel.face.Embedding;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.face.Person;
import dev.lintel.face.Refusal;
import dev.lintel.messages.BackupMessages.ExportGallery;
import dev.lintel.messages.BackupMessages.ImportGallery;
import dev.lintel.messages.BackupMessages.ImportResult;
import dev.lintel.messages.PeopleMessages.CollectPersonData;
import dev.lintel.messages.PeopleMessages.DeletePerson;
import dev.lintel.messages.PeopleMessages.DeleteTemplate;
import dev.lintel.messages.PeopleMessages.Deletion;
import dev.lintel.messages.PeopleMessages.EnrolTemplates;
import dev.lintel.messages.PeopleMessages.Enrolment;
import dev.lintel.messages.PeopleMessages.GetPerson;
import dev.lintel.messages.PeopleMessages.ListPeople;
import dev.lintel.messages.PeopleMessages.MatchFaces;
import dev.lintel.messages.PeopleMessages.MatchPerson;
import dev.lintel.messages.PeopleMessages.Matches;
import dev.lintel.messages.PeopleMessages.PeoplePage;
import dev.lintel.messages.PeopleMessages.RenamePerson;
import dev.lintel.messages.StoreMessages.StoreHealth;
import dev.lintel.messages.StoreMessages.StoreStatus;
import dev.lintel.store.Transactions.Change;
import dev.lintel.visitors.VisitorsConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.jdbcclient.JDBCPool;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.text.Normalizer;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * People and their templates, on disk and in memory. What it acknowledges is on disk; what it has deleted is in
 * none of its files. A refusal changes nothing, and so does a failed future, which is a {@link StoreException}.
 * Thread-safe: work on the database queues for its only connection, searches run beside it.
 */
public final class FaceStore {
    /** Up to here a search takes a millisecond or less and runs on the caller's thread; beyond, on a worker. */
    private static final int QUICK_TEMPLATES = 10_000;

    private final Vertx vertx;
    private final StoreConfig config;
    private final String modelId;
    private final StoreFiles files;
    private final Gallery gallery = new Gallery();
    private final Pool pool;
    private final Transactions transactions;
    private final Additions additions;
    private EventLog events;
    private OutboxTable outbox;
    private PersonChanges changes;

    private FaceStore(Vertx vertx, StoreConfig config, String modelId, Migrations migrations) {
        this.vertx = vertx;
        this.config = config;
        this.modelId = modelId;
        this.files = new StoreFiles(config.database());
        this.pool = JDBCPool.pool(vertx, new Database(files, migrations), new PoolOptions().setMaxSize(1));
        this.transactions = new Transactions(vertx, pool, gallery, files);
        this.additions = new Additions(modelId);
    }

    /**
     * Opens or makes the database and reads the gallery. Whoever opens it closes it.
     *
     * @param modelId the embedding model in use: templates of others are kept but never compared
     * @param rules what follows from the events that are recorded
     * @return fails with a {@link StoreException} that says what to do if the database is damaged, newer, in use,
     *     or cannot be written; it is unchanged then
     */
    public static Future<FaceStore> open(Vertx vertx, StoreConfig config, String modelId, EventRules rules) {
        return open(vertx, config, modelId, rules, Migrations.current());
    }

    static Future<FaceStore> open(Vertx vertx, StoreConfig config, String modelId) {
        return open(vertx, config, modelId, EventRules.defaults());
    }

    static Future<FaceStore> open(
            Vertx vertx, StoreConfig config, String modelId, EventRules rules, Migrations migrations) {
        var store = new FaceStore(vertx, config, modelId, migrations);
        return store.pool
                .withConnection(connection -> new Tables(connection).load(store.gallery, modelId, 0))
                .compose(loaded -> vertx.executeBlocking(() -> Seals.open(store.files)))
                .map(seals -> {
                    store.events = new EventLog(store.transactions, seals, rules);
                    store.changes = new PersonChanges(store.events);
                    store.outbox = new OutboxTable(store.transactions);
                    return store;
                })
                .recover(failure -> store.close().transform(closed -> Transactions.explained(failure)));
    }

    /** Who may pass when. */
    public AccessStore access() {
        return new AccessStore(vertx, transactions);
    }

    /** What has not been acknowledged when it ends is undone, or stored as a whole. */
    public Future<Void> close() {
        return pool.close();
    }

    /** What happened at the door. */
    public EventLog events() {
        return events;
    }

    /** Who is still to be told of it. */
    public OutboxTable outbox() {
        return outbox;
    }

    /** People that a face can be recognised as. */
    public int people() {
        return gallery.people();
    }

    /** Templates that a face is compared with. */
    public int templates() {
        return gallery.size();
    }

    /** Runs a {@link #match}: here and now while the gallery is small, on a worker when it is large. */
    public <T> Future<T> compute(Supplier<T> search) {
        return gallery.size() <= QUICK_TEMPLATES
                ? Future.succeededFuture(search.get())
                : vertx.executeBlocking(search::get, false);
    }

    /** Computes on the calling thread; see {@link #compute}. */
    public Outcome<Matches> match(MatchFaces question) {
        if (question.top() < 1) {
            return Outcome.refused(Refusal.Code.INVALID_REQUEST, "top must be at least 1");
        }
        if (!comparable(question.probes().stream())) {
            return otherModel();
        }
        return Outcome.done(new Matches(
                gallery.search(question.probes().stream().map(Embedding::vector).toList(), question.top()),
                gallery.size()));
    }

    public Future<Outcome<Candidate>> matchPerson(MatchPerson question) {
        Label label = question.label();
        if (!comparable(Stream.of(question.probe()))) {
            return Future.succeededFuture(otherModel());
        }
        return transactions.read(
                question.deadline(),
                tables -> People.known(tables, label, person -> {
                    var similarity = gallery.similarity(label, question.probe().vector());
                    return Future.succeededFuture(
                            similarity.isPresent()
                                    ? Outcome.done(new Candidate(label, similarity.getAsDouble()))
                                    : Outcome.refused(
                                            Refusal.Code.MODEL_MISMATCH,
                                            "this person was enrolled with another embedding model: enrol the person again"));
                }));
    }

    /**
     * Stores the templates that are not another person's, in one transaction; if that is none of them, nothing, not
     * even the person. A template that the person has already gets its old id.
     */
    public Future<Outcome<Enrolment>> enrol(EnrolTemplates question) {
        if (question.templates().isEmpty()) {
            return Future.succeededFuture(
                    Outcome.refused(Refusal.Code.INVALID_REQUEST, "there is no template to enrol"));
        }
        return transactions.write(question.deadline(), change -> enrol(change, question));
    }

    /** Likewise, as a part of a larger change. */
    Future<Outcome<Enrolment>> enrol(Change change, EnrolTemplates question) {
        List<Embedding> faces = question.templates().stream()
                .map(EnrolTemplates.NewTemplate::embedding)
                .toList();
        return adding(
                faces,
                () -> compute(() -> gallery.search(
                                faces.stream().map(Embedding::vector).toList(), 2))
                        .map(nearest -> nearest.stream()
                                .map(two -> duplicate(two, question))
                                .toList())
                        .compose(others -> additions.enrol(change, question, others)));
    }

    /**
     * The part of the store that remembers unknown people: from now on, those in the events that are recorded. Call once.
     *
     * @param similarity mean cosine similarity from which on two visits are one person's
     */
    public VisitorStore visitors(VisitorsConfig config, double similarity, InstantSource clock) {
        var visitors = new VisitorStore(this, transactions, config, similarity, modelId, clock);
        events.alongside(visitors::note);
        return visitors;
    }

    /**
     * Templates of other models come back too, but an import without any of the model in use is refused: it would
     * seem to have worked, and nobody would be recognised.
     */
    public Future<Outcome<ImportResult>> load(ImportGallery question) {
        List<Embedding> all = question.dump().entries().stream()
                .map(GalleryDump.Entry::embedding)
                .toList();
        List<Embedding> ours = all.stream()
                .filter(embedding -> embedding.modelId().equals(modelId))
                .toList();
        if (ours.isEmpty() && !all.isEmpty()) {
            return Future.succeededFuture(otherModel());
        }
        return adding(
                ours, () -> transactions.write(question.deadline(), change -> additions.load(change, question.dump())));
    }

    public Future<Outcome<GalleryDump>> dump(ExportGallery question) {
        return transactions.read(
                question.deadline(),
                tables -> tables.dump()
                        .compose(faces -> AccessStore.dump(tables)
                                .map(rights -> Outcome.done(new GalleryDump(faces.entries(), rights)))));
    }

    /** Pages are in the order of code points. */
    public Future<Outcome<PeoplePage>> list(ListPeople question) {
        int limit = question.limit();
        if (limit < 1) {
            return Future.succeededFuture(Outcome.refused(Refusal.Code.INVALID_REQUEST, "limit must be at least 1"));
        }
        String after = Normalizer.normalize(question.after(), Normalizer.Form.NFC);
        return transactions.read(
                question.deadline(),
                tables -> tables.count("person")
                        .compose(total -> tables.page(after, limit + 1)
                                .map(people -> Outcome.done(new PeoplePage(
                                        people.subList(0, Math.min(limit, people.size())),
                                        total,
                                        people.size() > limit)))));
    }

    public Future<Outcome<Person>> get(GetPerson question) {
        return transactions.read(question.deadline(), tables -> People.person(tables, question.label()));
    }

    /** Renaming to the same label changes nothing. A merged person is as old as the older one. */
    public Future<Outcome<Person>> rename(RenamePerson question) {
        return transactions.write(question.deadline(), change -> changes.rename(change, question));
    }

    public Future<Outcome<Deletion>> delete(DeletePerson question) {
        return transactions.write(question.deadline(), change -> changes.delete(change, question));
    }

    /** With the last template goes the person. */
    public Future<Outcome<Deletion>> deleteTemplate(DeleteTemplate question) {
        return transactions.write(question.deadline(), change -> changes.deleteTemplate(change, question));
    }

    /** All in one look, so that nothing changes in between. */
    public Future<Outcome<PersonData>> collect(CollectPersonData question) {
        return transactions.read(
                question.deadline(),
                tables -> People.known(tables, question.label(), row -> PersonCollection.of(tables, row, events)));
    }

    /** Writable: a transaction could be begun, the files can be written, and enough of the disk is free. */
    public Future<Outcome<StoreHealth>> status(StoreStatus question) {
        return transactions.read(
                question.deadline(),
                tables -> tables.execute("BEGIN IMMEDIATE")
                        .compose(begun -> tables.execute("ROLLBACK"))
                        .transform(probe -> Future.succeededFuture(
                                probe.succeeded() && files.writable() && files.freeBytes() >= config.minFreeBytes()))
                        .compose(writable -> tables.count("person")
                                .compose(people -> tables.count("template")
                                        .map(templates -> Outcome.done(new StoreHealth(
                                                writable,
                                                people,
                                                templates,
                                                gallery.size(),
                                                files.bytes(),
                                                files.freeBytes()))))));
    }

    /** The only connection, for tests that need to disturb it. */
    Pool pool() {
        return pool;
    }

    /** For parts of the store, and tests of them. */
    Transactions transactions() {
        return transactions;
    }

    /** Adds only what can be compared, and only while the disk has room. */
    private <T> Future<Outcome<T>> adding(List<Embedding> faces, Supplier<Future<Outcome<T>>> work) {
        if (!comparable(faces.stream())) {
            return Future.succeededFuture(otherModel());
        }
        return files.freeBytes() >= config.minFreeBytes()
                ? work.get()
                : Future.failedFuture(new StoreException("the disk is almost full (" + (files.freeBytes() >> 20)
                        + " MiB free, " + (config.minFreeBytes() >> 20)
                        + " needed), nothing was stored: free some space and try again"));
    }

    private boolean comparable(Stream<Embedding> faces) {
        List<Embedding> all = faces.toList();
        return all.stream()
                .allMatch(face -> face.modelId().equals(modelId)
                        && gallery.accepts(face.dimension())
                        && face.dimension() == all.get(0).dimension());
    }

    private <T> Outcome<T> otherModel() {
        return Outcome.refused(
                Refusal.Code.MODEL_MISMATCH,
                "only faces embedded by the model in use, " + modelId
                        + ", can be compared: run the model that made these, or enrol from photos");
    }

    private static Candidate duplicate(List<Candidate> nearest, EnrolTemplates question) {
        return nearest.stream()
                .filter(other ->
                        !other.label().equals(question.label()) && other.similarity() >= question.duplicateSimilarity())
                .findFirst()
                .orElse(null);
    }
}

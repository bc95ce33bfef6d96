package dev.lintel.store;

import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.messages.EventMessages.NoteAct;
import dev.lintel.messages.StoreMessages.StoreHealth;
import dev.lintel.messages.StoreMessages.StoreStatus;
import dev.lintel.store.accounts.AccountStore;
import dev.lintel.store.delivery.OutboxTable;
import dev.lintel.store.log.ActLog;
import dev.lintel.store.log.EventLog;
import dev.lintel.store.people.AccessStore;
import dev.lintel.store.people.Additions;
import dev.lintel.store.people.Backup;
import dev.lintel.store.people.ConsentGate;
import dev.lintel.store.people.DetailTables;
import dev.lintel.store.people.Gallery;
import dev.lintel.store.people.Imports;
import dev.lintel.store.people.Intake;
import dev.lintel.store.people.PeopleStore;
import dev.lintel.store.people.PeopleTables;
import dev.lintel.store.people.PictureTables;
import dev.lintel.store.people.Pictures;
import dev.lintel.store.people.Renewals;
import dev.lintel.store.sqlite.Database;
import dev.lintel.store.sqlite.Lanes;
import dev.lintel.store.sqlite.Migrations;
import dev.lintel.store.sqlite.Portions;
import dev.lintel.store.sqlite.StoreFiles;
import dev.lintel.store.sqlite.Tables;
import dev.lintel.store.sqlite.Transactions;
import dev.lintel.store.sqlite.WriteAheadLog;
import dev.lintel.store.visitors.VisitorStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that is kept, on disk and in memory: opens the database and puts the parts of the store together. What they
 * acknowledge is on disk; what they have deleted is in none of its files. A refusal changes nothing, and so does a failed
 * future, which is a {@link StoreException}. Thread-safe.
 */
public final class FaceStore {
    private static final Logger LOG = LoggerFactory.getLogger(FaceStore.class);

    private static final int LOADED_AT_ONCE = 2000;

    private final Database database;
    private final StoreFiles files;
    private final CopyMaker copies;
    private final Lanes lanes;
    private final Transactions transactions;
    private final Gallery gallery;
    private final Intake intake;
    private volatile boolean closing;
    private final PeopleStore people;
    private final Renewals renewals;
    private final Pictures pictures;
    private final PersonChanges changes;
    private final ConsentChanges consents;
    private final TemplateChanges templates;
    private final DetailChanges details;
    private final PersonCollection collection;
    private final Backup backup;
    private final AccessStore access;
    private final AccountStore accounts;
    private final VisitorStore visitors;
    private final EventLog events;
    private final ActLog acts;
    private final OutboxTable outbox;
    private final List<Long> damaged;

    private FaceStore(
            Vertx vertx,
            Database database,
            StoreFiles files,
            Lanes lanes,
            Transactions transactions,
            Gallery gallery,
            Intake intake,
            Imports imports,
            Renewals renewals,
            ConsentGate consent,
            StoreKeys keys,
            Filling filling,
            EventRules rules) {
        this.database = database;
        this.files = files;
        this.copies = new CopyMaker(vertx, database, files, lanes);
        this.lanes = lanes;
        this.transactions = transactions;
        this.gallery = gallery;
        this.intake = intake;
        this.renewals = renewals;
        this.pictures = new Pictures(transactions, rules.consent().keepPictures(), rules.clock());
        this.people = new PeopleStore(
                vertx,
                transactions,
                gallery,
                intake,
                new Additions(intake.modelId(), gallery, imports),
                consent,
                pictures,
                filling.damaged);
        this.damaged = List.copyOf(filling.damaged);
        this.backup = new Backup(transactions, imports);
        this.access = new AccessStore(vertx, transactions, keys.pins());
        this.accounts = new AccountStore(vertx, transactions, rules.clock());
        this.visitors = new VisitorStore(
                people, transactions, rules.visitors(), rules.visitorSimilarity(), intake.modelId(), rules.clock());
        this.events = new EventLog(transactions, keys.seals(), rules.attendance(), rules.clock(), visitors::note);
        this.acts = new ActLog(events, rules.clock());
        transactions.keepDiary(acts);
        this.outbox = new OutboxTable(transactions);
        this.changes = new PersonChanges(
                transactions, gallery, imports, events, visitors, keys.seals(), rules, intake.modelId(), pictures);
        this.consents = new ConsentChanges(
                transactions, gallery, intake.modelId(), events, changes, pictures, rules.consent(), rules.clock());
        this.templates = new TemplateChanges(transactions, gallery, intake.modelId(), consent, pictures);
        this.details = new DetailChanges(transactions, gallery, imports, changes, rules.clock());
        this.collection = new PersonCollection(transactions, events, visitors, intake.modelId());
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
        return open(vertx, config, modelId, 0, rules);
    }

    /** The same. @param dimension of the model's vectors; 0: that of the first one that comes */
    public static Future<FaceStore> open(
            Vertx vertx, StoreConfig config, String modelId, int dimension, EventRules rules) {
        return open(vertx, config, modelId, dimension, rules, Migrations.current());
    }

    /**
     * Of a store that nobody has opened: how many templates of a former model have a picture of which the next one has made none. Blocks.
     *
     * @param fromVisits whether people count besides of whom the next one has no template and can make none of a picture
     * @return 0 where there is no database, or one that cannot be read
     */
    public static int waiting(StoreConfig config, String former, String next, boolean fromVisits) {
        if (!Files.exists(config.database())) {
            return 0;
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + config.database())) {
            return PictureTables.waiting(connection, former, next)
                    + (fromVisits ? PictureTables.unseen(connection, former, next) : 0);
        } catch (SQLException e) {
            return 0;
        }
    }

    static Future<FaceStore> open(
            Vertx vertx, StoreConfig config, String modelId, int dimension, EventRules rules, Migrations migrations) {
        StoreFiles files = new StoreFiles(config.database());
        return vertx.executeBlocking(() -> Database.open(files, migrations, config.master()), false)
                .compose(database -> Lanes.open(vertx, database)
                        .compose(lanes -> open(vertx, config, modelId, dimension, rules, files, database, lanes)
                                .recover(failure -> lanes.close().transform(closed -> Future.failedFuture(failure))))
                        .onFailure(failure -> database.close()))
                .recover(Transactions::explained);
    }

    private static Future<FaceStore> open(
            Vertx vertx,
            StoreConfig config,
            String modelId,
            int dimension,
            EventRules rules,
            StoreFiles files,
            Database database,
            Lanes lanes) {
        Gallery gallery = new Gallery(dimension);
        Transactions transactions = new Transactions(vertx, lanes, new WriteAheadLog(vertx, lanes, files));
        Intake intake = new Intake(modelId, gallery, files, config.minFreeBytes());
        ConsentGate consent = new ConsentGate(rules.consent().required(), rules.clock());
        Imports imports = new Imports(transactions, gallery, intake, consent);
        Renewals renewals = new Renewals(transactions, gallery, consent, modelId);
        Filling filling = new Filling();
        return vertx.executeBlocking(() -> StoreKeys.open(database, files), false)
                .compose(keys -> imports.discardUnfinished()
                        .compose(done -> renewals.takeUp())
                        .compose(done -> lanes.reader().urgently(tables -> fill(gallery, tables, modelId, filling)))
                        .compose(filled -> vertx.executeBlocking(() -> keys.noted(database), false))
                        .map(noted -> new FaceStore(
                                vertx,
                                database,
                                files,
                                lanes,
                                transactions,
                                gallery,
                                intake,
                                imports,
                                renewals,
                                consent,
                                keys,
                                filling,
                                rules))
                        .compose(store -> store.pictures.removeIfOff().map(store)));
    }

    /** What has been found out while the gallery was filled. */
    private static final class Filling {
        private final Map<Long, Optional<Label>> labels = new HashMap<>();
        private final List<Long> damaged = new ArrayList<>();
        private boolean opened;
        private long last;
    }

    /** In portions, so that memory stays small. One damaged row keeps nobody else out; with a wrong key nothing opens. */
    private static Future<Void> fill(Gallery gallery, Tables tables, String modelId, Filling filling) {
        return new DetailTables(tables)
                .inactive()
                .onSuccess(inactive -> inactive.forEach(gallery::silence))
                .compose(silent -> load(gallery, tables, modelId, filling))
                .compose(loaded -> {
                    filling.labels.clear();
                    if (filling.damaged.isEmpty()) {
                        return Future.succeededFuture();
                    }
                    if (!filling.opened) {
                        return new PeopleTables(tables).broken(filling.damaged.get(0));
                    }
                    LOG.warn(
                            "{} stored templates ({}) are damaged, or the names of their people are, and are not compared:"
                                    + " 'lintel re-enrol' lists who must be enrolled again",
                            filling.damaged.size(),
                            filling.damaged.stream().limit(20).toList());
                    return Future.succeededFuture();
                });
    }

    private static Future<Void> load(Gallery gallery, Tables tables, String modelId, Filling filling) {
        return Portions.all(() -> new PeopleTables(tables)
                .comparable(modelId, filling.last, Long.MAX_VALUE, LOADED_AT_ONCE, filling.labels)
                .map(portion -> {
                    List<Gallery.Template> templates = portion.templates();
                    int length = gallery.dimension() > 0 || templates.isEmpty()
                            ? gallery.dimension()
                            : templates.get(0).vector().length;
                    List<Gallery.Template> fitting = templates.stream()
                            .filter(template -> template.vector().length == length)
                            .toList();
                    if (fitting.size() < templates.size()) {
                        LOG.warn(
                                "{} templates that go under the name of {} have vectors of another length and are not compared:"
                                        + " enrol those people again",
                                templates.size() - fitting.size(),
                                modelId);
                    }
                    gallery.addAll(fitting);
                    templates.stream()
                            .filter(template -> template.vector().length != length)
                            .forEach(template -> filling.damaged.add(template.id()));
                    filling.damaged.addAll(portion.damaged());
                    filling.opened |= portion.opened();
                    filling.last = portion.last();
                    return portion.more();
                }));
    }

    /** What has not been acknowledged when it ends is undone, or stored as a whole. */
    public Future<Void> close() {
        closing = true;
        return lanes.close().eventually(() -> {
            database.close();
            return Future.succeededFuture();
        });
    }

    /** Whether it is being closed, or is: what is asked from then on fails, and nothing is wrong. */
    boolean closing() {
        return closing;
    }

    /** Who is enrolled, and who looks like whom. */
    public PeopleStore people() {
        return people;
    }

    /** Renames and deletions, which concern everything that is kept. */
    public PersonChanges changes() {
        return changes;
    }

    /** Who agreed to be recognised. */
    public ConsentChanges consents() {
        return consents;
    }

    /** Templates that are set aside or given to others. */
    public TemplateChanges templates() {
        return templates;
    }

    /** What the operator's own system says of people, and who is deactivated. */
    public DetailChanges details() {
        return details;
    }

    /** Templates that another model makes of the pictures that are kept. */
    public Renewals renewals() {
        return renewals;
    }

    /** Everything about one person. */
    public PersonCollection collection() {
        return collection;
    }

    /** All templates out and back. */
    public Backup backup() {
        return backup;
    }

    /** The whole database, as it is at one moment. */
    public CopyMaker copies() {
        return copies;
    }

    /** Who may pass when. */
    public AccessStore access() {
        return access;
    }

    /** Who may use the box. */
    public AccountStore accounts() {
        return accounts;
    }

    /** Unknown people. */
    public VisitorStore visitors() {
        return visitors;
    }

    /** What happened at the door. */
    public EventLog events() {
        return events;
    }

    /** What people and programs did to the box. */
    public ActLog acts() {
        return acts;
    }

    /** Keeps an act that the store had no part in. */
    public Future<Outcome<Boolean>> note(NoteAct question) {
        return transactions.write(question, change -> Future.succeededFuture(Outcome.done(true)));
    }

    /** Who is still to be told of it. */
    public OutboxTable outbox() {
        return outbox;
    }

    /** Writable: a transaction could be begun, the files can be written, and enough of the disk is free. */
    public Future<Outcome<StoreHealth>> status(StoreStatus question) {
        return transactions
                .look(
                        question.deadline(),
                        tables -> tables.execute("BEGIN IMMEDIATE")
                                .compose(begun -> tables.execute("ROLLBACK"))
                                .transform(probe -> Future.succeededFuture(
                                        Outcome.done(probe.succeeded() && files.writable() && intake.hasRoom()))))
                .compose(outcome -> outcome.fold(
                        writable -> transactions.read(question.deadline(), tables -> health(tables, writable)),
                        refusal -> Future.succeededFuture(Outcome.refused(refusal))));
    }

    private Future<Outcome<StoreHealth>> health(Tables tables, boolean writable) {
        PeopleTables people = new PeopleTables(tables);
        return people.people()
                .compose(enrolled -> people.templates()
                        .compose(templates -> people.setAsideOf(intake.modelId())
                                .compose(aside -> people.remaining(damaged)
                                        .compose(broken -> new PictureTables(tables)
                                                .waiting(intake.modelId())
                                                .map(renewable -> Outcome.done(new StoreHealth(
                                                        writable,
                                                        enrolled,
                                                        templates,
                                                        gallery.size() + aside,
                                                        renewable,
                                                        broken,
                                                        files.bytes(),
                                                        files.freeBytes())))))));
    }

    /** For tests that need to disturb or see what it stands on. */
    Lanes lanes() {
        return lanes;
    }

    /** For tests of parts of the store. */
    Transactions transactions() {
        return transactions;
    }
}

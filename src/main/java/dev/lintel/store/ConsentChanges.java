package dev.lintel.store;

import dev.lintel.access.Consent;
import dev.lintel.access.ConsentConfig;
import dev.lintel.access.Direction;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.OnDeletion;
import dev.lintel.access.Recorded;
import dev.lintel.face.Deadline;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.messages.ConsentMessages.Consents;
import dev.lintel.messages.ConsentMessages.GetConsent;
import dev.lintel.messages.ConsentMessages.GiveConsent;
import dev.lintel.messages.ConsentMessages.ListConsents;
import dev.lintel.messages.ConsentMessages.WithdrawConsent;
import dev.lintel.messages.ConsentMessages.Withdrawn;
import dev.lintel.messages.PeopleMessages.Deletion;
import dev.lintel.store.log.EventLog;
import dev.lintel.store.people.ConsentTables;
import dev.lintel.store.people.Gallery;
import dev.lintel.store.people.PeopleTables;
import dev.lintel.store.people.PeopleTables.TemplateRow;
import dev.lintel.store.people.Pictures;
import dev.lintel.store.sqlite.Portions;
import dev.lintel.store.sqlite.StoreException;
import dev.lintel.store.sqlite.Transactions;
import dev.lintel.store.sqlite.Transactions.Change;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who agreed to be recognised, and what follows when that ends. Each change is an event of the log. Thread-safe. */
public final class ConsentChanges {
    private static final Logger LOG = LoggerFactory.getLogger(ConsentChanges.class);
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final Transactions transactions;
    private final Gallery gallery;
    private final String modelId;
    private final EventLog events;
    private final PersonChanges people;
    private final Pictures pictures;
    private final ConsentConfig config;
    private final InstantSource clock;
    private final AtomicInteger damagedBefore = new AtomicInteger();

    ConsentChanges(
            Transactions transactions,
            Gallery gallery,
            String modelId,
            EventLog events,
            PersonChanges people,
            Pictures pictures,
            ConsentConfig config,
            InstantSource clock) {
        this.transactions = transactions;
        this.gallery = gallery;
        this.modelId = modelId;
        this.events = events;
        this.people = people;
        this.pictures = pictures;
        this.config = config;
        this.clock = clock;
    }

    public Future<Outcome<Consent>> get(GetConsent question) {
        return transactions.read(
                question.deadline(),
                tables -> new ConsentTables(tables)
                        .find(question.label())
                        .map(found -> found.map(Outcome::done).orElseGet(ConsentChanges::unknown)));
    }

    public Future<Outcome<Consents>> list(ListConsents question) {
        int limit = question.limit();
        if (limit < 1) {
            return Future.succeededFuture(Outcome.refused(Refusal.Code.INVALID_REQUEST, "limit must be at least 1"));
        }
        return transactions.read(
                question.deadline(),
                tables -> new ConsentTables(tables)
                        .page(question.endingBefore(), question.after(), limit + 1)
                        .map(found -> Outcome.done(
                                new Consents(found.subList(0, Math.min(limit, found.size())), found.size() > limit))));
    }

    /** @param announce told of the event after it is on disk */
    public Future<Outcome<Consent>> give(GiveConsent question, Consumer<Recorded> announce) {
        Consent consent = question.consent();
        return transactions.write(question, change -> {
            change.erases();
            ConsentTables tables = new ConsentTables(change.tables());
            return tables.aside(consent.person())
                    .compose(aside ->
                            tables.put(consent).compose(stored -> templates(change, consent.person(), aside, false)))
                    .compose(done -> pictures.check(change, consent.person()))
                    .compose(done -> note(change, DoorEvent.Kind.CONSENT_GIVEN, consent.person(), announce))
                    .map(noted -> Outcome.done(consent));
        });
    }

    /** @param announce told of the event after it is on disk */
    public Future<Outcome<Withdrawn>> withdraw(WithdrawConsent question, Consumer<Recorded> announce) {
        Label label = question.label();
        return transactions.write(
                question,
                change -> new ConsentTables(change.tables()).find(label).compose(found -> {
                    if (found.isEmpty()) {
                        return Future.succeededFuture(unknown());
                    }
                    if (question.deletes()) {
                        return note(change, DoorEvent.Kind.CONSENT_WITHDRAWN, label, announce)
                                .compose(noted -> delete(change, label, question.attendance()))
                                .map(deletion -> Outcome.done(new Withdrawn(0, null, deletion)));
                    }
                    return found.get().withdrawn() != null
                            ? Future.succeededFuture(Outcome.done(new Withdrawn(0, found.get(), null)))
                            : restrict(change, found.get(), question, announce);
                }));
    }

    private Future<Outcome<Withdrawn>> restrict(
            Change change, Consent consent, WithdrawConsent question, Consumer<Recorded> announce) {
        Label label = question.label();
        ConsentTables tables = new ConsentTables(change.tables());
        Instant now = Instant.ofEpochMilli(clock.millis());
        return compared(change, label)
                .compose(ids -> tables.withdraw(
                                consent, new Consent.Withdrawal(now, question.how(), question.author()), ids)
                        .compose(written -> templates(change, label, ids, true))
                        .compose(aside -> pictures.check(change, label))
                        .compose(gone -> note(change, DoorEvent.Kind.CONSENT_WITHDRAWN, label, announce))
                        .compose(noted -> tables.find(label))
                        .map(ended -> Outcome.done(new Withdrawn(ids.size(), ended.orElseThrow(), null))));
    }

    /** What is due: people whose consent has ended are deleted, and of those whose will soon, the log says so. */
    public Future<Due> upkeep(Consumer<Recorded> announce, Consumer<Label> gone) {
        AtomicInteger ended = new AtomicInteger();
        return Portions.untilRefused(() -> expire(announce, gone, ended))
                .compose(outcome -> done(outcome))
                .compose(expired -> transactions.read(
                        Deadline.after(TIMEOUT),
                        tables -> new ConsentTables(tables)
                                .endedAndDamaged(clock.instant())
                                .map(Outcome::done)))
                .compose(outcome -> done(outcome))
                .onSuccess(this::warnOfDamaged)
                .compose(damaged -> config.warnBefore().isZero()
                        ? Future.succeededFuture(0)
                        : transactions
                                .write(Deadline.after(TIMEOUT), change -> warn(change, announce))
                                .compose(outcome -> done(outcome)))
                .map(soon -> new Due(ended.get(), soon));
    }

    /** Once, and again when there are others. */
    private void warnOfDamaged(int damaged) {
        if (damagedBefore.getAndSet(damaged) != damaged && damaged > 0) {
            LOG.warn(
                    "{} consents that have ended are damaged, and nobody is deleted for them: compare the list of people with"
                            + " that of consents, and record those that are missing again",
                    damaged);
        }
    }

    /**
     * @param ended people who were deleted
     * @param soon people of whom the log says now that they will be
     */
    public record Due(int ended, int soon) {}

    private static <T> Future<T> done(Outcome<T> outcome) {
        return outcome.fold(
                Future::succeededFuture, refusal -> Future.failedFuture(new StoreException(refusal.detail())));
    }

    /** One person at a time, so that nothing else waits long. Answers whether there may be more. */
    private Future<Outcome<Boolean>> expire(Consumer<Recorded> announce, Consumer<Label> gone, AtomicInteger ended) {
        return transactions.write(
                Deadline.after(TIMEOUT),
                change -> new ConsentTables(change.tables())
                        .ended(clock.instant(), 1)
                        .compose(due -> {
                            if (due.isEmpty()) {
                                return Future.succeededFuture(Outcome.done(false));
                            }
                            Label label = due.get(0).person();
                            change.announce(() -> {
                                ended.incrementAndGet();
                                gone.accept(label);
                            });
                            return note(change, DoorEvent.Kind.CONSENT_EXPIRED, label, announce)
                                    .compose(noted -> delete(change, label, null))
                                    .map(Outcome.done(true));
                        }));
    }

    private Future<Outcome<Integer>> warn(Change change, Consumer<Recorded> announce) {
        return new ConsentTables(change.tables())
                .warn(clock.instant().plus(config.warnBefore()))
                .compose(ending -> {
                    Future<?> noted = Future.succeededFuture();
                    for (Consent consent : ending) {
                        noted = noted.compose(
                                before -> note(change, DoorEvent.Kind.CONSENT_ENDING, consent.person(), announce));
                    }
                    return noted.map(all -> Outcome.done(ending.size()));
                });
    }

    /** The person with the consent; of somebody who is not enrolled, the consent alone. */
    private Future<Deletion> delete(Change change, Label label, OnDeletion attendance) {
        change.erases();
        return people.deleteIfKnown(change, label, attendance)
                .compose(deletion ->
                        new ConsentTables(change.tables()).delete(label).map(deletion));
    }

    private Future<?> note(Change change, DoorEvent.Kind kind, Label label, Consumer<Recorded> announce) {
        return events.note(
                change,
                new DoorEvent(
                        UUID.randomUUID(),
                        kind,
                        Instant.ofEpochMilli(clock.millis()),
                        null,
                        null,
                        null,
                        Direction.BOTH,
                        label,
                        null,
                        List.of()),
                announce);
    }

    private Future<List<Long>> compared(Change change, Label label) {
        return rows(change, label)
                .map(rows -> rows.stream()
                        .filter(row -> !row.setAside())
                        .map(TemplateRow::id)
                        .toList());
    }

    private Future<List<TemplateRow>> rows(Change change, Label label) {
        PeopleTables tables = new PeopleTables(change.tables());
        return tables.person(label)
                .compose(person -> person.isEmpty()
                        ? Future.succeededFuture(List.of())
                        : tables.vectors(person.get().id()));
    }

    /** Sets these templates of the person aside, or takes them up again, on disk and in memory. */
    private Future<Void> templates(Change change, Label label, List<Long> ids, boolean aside) {
        PeopleTables tables = new PeopleTables(change.tables());
        return rows(change, label).compose(rows -> {
            List<TemplateRow> meant =
                    rows.stream().filter(row -> ids.contains(row.id())).toList();
            change.afterCommit(() -> meant.forEach(row -> {
                gallery.remove(row.id());
                if (!aside && row.modelId().equals(modelId) && !row.damaged()) {
                    gallery.add(label, row.id(), row.vector());
                }
            }));
            Future<Void> written = aside
                    ? tables.setAside(meant.stream().map(TemplateRow::id).toList())
                            .mapEmpty()
                    : Future.succeededFuture();
            if (!aside) {
                for (TemplateRow row : meant) {
                    written = written.compose(before -> tables.takeUp(row.id()).mapEmpty());
                }
            }
            return written;
        });
    }

    private static <T> Outcome<T> unknown() {
        return Outcome.refused(
                Refusal.Code.UNKNOWN_CONSENT, "no consent of this person is on record: list those that are");
    }
}

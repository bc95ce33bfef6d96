package dev.lintel.store.people;

import dev.lintel.access.Consent;
import dev.lintel.face.CropPicture;
import dev.lintel.face.Deadline;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.messages.PeopleMessages.EnrolTemplates;
import dev.lintel.messages.PeopleMessages.Enrolment;
import dev.lintel.store.sqlite.Portions;
import dev.lintel.store.sqlite.Tables;
import dev.lintel.store.sqlite.Transactions;
import dev.lintel.store.sqlite.Transactions.Change;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps the picture of an enrolled view where that is switched on and a valid consent of the person names it; where one of the two ends,
 * it goes in the same change. Thread-safe.
 */
public final class Pictures {
    private static final int PORTION = 500;
    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    private final Transactions transactions;
    private final boolean on;
    private final InstantSource clock;

    /** @param on whether pictures are kept at all */
    public Pictures(Transactions transactions, boolean on, InstantSource clock) {
        this.transactions = transactions;
        this.on = on;
        this.clock = clock;
    }

    /** Of each template that is to be enrolled its picture, or null; all null where none are kept. */
    Future<List<byte[]>> of(EnrolTemplates question) {
        boolean none = question.templates().stream().allMatch(template -> template.crop() == null);
        return !on || none
                ? Future.succeededFuture(List.of())
                : transactions.offLoop(() -> {
                    List<byte[]> pictures = new ArrayList<>();
                    question.templates()
                            .forEach(template ->
                                    pictures.add(template.crop() == null ? null : CropPicture.png(template.crop())));
                    return pictures;
                });
    }

    /** Keeps those of the templates that were stored, if the person agreed. */
    Future<?> keep(Tables tables, Enrolment enrolment, List<byte[]> pictures) {
        Map<Long, byte[]> stored = new HashMap<>();
        for (int i = 0; i < pictures.size(); i++) {
            var result = enrolment.results().get(i);
            if (pictures.get(i) != null && result.stored()) {
                stored.put(result.id(), pictures.get(i));
            }
        }
        return stored.isEmpty()
                ? Future.succeededFuture()
                : agreed(tables, enrolment.label())
                        .compose(yes -> yes ? new PictureTables(tables).put(stored) : Future.succeededFuture());
    }

    /** After whatever may have changed whether the person agrees. */
    public Future<?> check(Change change, Label label) {
        Tables tables = change.tables();
        return agreed(tables, label)
                .compose(yes -> yes
                        ? Future.succeededFuture(0)
                        : new PeopleTables(tables)
                                .person(label)
                                .compose(person -> person.isEmpty()
                                        ? Future.succeededFuture(0)
                                        : new PictureTables(tables)
                                                .deleteOf(person.get().id())))
                .onSuccess(gone -> erasing(change, gone));
    }

    private static void erasing(Change change, int gone) {
        if (gone > 0) {
            change.erases();
        }
    }

    /** Where none are kept, none stay from before. */
    public Future<?> removeIfOff() {
        return on
                ? Future.succeededFuture()
                : Portions.untilRefused(() -> transactions.writeInBulk(
                        Deadline.after(TIMEOUT),
                        change -> new PictureTables(change.tables())
                                .deleteSome(PORTION)
                                .map(gone -> {
                                    erasing(change, gone);
                                    return Outcome.done(gone == PORTION);
                                })));
    }

    private Future<Boolean> agreed(Tables tables, Label label) {
        return !on
                ? Future.succeededFuture(false)
                : new ConsentTables(tables)
                        .find(label)
                        .map(found -> found.filter(consent -> consent.state(clock.instant()) == Consent.State.VALID
                                        && consent.purposes().contains(Consent.PICTURES))
                                .isPresent());
    }
}

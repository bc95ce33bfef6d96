package dev.lintel.store.visitors;

import dev.lintel.face.Deadline;
import dev.lintel.face.Outcome;
import dev.lintel.store.sqlite.Transactions;
import dev.lintel.store.sqlite.Transactions.Change;
import dev.lintel.store.visitors.VisitorTables.Visit;
import dev.lintel.visitors.FaceGroup;
import dev.lintel.visitors.GroupedFace;
import dev.lintel.visitors.Grouping;
import dev.lintel.visitors.VisitorsConfig;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Forgets visitors in time and keeps their groups in order. Thread-safe. */
final class VisitorUpkeep {
    /** When there are too many visits, one of so many goes at once: each erasure syncs the disk. */
    private static final int TRIMMED = 10;

    /** Nobody waits for it. */
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final Transactions transactions;
    private final VisitorsConfig config;
    private final Grouping grouping;
    private final String modelId;
    private final InstantSource clock;

    VisitorUpkeep(
            Transactions transactions, VisitorsConfig config, Grouping grouping, String modelId, InstantSource clock) {
        this.transactions = transactions;
        this.config = config;
        this.grouping = grouping;
        this.modelId = modelId;
        this.clock = clock;
    }

    /**
     * Forgets what is due: visits and ignored faces whose time is over, and faces of a model that is not in use, which
     * can neither be recognised nor given a name. Then looks over the groups, see {@link Grouping#tidy}.
     */
    Future<?> purge() {
        Instant now = clock.instant();
        // Where nobody is remembered there is nobody to be ignored.
        Instant ignoredSince = config.on() ? now.minus(config.ignoreFor()) : now;
        return transactions
                .write(unhurried(), change -> {
                    VisitorTables tables = new VisitorTables(change.tables());
                    return tables.deleteStale(ignoredSince, modelId)
                            .compose(stale -> tables.deleteVisitsUntil(now.minus(config.keep()))
                                    .compose(changed -> {
                                        if (stale > 0 || !changed.isEmpty()) {
                                            change.erases();
                                        }
                                        return recount(tables, changed);
                                    }))
                            .map(done -> Outcome.done(true));
                })
                .compose(purged -> tidy());
    }

    /** After one more visit: if there are too many, the oldest go. */
    Future<Void> trim(Change change, VisitorTables tables) {
        return tables.count().compose(visits -> {
            if (visits <= config.most()) {
                return Future.succeededFuture();
            }
            change.erasesInPassing();
            return tables.deleteOldest(visits - config.most() + config.most() / TRIMMED)
                    .compose(changed -> recount(tables, changed));
        });
    }

    /** After visits went or moved: what their groups look like now; a group without a visit goes too. */
    private static Future<Void> recount(VisitorTables tables, Iterable<Long> groups) {
        return each(
                groups,
                id -> tables.visits(id).compose(visits -> {
                    FaceGroup group = null;
                    for (Visit visit : visits) {
                        group = group == null ? FaceGroup.of(id, visit.vector()) : group.with(visit.vector());
                    }
                    return group == null ? tables.deleteEmptyGroup(id) : tables.updateGroup(group);
                }));
    }

    /** Thinks without the database, so that nobody waits at a door meanwhile; what has changed by then stays as it is. */
    private Future<Outcome<Boolean>> tidy() {
        return transactions
                .read(unhurried(), tables -> new VisitorTables(tables).faces().map(Outcome::done))
                .compose(outcome ->
                        outcome.fold(this::tidy, refusal -> Future.succeededFuture(Outcome.refused(refusal))));
    }

    private Future<Outcome<Boolean>> tidy(List<GroupedFace> faces) {
        return transactions
                .offLoop(() -> grouping.tidy(faces))
                .compose(moves -> moves.isEmpty()
                        ? Future.succeededFuture(Outcome.done(true))
                        : transactions.write(
                                unhurried(), change -> move(new VisitorTables(change.tables()), faces, moves)));
    }

    private Future<Outcome<Boolean>> move(VisitorTables tables, List<GroupedFace> faces, Map<String, Long> moves) {
        Map<Long, Long> made = new HashMap<>();
        Set<Long> touched = new LinkedHashSet<>();
        List<GroupedFace> moving = faces.stream()
                .filter(face -> moves.containsKey(face.sighting()))
                .toList();
        return each(
                        moving,
                        face -> target(tables, face, moves.get(face.sighting()), made)
                                .compose(to -> {
                                    touched.add(face.group());
                                    touched.add(to);
                                    return tables.moveVisit(face.sighting(), face.group(), to);
                                }))
                .compose(moved -> recount(tables, touched))
                .map(done -> Outcome.done(true));
    }

    /** @param made the groups that were made so far, by their negative numbers */
    private Future<Long> target(VisitorTables tables, GroupedFace face, long planned, Map<Long, Long> made) {
        if (planned > 0 || made.containsKey(planned)) {
            return Future.succeededFuture(made.getOrDefault(planned, planned));
        }
        return tables.insertGroup(modelId, face.vector()).onSuccess(id -> made.put(planned, id));
    }

    private static Deadline unhurried() {
        return Deadline.after(TIMEOUT);
    }

    private static <T> Future<Void> each(Iterable<T> all, Function<T, Future<Void>> step) {
        Future<Void> done = Future.succeededFuture();
        for (T one : all) {
            done = done.compose(before -> step.apply(one));
        }
        return done;
    }
}

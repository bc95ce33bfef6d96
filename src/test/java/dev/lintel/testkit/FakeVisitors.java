package dev.lintel.testkit;

import dev.lintel.bus.Bus;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.messages.PeopleMessages.EnrolTemplates;
import dev.lintel.messages.PeopleMessages.Enrolment;
import dev.lintel.messages.VisitorMessages;
import dev.lintel.messages.VisitorMessages.AssignVisitors;
import dev.lintel.messages.VisitorMessages.VisitorGroup;
import dev.lintel.messages.VisitorMessages.Visitors;
import dev.lintel.messages.VisitorMessages.VisitorsForgotten;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;

/** Unknown visitors without a disk: the group {@code n} looks like the fake photo that it was made of. */
final class FakeVisitors {
    private static final Duration KEEP = Duration.ofHours(72);

    private record Seen(VisitorGroup group, String photo) {}

    private volatile Duration keep = KEEP;
    private final Map<Long, Seen> groups = new ConcurrentSkipListMap<>();

    Future<?> serve(Bus bus, Function<EnrolTemplates, Outcome<Enrolment>> enrol) {
        return Future.all(List.of(
                bus.serve(
                        VisitorMessages.LIST,
                        q -> Future.succeededFuture(Outcome.done(new Visitors(
                                keep,
                                groups.values().stream()
                                        .map(Seen::group)
                                        .filter(group -> group.ignored() == q.ignored())
                                        .toList())))),
                bus.serve(VisitorMessages.ASSIGN, q -> listed(q.group(), seen -> assign(q, seen, enrol))),
                bus.serve(
                        VisitorMessages.IGNORE,
                        q -> listed(q.group(), seen -> {
                            VisitorGroup was = seen.group;
                            VisitorGroup ignored = new VisitorGroup(
                                    was.id(),
                                    true,
                                    0,
                                    0,
                                    was.last(),
                                    was.last(),
                                    List.of(),
                                    was.last().plus(Duration.ofDays(30)),
                                    List.of());
                            groups.put(was.id(), new Seen(ignored, seen.photo));
                            return Outcome.done(ignored);
                        })),
                bus.serve(
                        VisitorMessages.FORGET,
                        q -> of(q.group(), seen -> {
                            groups.remove(q.group());
                            return Outcome.done(new VisitorsForgotten(q.group(), seen.group.visits()));
                        }))));
    }

    void add(long id, String photo, int visits, int live, Instant first, Instant last, List<String> cameras) {
        groups.put(
                id,
                new Seen(
                        new VisitorGroup(id, false, visits, live, first, last, cameras, last.plus(KEEP), List.of()),
                        photo));
    }

    /** From now on none is remembered. */
    void off() {
        groups.clear();
        keep = Duration.ZERO;
    }

    void clear() {
        groups.clear();
        keep = KEEP;
    }

    private Outcome<Enrolment> assign(AssignVisitors q, Seen seen, Function<EnrolTemplates, Outcome<Enrolment>> enrol) {
        if (seen.group.live() == 0 && !q.allowUnproven()) {
            return Outcome.refused(Refusal.Code.SPOOF_SUSPECTED, "failed liveness checks: add liveness=any");
        }
        Outcome<Enrolment> outcome = enrol.apply(new EnrolTemplates(
                q.label(),
                List.of(new EnrolTemplates.NewTemplate(FakeFaces.embeddingOf(seen.photo), 0.9)),
                q.duplicateSimilarity(),
                q.allowDuplicate(),
                q.unlikeSimilarity(),
                q.overRights(),
                q.deadline()));
        boolean stored = outcome.fold(
                enrolment -> enrolment.results().stream().anyMatch(Enrolment.Result::stored), refusal -> false);
        if (stored) {
            groups.remove(q.group());
        }
        return outcome;
    }

    /** One that is ignored is not to be found. */
    private <R> Future<Outcome<R>> listed(long id, Function<Seen, Outcome<R>> answer) {
        Seen seen = groups.get(id);
        return of(seen == null || seen.group.ignored() ? -1 : id, answer);
    }

    private <R> Future<Outcome<R>> of(long id, Function<Seen, Outcome<R>> answer) {
        Seen seen = groups.get(id);
        return Future.succeededFuture(
                seen == null
                        ? Outcome.refused(Refusal.Code.UNKNOWN_VISITOR, "no such visitors: list them again")
                        : answer.apply(seen));
    }
}

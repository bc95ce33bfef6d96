package dev.lintel.door;

import dev.lintel.access.AccessRights;
import dev.lintel.access.Decision;
import dev.lintel.access.Decision.Passage;
import dev.lintel.access.Decision.Verdict;
import dev.lintel.access.Direction;
import dev.lintel.access.DoorEvent.Kind;
import dev.lintel.access.DoorMode;
import dev.lintel.access.LiveProof;
import dev.lintel.access.Reason;
import dev.lintel.access.Sighting;
import dev.lintel.access.Sighting.Identity;
import dev.lintel.bus.Bus;
import dev.lintel.clock.Clocks;
import dev.lintel.door.DoorConfig.OnFailure;
import dev.lintel.door.DoorMemory.Mark;
import dev.lintel.door.policy.Case;
import dev.lintel.door.policy.DoorPolicy;
import dev.lintel.door.policy.Ruling;
import dev.lintel.door.policy.Timetable;
import dev.lintel.face.Deadline;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.messages.AccessMessages;
import dev.lintel.messages.AccessMessages.GetAccess;
import dev.lintel.metrics.ApplianceMetrics;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides, records, opens, in this order. Where a decision cannot be made or recorded, a door that is fail-secure stays
 * shut and one that is fail-safe opens, but only for a face that the camera recognised and proved live. Used from one event
 * loop.
 */
final class DecisionFlow {
    static final String FAIL_SECURE = "fail-secure";
    static final String FAIL_SAFE = "fail-safe";

    /** How often the door opens again for somebody who was let in and stays. */
    private static final int MOST_OPENED = 2;

    /** Whose rights count no more. */
    private static final Set<Refusal.Code> NOBODY = Set.of(Refusal.Code.UNKNOWN_PERSON, Refusal.Code.PERSON_INACTIVE);

    /** People whose last decision is remembered: nobody's view holds so many. */
    private static final int MOST_STANDING = 100;

    private static final Logger LOG = LoggerFactory.getLogger(DecisionFlow.class);

    private final String id;
    private final DoorConfig config;
    private final Timetable hours;
    private final Bus bus;
    private final Records records;
    private final DoorMemory memory;
    private final PhysicalDoor physicalDoor;
    private final PassageLog passages;
    private final Clocks clocks;
    private final ApplianceMetrics metrics;
    private final Map<Label, Standing> standing = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Label, Standing> eldest) {
            return size() > MOST_STANDING;
        }
    };
    private Decision last;

    /** @param id of the door; null for cameras that belong to none */
    DecisionFlow(
            String id,
            DoorConfig config,
            Bus bus,
            Records records,
            DoorMemory memory,
            PhysicalDoor physicalDoor,
            PassageLog passages,
            Clocks clocks,
            ApplianceMetrics metrics) {
        this.id = id;
        this.config = config;
        this.hours = config.timetable();
        this.bus = bus;
        this.records = records;
        this.memory = memory;
        this.physicalDoor = physicalDoor;
        this.passages = passages;
        this.clocks = clocks;
        this.metrics = metrics;
    }

    /** The latest decision; null if there was none. */
    Decision last() {
        return last;
    }

    /** Nothing of this person stays in memory. */
    void forget(Label person) {
        memory.forget(person);
        standing.remove(person);
        boolean about = last != null
                && (person.equals(last.person()) || (last.sighting() != null && resembles(last.sighting(), person)));
        last = about ? null : last;
    }

    static boolean resembles(Sighting seen, Label person) {
        return seen.nearest() != null && seen.nearest().label().equals(person);
    }

    Future<Decision> decide(Sighting seen) {
        Label person = seen.identity() == Identity.UNKNOWN || seen.nearest() == null
                ? null
                : seen.nearest().label();
        return decide(seen.id(), seen, person, false).map(Acted::decision);
    }

    /**
     * The same for somebody who was decided about before and stays: the earlier decision, unless it is another by now. Who was
     * let in and still stands there has the door opened a few times more, as it may have been missed, and then no longer.
     */
    Future<Decision> again(Sighting seen) {
        Label person = seen.nearest() == null ? null : seen.nearest().label();
        Standing before = person == null ? null : standing.get(person);
        if (before == null) {
            return decide(seen);
        }
        return rights(person)
                .map(rights -> rule(seen, rights, person, false))
                .otherwise(failure -> broken(seen, failure))
                .compose(ruling -> before.same(ruling)
                        ? Future.succeededFuture(before.decision)
                        : act(seen.id(), ruling, seen, person, false)
                                .map(Acted::decision)
                                .onSuccess(decision -> standing.put(
                                        person, new Standing(decision, before.opened + (ruling.opens() ? 1 : 0)))));
    }

    /** What was decided about somebody who may still stand there, and how often the door opened again for them. */
    private record Standing(Decision decision, int opened) {

        boolean same(Ruling now) {
            if (now.opens()) {
                return opened >= MOST_OPENED;
            }
            if (decision.verdict() == Verdict.GRANTED) {
                // That somebody who was let in now counts as inside, or as a moment ago, is no news; nor that a PIN was
                // typed.
                return now.verdict() == Verdict.GRANTED
                        || now.verdict() == Verdict.PIN_NEEDED
                        || now.rule().equals("anti-passback");
            }
            return now.verdict() == decision.verdict() && now.rule().equals(decision.rule());
        }
    }

    /** The person's PIN was typed. */
    Future<Acted> proven(UUID id, Sighting seen, Label person) {
        return decide(id, seen, person, true);
    }

    private Future<Acted> decide(UUID decision, Sighting seen, Label person, boolean proven) {
        return rights(person)
                .map(rights -> rule(seen, rights, person, proven))
                .otherwise(failure -> broken(seen, failure))
                .compose(ruling -> act(decision, ruling, seen, person, proven))
                .onSuccess(done -> {
                    if (person != null) {
                        standing.put(person, new Standing(done.decision(), 0));
                    }
                });
    }

    private Ruling rule(Sighting seen, AccessRights rights, Label person, boolean proven) {
        physicalDoor.settle();
        Ruling ruling = DoorPolicy.decide(new Case(
                config.terms(),
                hours,
                seen,
                rights,
                memory.of(person, physicalDoor.mode()),
                clocks.now(),
                clocks.known(),
                proven));
        return ruling.rule().equals("clock") && opensAllTheSame(seen)
                ? new Ruling(
                        Verdict.GRANTED, FAIL_SAFE, List.of(ruling.reasons().get(0), new Reason("opens-then")), true)
                : ruling;
    }

    /** Null where there are none to be had: nobody is named, or the named is not enrolled any more or deactivated. */
    private Future<AccessRights> rights(Label person) {
        if (person == null) {
            return Future.succeededFuture();
        }
        return bus.ask(AccessMessages.GET, new GetAccess(person, true, Deadline.after(Records.TIMEOUT)))
                .compose(answer -> answer instanceof Outcome.Refused<AccessRights> no
                                && NOBODY.contains(no.refusal().code())
                        ? Future.succeededFuture()
                        : Records.value(answer));
    }

    private Ruling broken(Sighting seen, Throwable failure) {
        LOG.error("door {}: the person's rights could not be read: {}", id, failure.toString());
        return opensAllTheSame(seen)
                ? new Ruling(Verdict.GRANTED, FAIL_SAFE, unread("opens-then"), true)
                : new Ruling(Verdict.DENIED, FAIL_SECURE, unread("shut-then"), false);
    }

    /** Where no decision can be had. */
    private boolean opensAllTheSame(Sighting seen) {
        return config.fail() == OnFailure.SAFE
                && physicalDoor.mode() != DoorMode.LOCK_DOWN
                && seen != null
                && seen.identity() == Identity.KNOWN
                && liveEnough(seen);
    }

    private boolean liveEnough(Sighting seen) {
        return !config.requireLiveness() || seen.liveness().state() == LiveProof.State.LIVE;
    }

    private static List<Reason> unread(String then) {
        return List.of(new Reason("rights-unread"), new Reason(then));
    }

    /**
     * A decision and what came of it.
     *
     * @param fault what is wrong with the lock, so that the door stayed shut; empty if nothing is
     */
    record Acted(Decision decision, Optional<String> fault) {

        /** Refused where the door was to open and did not. */
        Outcome<Decision> outcome() {
            return fault.isEmpty()
                    ? Outcome.done(decision)
                    : Outcome.refused(
                            Refusal.Code.LOCK_FAILED,
                            "the door stayed shut: " + fault.get() + "; see to the lock, then try again");
        }
    }

    /** Records a ruling and does what it says. Who was to be let in and found a lock that failed has not passed. */
    Future<Acted> act(UUID decisionId, Ruling ruling, Sighting seen, Label person, boolean proven) {
        boolean named = person != null && (proven || (seen != null && seen.identity() == Identity.KNOWN));
        boolean passes = ruling.opens() && named && (proven || liveEnough(seen));
        Decision decision = new Decision(
                decisionId,
                id,
                clocks.now(),
                ruling.verdict(),
                named ? person : null,
                seen,
                ruling.rule(),
                !passes ? Passage.NONE : physicalDoor.tells() || !clocks.known() ? Passage.AWAITED : Passage.AT_ONCE,
                ruling.reasons());
        Mark mark = passes ? memory.passes(person, direction(seen)) : Mark.NONE;
        return records.keep(decision)
                .compose(
                        recorded -> {
                            if (!recorded.fresh()) {
                                mark.wholly().run();
                                return acted(recorded.event().decision());
                            }
                            return follow(decision, ruling.opens(), mark);
                        },
                        failure -> unrecorded(decision, ruling, mark, failure))
                .onSuccess(done -> {
                    last = done.decision();
                    metrics.decision(id, last.verdict().name(), last.rule());
                });
    }

    private static Future<Acted> acted(Decision decision) {
        return Future.succeededFuture(new Acted(decision, Optional.empty()));
    }

    private Future<Acted> unrecorded(Decision decision, Ruling ruling, Mark mark, Throwable failure) {
        LOG.error("door {}: a decision could not be recorded: {}", id, failure.toString());
        if (ruling.opens() && config.fail() == OnFailure.SAFE) {
            Decision open = changed(decision, Verdict.GRANTED, FAIL_SAFE, "opens-then");
            return follow(open, true, mark);
        }
        mark.wholly().run();
        if (ruling.verdict() == Verdict.DENIED) {
            return acted(decision);
        }
        // The record may yet get through: then the log must not leave it at a door that opened.
        records.following(decision, Kind.DOOR_FAILED, clocks.now(), new Reason("shut-unrecorded"));
        return acted(changed(decision, Verdict.DENIED, FAIL_SECURE, "shut-then"));
    }

    private static Decision changed(Decision of, Verdict verdict, String rule, String then) {
        List<Reason> why = new ArrayList<>(List.of(new Reason("unrecorded"), new Reason(then)));
        why.addAll(of.reasons());
        return new Decision(
                of.id(),
                of.door(),
                of.at(),
                verdict,
                of.person(),
                of.sighting(),
                rule,
                verdict == Verdict.GRANTED ? of.passage() : Passage.NONE,
                why);
    }

    private Future<Acted> follow(Decision decision, boolean opens, Mark mark) {
        return opens
                ? physicalDoor.open(decision).map(fault -> {
                    if (fault.isPresent()) {
                        mark.wholly().run();
                    } else if (decision.passage() == Passage.AWAITED) {
                        physicalDoor.expect(why -> passages.passed(decision, why), mark.way());
                    }
                    return new Acted(decision, fault);
                })
                : acted(decision);
    }

    private static Direction direction(Sighting seen) {
        return seen == null ? Direction.BOTH : seen.direction();
    }
}

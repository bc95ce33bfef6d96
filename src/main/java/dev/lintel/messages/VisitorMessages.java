package dev.lintel.messages;

import dev.lintel.bus.Address;
import dev.lintel.bus.Command;
import dev.lintel.bus.Message;
import dev.lintel.face.Act;
import dev.lintel.face.Candidate;
import dev.lintel.face.Deadline;
import dev.lintel.face.Label;
import dev.lintel.messages.PeopleMessages.Enrolment;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Unknown people who were seen lately, in groups: answered by the store. */
public final class VisitorMessages {
    /** Store: unknown people who were seen lately, in groups. */
    public static final Address<ListVisitors, Visitors> LIST = Address.house("store.visitors");

    public static final Address<AssignVisitors, Enrolment> ASSIGN = Address.house("store.assign-visitors");

    public static final Address<IgnoreVisitors, VisitorGroup> IGNORE = Address.house("store.ignore-visitors");

    public static final Address<ForgetVisitors, VisitorsForgotten> FORGET = Address.house("store.forget-visitors");

    /**
     * Unknown people who were seen lately, in groups, last seen first.
     *
     * @param ignored those that are to be ignored, instead of the others
     * @param resembling from this similarity on, an enrolled person is named as somebody whom the visitor may be
     */
    public record ListVisitors(boolean ignored, double resembling, Deadline deadline) implements Message {}

    /**
     * Unknown people.
     *
     * @param keep how long a visit is remembered; zero: none is
     */
    public record Visitors(Duration keep, List<VisitorGroup> groups) implements Serializable {

        public Visitors {
            groups = List.copyOf(groups);
        }
    }

    /**
     * One unknown person, as far as can be told, without the vectors.
     *
     * @param visits that are remembered; 0 of one that is ignored, whose visits are forgotten
     * @param live visits in which the face was proven to be live
     * @param first remembered visit, or since when it is ignored
     * @param last remembered visit, likewise
     * @param cameras that saw it
     * @param until when it is forgotten, unless seen again
     * @param resembles enrolled people whom it looks like, nearest first, a few at most
     */
    public record VisitorGroup(
            long id,
            boolean ignored,
            int visits,
            int live,
            Instant first,
            Instant last,
            List<String> cameras,
            Instant until,
            List<Candidate> resembles)
            implements Serializable {

        public VisitorGroup {
            cameras = List.copyOf(cameras);
            resembles = List.copyOf(resembles);
        }

        public VisitorGroup resembling(List<Candidate> people) {
            return new VisitorGroup(id, ignored, visits, live, first, last, cameras, until, people);
        }
    }

    /**
     * This group of unknown visitors is that person: enrol its best faces, and forget the group once one of them is stored.
     *
     * @param duplicateSimilarity at this similarity to another person's template, a face counts as already enrolled
     * @param allowDuplicate store it all the same
     * @param unlikeSimilarity a face with a smaller score against the person's own templates is not stored; -1: whatever it is
     * @param allowUnproven also enrol faces that were not proven to be live
     * @param overRights whether the asker may add a face to somebody to whom rights at a door were given; else refused
     */
    public record AssignVisitors(
            long group,
            Label label,
            double duplicateSimilarity,
            boolean allowDuplicate,
            double unlikeSimilarity,
            boolean allowUnproven,
            boolean overRights,
            Deadline deadline)
            implements Command {
        @Override
        public Act act() {
            return Act.of("visitors-named", label).with("visitors", group);
        }

        /** As an administrator, and however unlike the person's own templates. */
        public AssignVisitors(
                long group,
                Label label,
                double duplicateSimilarity,
                boolean allowDuplicate,
                boolean allowUnproven,
                Deadline deadline) {
            this(group, label, duplicateSimilarity, allowDuplicate, -1, allowUnproven, true, deadline);
        }
    }

    /** Do not list this face any more. Its visits are forgotten; what it looks like is kept for a while, to know it again. */
    public record IgnoreVisitors(long group, Deadline deadline) implements Command {
        @Override
        public Act act() {
            return Act.of("visitors-ignored").with("visitors", group);
        }
    }

    /** Forget this group of unknown visitors, ignored or not, with all that is stored of it. */
    public record ForgetVisitors(long group, Deadline deadline) implements Command {
        @Override
        public Act act() {
            return Act.of("visitors-forgotten").with("visitors", group);
        }
    }

    /** @param visits how many were remembered */
    public record VisitorsForgotten(long group, int visits) implements Serializable {}

    private VisitorMessages() {}
}

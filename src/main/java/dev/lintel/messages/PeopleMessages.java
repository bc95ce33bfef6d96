package dev.lintel.messages;

import dev.lintel.access.OnDeletion;
import dev.lintel.access.PersonData;
import dev.lintel.access.PutResult;
import dev.lintel.access.Receipt;
import dev.lintel.bus.Address;
import dev.lintel.bus.Command;
import dev.lintel.bus.Message;
import dev.lintel.bus.Topic;
import dev.lintel.face.Act;
import dev.lintel.face.Candidate;
import dev.lintel.face.Deadline;
import dev.lintel.face.Details;
import dev.lintel.face.Embedding;
import dev.lintel.face.EncodedImage;
import dev.lintel.face.FaceCrop;
import dev.lintel.face.GallerySize;
import dev.lintel.face.Label;
import dev.lintel.face.Person;
import dev.lintel.face.Told;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Who is enrolled, and who looks like whom: answered by the store. */
public final class PeopleMessages {
    /** Store: compare probes with the gallery. */
    public static final Address<MatchFaces, Matches> MATCH = Address.house("store.match");

    /** Store: compare one probe with one person. */
    public static final Address<MatchPerson, PersonMatch> MATCH_PERSON = Address.house("store.match-person");

    public static final Address<EnrolTemplates, Enrolment> ENROL = Address.house("store.enrol");

    public static final Address<ListPeople, PeoplePage> LIST = Address.house("store.list");

    public static final Address<GetPerson, Person> GET = Address.house("store.get");

    public static final Address<RenamePerson, Person> RENAME = Address.house("store.rename");

    public static final Address<DeletePerson, Deletion> DELETE = Address.house("store.delete");

    public static final Address<DeleteTemplate, Deletion> DELETE_TEMPLATE = Address.house("store.delete-template");

    /** Store: set a template aside, take it up again, or give it to another person. */
    public static final Address<ChangeTemplate, Person> CHANGE_TEMPLATE = Address.house("store.change-template");

    /** Store: how the templates of people fit. */
    public static final Address<CheckPeople, PeopleCheck> CHECK = Address.house("store.check-people");

    /** Store: whose template this is. */
    public static final Address<FindOwner, Label> FIND_OWNER = Address.house("store.find-owner");

    /** Store: who has nearly this label. */
    public static final Address<FindAlike, Alike> FIND_ALIKE = Address.house("store.find-alike");

    /** Store: what a template was made of. */
    public static final Address<FindPicture, EncodedImage> PICTURE = Address.house("store.picture");

    /** Store: everything about one person. */
    public static final Address<CollectPersonData, PersonData> PERSON_DATA = Address.house("store.person-data");

    /** Store: who fits a search. */
    public static final Address<FindPeople, PeoplePage> FIND = Address.house("store.find-people");

    /** Store: what the operator's own system says of some people. */
    public static final Address<FindDetails, KnownDetails> DETAILS = Address.house("store.details");

    public static final Address<DescribePerson, Person> DESCRIBE = Address.house("store.describe");

    /** Store: deactivate a person, or activate one again. */
    public static final Address<SetActive, Person> SET_ACTIVE = Address.house("store.set-active");

    /** Store: make or change a person by the number that another system has. */
    public static final Address<PutPerson, PutAnswer> PUT = Address.house("store.put-person");

    /** A label that was deleted or renamed, after that is on disk. */
    public static final Topic<PersonForgotten> FORGOTTEN = Topic.house("store.forgotten");

    /**
     * Who looks most like these?
     *
     * @param top how many people to name for each probe, at least 1
     */
    public record MatchFaces(List<Embedding> probes, int top, Deadline deadline) implements Message {
        public MatchFaces {
            probes = List.copyOf(probes);
        }
    }

    /**
     * The nearest people, without a judgement whether they are near enough.
     *
     * @param candidates for each probe, nearest first, each person once; empty if nobody is enrolled
     * @param size what each probe was compared with
     */
    public record Matches(List<List<Candidate>> candidates, GallerySize size) implements Serializable {
        public Matches {
            candidates = candidates.stream().map(List::copyOf).toList();
        }
    }

    /** How much does this look like that person? Refused if the person is unknown. */
    public record MatchPerson(Label label, Embedding probe, Deadline deadline) implements Message {}

    /**
     * @param similarity the person's score, see {@link Candidate}
     * @param templates of the person that it was made of
     */
    public record PersonMatch(double similarity, int templates) implements Serializable {}

    /**
     * Store these faces of one person, in one transaction.
     *
     * @param duplicateSimilarity at this similarity to another person's template, a face counts as already enrolled
     * @param allowDuplicate store it all the same
     * @param unlikeSimilarity a face with a smaller score against the person's own templates is not stored; -1: whatever it is
     * @param overRights whether the asker may add a face to somebody to whom rights at a door were given; else refused
     */
    public record EnrolTemplates(
            Label label,
            List<NewTemplate> templates,
            double duplicateSimilarity,
            boolean allowDuplicate,
            double unlikeSimilarity,
            boolean overRights,
            Deadline deadline)
            implements Command {
        @Override
        public Act act() {
            return Act.of("person-enrolled", label);
        }

        /** As an administrator, and however unlike the person's own templates. */
        public EnrolTemplates(
                Label label,
                List<NewTemplate> templates,
                double duplicateSimilarity,
                boolean allowDuplicate,
                Deadline deadline) {
            this(label, templates, duplicateSimilarity, allowDuplicate, -1, true, deadline);
        }

        /**
         * A face to be stored.
         *
         * @param quality its quality score, 0..1
         * @param crop what it was made of, to be kept if that is switched on and agreed to; null: nothing is kept
         */
        public record NewTemplate(Embedding embedding, double quality, FaceCrop crop) implements Serializable {
            public NewTemplate(Embedding embedding, double quality) {
                this(embedding, quality, null);
            }
        }

        public EnrolTemplates {
            templates = List.copyOf(templates);
        }
    }

    /**
     * What was stored.
     *
     * @param total templates of this person now; 0 if nothing was stored for a new person
     * @param results one for each template that was asked for, in order
     */
    public record Enrolment(Label label, int total, List<Result> results) implements Serializable, Told {
        @Override
        public Map<String, String> told() {
            return Map.of(
                    "templates",
                    results.stream()
                            .filter(Result::stored)
                            .map(result -> Long.toString(result.id))
                            .collect(Collectors.joining(" ")));
        }

        /**
         * @param id of the stored template, or 0 if it was not stored because its face is enrolled under another label, or unlike
         *     the person's own
         * @param duplicate the other person whose face this is, or null
         * @param unlike its score against the person's own templates, if that is why it was not stored; else null
         */
        public record Result(long id, Candidate duplicate, Double unlike) implements Serializable {
            public boolean stored() {
                return id != 0;
            }

            public Optional<Candidate> duplicateOf() {
                return Optional.ofNullable(duplicate);
            }
        }

        public Enrolment {
            results = List.copyOf(results);
        }
    }

    /**
     * Who is enrolled, in the order of the labels?
     *
     * @param after the last label of the page before, exclusive; empty for the first page
     * @param limit most people on the page, at least 1
     * @param withoutModel only those of whom this model has made no template, and can make none of a picture; null: everybody
     */
    public record ListPeople(String after, int limit, String withoutModel, Deadline deadline) implements Message {
        /** Everybody. */
        public ListPeople(String after, int limit, Deadline deadline) {
            this(after, limit, null, deadline);
        }
    }

    /**
     * @param people in the order of their labels
     * @param total how many there are on all pages
     * @param more whether people follow after the last one here
     */
    public record PeoplePage(List<Person.Summary> people, int total, boolean more) implements Serializable {
        public PeoplePage {
            people = List.copyOf(people);
        }
    }

    /**
     * Who fits all of this, in the order of the labels?
     *
     * @param externalId the number of another system, all of it; empty: whatever it is
     * @param text a part of the label, of the number, the note or a field, whatever the case; empty: whatever they are
     * @param active only those who are recognised, or only those who are deactivated; null: both
     * @param after the last label of the page before, exclusive; empty for the first page
     * @param limit most people on the page, at least 1
     */
    public record FindPeople(String externalId, String text, Boolean active, String after, int limit, Deadline deadline)
            implements Message {
        public boolean fits(Person.Summary person) {
            String plain = Label.plain(text);
            return (active == null || active == (person.inactiveSince() == null))
                    && (plain.isEmpty()
                            || Label.plain(person.label().text()).contains(plain)
                            || person.details().contains(plain));
        }
    }

    /** What does the operator's own system say of these? */
    public record FindDetails(List<Label> labels, Deadline deadline) implements Message {
        public FindDetails {
            labels = List.copyOf(labels);
        }
    }

    /** @param people those of whom something is said */
    public record KnownDetails(Map<Label, Details> people) implements Serializable {
        public KnownDetails {
            people = Map.copyOf(people);
        }
    }

    /** Say this of a person. Refused if unknown, or if somebody else has the number. */
    public record DescribePerson(Label label, Details.Change change, Deadline deadline) implements Command {
        @Override
        public Act act() {
            return Act.of("person-described", label);
        }
    }

    /** From now on nobody is recognised as this person, no door opens, and no PIN is right; or all that again. Refused if unknown. */
    public record SetActive(Label label, boolean active, Deadline deadline) implements Command {
        @Override
        public Act act() {
            return Act.of(active ? "person-activated" : "person-deactivated", label);
        }
    }

    /**
     * There is a person of this number; made if there is none, without a face. Somebody of the same label who has no number gets it.
     * Refused if the label is somebody else's.
     *
     * @param label which the person is to have
     * @param change its number is not looked at
     * @param active null: as it is; of somebody new, yes
     */
    public record PutPerson(String externalId, Label label, Details.Change change, Boolean active, Deadline deadline)
            implements Command {
        @Override
        public Act act() {
            return Act.of("person-put", label).with("active", active);
        }
    }

    /** @param former the label that the person had, if another one; else null */
    public record PutAnswer(Person person, PutResult what, Label former) implements Serializable, Told {
        @Override
        public Map<String, String> told() {
            return Map.of("result", what.name().toLowerCase(Locale.ROOT));
        }
    }

    /** What is stored of this person? Refused if unknown. */
    public record GetPerson(Label label, Deadline deadline) implements Message {}

    /** Whose template is this? Refused if nobody's. */
    public record FindOwner(long template, Deadline deadline) implements Message {}

    /** What was this template made of, as a PNG? Refused if the person or the template is unknown, or no picture of it is kept. */
    public record FindPicture(Label label, long template, Deadline deadline) implements Message {}

    /** Who has a label that differs from this one in case, in spaces or in the width of its characters only? */
    public record FindAlike(Label label, Deadline deadline) implements Message {}

    /** @param labels others than the one that was asked about, which need not exist */
    public record Alike(List<Label> labels) implements Serializable {
        public Alike {
            labels = List.copyOf(labels);
        }
    }

    /**
     * Give a person another label. Refused if unknown, or if the label is taken and {@code merge} is false.
     *
     * @param merge put the templates of both under the new label
     * @param unlikeSimilarity people with a smaller score against each other are not merged; -1: whoever they are
     * @param overRights whether the asker may merge where rights at a door were given to one of the two; else refused
     */
    public record RenamePerson(
            Label from, Label to, boolean merge, double unlikeSimilarity, boolean overRights, Deadline deadline)
            implements Command {
        @Override
        public Act act() {
            return Act.of(merge ? "people-merged" : "person-renamed", to);
        }

        /** As an administrator, and however unlike the two are. */
        public RenamePerson(Label from, Label to, boolean merge, Deadline deadline) {
            this(from, to, merge, -1, true, deadline);
        }
    }

    /**
     * Forget a person and every template. Refused if unknown; known is also who was deleted while the attendance was kept.
     *
     * @param attendance what becomes of the attendance; null: as configured
     */
    public record DeletePerson(Label label, OnDeletion attendance, Deadline deadline) implements Command {
        @Override
        public Act act() {
            return Act.of("person-deleted", label)
                    .with(
                            "attendance",
                            attendance == null ? null : attendance.name().toLowerCase(Locale.ROOT));
        }

        public DeletePerson(Label label, Deadline deadline) {
            this(label, null, deadline);
        }
    }

    /**
     * Forget one template; with the last one, the person. Refused if either is unknown.
     *
     * @param attendance what becomes of the attendance if the person goes as well; null: as configured
     */
    public record DeleteTemplate(Label label, long id, OnDeletion attendance, Deadline deadline) implements Command {
        @Override
        public Act act() {
            return Act.of("template-deleted", label).with("template", id);
        }

        public DeleteTemplate(Label label, long id, Deadline deadline) {
            this(label, id, null, deadline);
        }
    }

    /**
     * Change what a template counts for. Refused if the person or the template is unknown, or if the person's only template was to
     * be given away. Each change can be taken back by the opposite one.
     *
     * @param setAside true: keep it, but compare it no more; false: compare it again; null: as it is
     * @param moveTo who is to get it; null: nobody
     * @return the person who has it then
     */
    public record ChangeTemplate(Label label, long id, Boolean setAside, Label moveTo, Deadline deadline)
            implements Command {
        @Override
        public Act act() {
            return Act.of("template-changed", moveTo == null ? label : moveTo)
                    .with("template", id)
                    .with("set_aside", setAside)
                    .with("moved", moveTo == null ? null : true);
        }
    }

    /**
     * How do the templates of people fit, in the order of the labels?
     *
     * @param label of one person; null: of all, a page at a time
     * @param after the last label of the page before, exclusive; empty for the first page
     * @param limit most people on the page, at least 1
     */
    public record CheckPeople(Label label, String after, int limit, Deadline deadline) implements Message {}

    /**
     * @param people how many were looked at
     * @param next the last label of this page, if more people follow; else null
     */
    public record PeopleCheck(int people, String next, List<Fit> fits) implements Serializable {

        /**
         * How a template fits.
         *
         * @param own its score against the person's other templates; null if it is the only one
         * @param other the nearest other person; null if there is none
         */
        public record Fit(Label label, long id, Double own, Candidate other) implements Serializable {
            /** Whether it is less like the person's others than {@code unlikeSimilarity}. */
            public boolean unlike(double unlikeSimilarity) {
                return own != null && own < unlikeSimilarity;
            }

            /** Whether somebody else is nearer than the person's own templates, or, of an only one, surely the same. */
            public boolean another(double duplicateSimilarity) {
                return other != null && other.similarity() >= (own == null ? duplicateSimilarity : own);
            }
        }

        public PeopleCheck {
            fits = List.copyOf(fits);
        }
    }

    /**
     * @param templates how many were deleted
     * @param remaining how many the person still has
     * @param receipt of a person who was deleted; null if somebody still is
     */
    public record Deletion(Label label, int templates, int remaining, Receipt receipt) implements Serializable, Told {
        @Override
        public Map<String, String> told() {
            return Map.of(
                    "deleted",
                    Integer.toString(templates),
                    "remaining",
                    Integer.toString(remaining),
                    "receipt",
                    receipt == null ? "none" : receipt.id().toString());
        }

        public Deletion(Label label, int templates, int remaining) {
            this(label, templates, remaining, null);
        }
    }

    /** Nobody has this label any more: deleted, or renamed. Whoever shows or keeps it elsewhere must stop. */
    public record PersonForgotten(Label label) implements Serializable {}

    /** Everything that the store holds about a person, for the person's right of access. Refused if unknown. */
    public record CollectPersonData(Label label, Deadline deadline) implements Message {}

    private PeopleMessages() {}
}

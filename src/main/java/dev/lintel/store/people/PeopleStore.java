package dev.lintel.store.people;

import dev.lintel.face.Candidate;
import dev.lintel.face.Embedding;
import dev.lintel.face.EncodedImage;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.face.Person;
import dev.lintel.face.Refusal;
import dev.lintel.messages.PeopleMessages.Alike;
import dev.lintel.messages.PeopleMessages.CheckPeople;
import dev.lintel.messages.PeopleMessages.EnrolTemplates;
import dev.lintel.messages.PeopleMessages.Enrolment;
import dev.lintel.messages.PeopleMessages.FindAlike;
import dev.lintel.messages.PeopleMessages.FindDetails;
import dev.lintel.messages.PeopleMessages.FindOwner;
import dev.lintel.messages.PeopleMessages.FindPeople;
import dev.lintel.messages.PeopleMessages.FindPicture;
import dev.lintel.messages.PeopleMessages.GetPerson;
import dev.lintel.messages.PeopleMessages.KnownDetails;
import dev.lintel.messages.PeopleMessages.ListPeople;
import dev.lintel.messages.PeopleMessages.MatchFaces;
import dev.lintel.messages.PeopleMessages.MatchPerson;
import dev.lintel.messages.PeopleMessages.Matches;
import dev.lintel.messages.PeopleMessages.PeopleCheck;
import dev.lintel.messages.PeopleMessages.PeoplePage;
import dev.lintel.messages.PeopleMessages.PersonMatch;
import dev.lintel.store.sqlite.Tables;
import dev.lintel.store.sqlite.Transactions;
import dev.lintel.store.sqlite.Transactions.Change;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/** Who is enrolled, and who looks like whom. Thread-safe: a search runs beside all work on the database. */
public final class PeopleStore {
    /** Up to here a search takes a millisecond or less and runs on the caller's thread; beyond, on a worker. */
    private static final int QUICK_TEMPLATES = 10_000;

    private final Vertx vertx;
    private final Transactions transactions;
    private final Gallery gallery;
    private final Roll roll = new Roll();
    private final Intake intake;
    private final Additions additions;
    private final ConsentGate consent;
    private final Pictures pictures;
    private final Collection<Long> damaged;

    /**
     * @param consent lets people be enrolled, or not
     * @param pictures keeps what they were enrolled from, or not
     * @param damaged templates that are not compared because they cannot be read
     */
    public PeopleStore(
            Vertx vertx,
            Transactions transactions,
            Gallery gallery,
            Intake intake,
            Additions additions,
            ConsentGate consent,
            Pictures pictures,
            Collection<Long> damaged) {
        this.vertx = vertx;
        this.transactions = transactions;
        this.gallery = gallery;
        this.intake = intake;
        this.additions = additions;
        this.consent = consent;
        this.pictures = pictures;
        this.damaged = List.copyOf(damaged);
    }

    /** People that a face can be recognised as. */
    public int count() {
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
        if (!intake.comparable(question.probes())) {
            return intake.otherModel();
        }
        return Outcome.done(new Matches(
                gallery.search(question.probes().stream().map(Embedding::vector).toList(), question.top()),
                gallery.compared()));
    }

    /**
     * The people nearest to a face, if they are as near as this; computes on the calling thread, see {@link #compute}.
     *
     * @param face a unit vector of the model in use
     */
    public List<Candidate> resembling(float[] face, int top, double similarity) {
        return gallery.search(List.of(face), top).get(0).stream()
                .filter(candidate -> candidate.similarity() >= similarity)
                .toList();
    }

    public Future<Outcome<PersonMatch>> matchPerson(MatchPerson question) {
        Label label = question.label();
        if (!intake.comparable(List.of(question.probe()))) {
            return Future.succeededFuture(intake.otherModel());
        }
        return transactions.look(
                question.deadline(),
                tables -> People.known(
                        tables,
                        label,
                        person -> new DetailTables(tables)
                                .inactive(person.id())
                                .map(inactive -> inactive ? People.inactive() : matchPerson(label, question.probe()))));
    }

    private Outcome<PersonMatch> matchPerson(Label label, Embedding probe) {
        OptionalDouble similarity = gallery.similarity(label, probe.vector());
        return similarity.isPresent()
                ? Outcome.done(new PersonMatch(similarity.getAsDouble(), gallery.templates(label)))
                : Outcome.refused(
                        Refusal.Code.MODEL_MISMATCH,
                        "there is no template of this person that can be compared: enrol the person again, from photos");
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
        return pictures.of(question)
                .compose(crops -> transactions.write(
                        question,
                        change -> enrol(change, question)
                                .compose(outcome -> outcome.fold(
                                        enrolment -> pictures.keep(change.tables(), enrolment, crops)
                                                .map(outcome),
                                        refusal -> Future.succeededFuture(outcome)))));
    }

    /** Stores templates as a part of a larger change; keeps no pictures. */
    public Future<Outcome<Enrolment>> enrol(Change change, EnrolTemplates question) {
        List<Embedding> faces = question.templates().stream()
                .map(EnrolTemplates.NewTemplate::embedding)
                .toList();
        return intake.adding(
                faces,
                () -> compute(() -> gallery.searchEverybody(
                                faces.stream().map(Embedding::vector).toList(), 2))
                        .map(nearest -> nearest.stream()
                                .map(two -> duplicate(two, question))
                                .toList())
                        .compose(others -> orSetAside(change.tables(), faces, others, question))
                        .compose(others -> consent.let(
                                change.tables(),
                                question.label(),
                                () -> additions.enrol(change, question, others, unlike(faces, question)))));
    }

    /** A view that is set aside is not searched, but it is still somebody's face, such as of one who withdrew their consent. */
    private Future<List<Candidate>> orSetAside(
            Tables tables, List<Embedding> faces, List<Candidate> others, EnrolTemplates question) {
        return new PeopleTables(tables)
                .setAsideOfOthers(intake.modelId(), question.label())
                .map(aside -> {
                    List<Candidate> all = new ArrayList<>(others);
                    for (int i = 0; i < faces.size(); i++) {
                        if (all.get(i) == null) {
                            all.set(i, nearest(faces.get(i), aside, question.duplicateSimilarity()));
                        }
                    }
                    return all;
                });
    }

    private Candidate nearest(Embedding face, List<Gallery.Template> templates, double least) {
        return templates.stream()
                .map(template -> new Candidate(
                        template.label(), face.similarity(new Embedding(intake.modelId(), template.vector()))))
                .filter(candidate -> candidate.similarity() >= least)
                .max(Comparator.comparingDouble(Candidate::similarity))
                .orElse(null);
    }

    /** For each face its score against the person's own templates, where that is too small; else null. */
    private List<Double> unlike(List<Embedding> faces, EnrolTemplates question) {
        List<Double> unlike = new ArrayList<>();
        for (Embedding face : faces) {
            OptionalDouble score = question.unlikeSimilarity() > -1
                    ? gallery.similarity(question.label(), face.vector())
                    : OptionalDouble.empty();
            boolean tooFar = score.isPresent() && score.getAsDouble() < question.unlikeSimilarity();
            unlike.add(tooFar ? score.getAsDouble() : null);
        }
        return unlike;
    }

    /** Pages are in the order of code points. */
    public Future<Outcome<PeoplePage>> list(ListPeople question) {
        int limit = question.limit();
        if (limit < 1) {
            return Future.succeededFuture(Outcome.refused(Refusal.Code.INVALID_REQUEST, "limit must be at least 1"));
        }
        String after = Normalizer.normalize(question.after(), Normalizer.Form.NFC);
        if (question.withoutModel() != null) {
            return transactions.read(question.deadline(), tables -> listWithout(tables, question, after));
        }
        return transactions.read(
                question.deadline(),
                tables ->
                        roll.everybody(tables).compose(all -> page(tables, Roll.after(all, after), all.size(), limit)));
    }

    private Future<Outcome<PeoplePage>> listWithout(Tables tables, ListPeople question, String after) {
        int limit = question.limit();
        PeopleTables people = new PeopleTables(tables);
        return people.peopleWithout(question.withoutModel(), damaged)
                .compose(total -> people.pageWithout(question.withoutModel(), damaged, after, limit + 1)
                        .map(found -> Outcome.done(new PeoplePage(
                                found.subList(0, Math.min(limit, found.size())), total, found.size() > limit))));
    }

    private static Future<Outcome<PeoplePage>> page(Tables tables, List<Roll.Entry> rest, int total, int limit) {
        return new PeopleTables(tables)
                .shown(Roll.ids(rest.subList(0, Math.min(limit, rest.size()))))
                .map(shown -> Outcome.done(new PeoplePage(shown, total, rest.size() > limit)));
    }

    /** Pages are in the order of code points. */
    public Future<Outcome<PeoplePage>> find(FindPeople question) {
        if (question.limit() < 1) {
            return Future.succeededFuture(Outcome.refused(Refusal.Code.INVALID_REQUEST, "limit must be at least 1"));
        }
        String after = Normalizer.normalize(question.after(), Normalizer.Form.NFC);
        return transactions.readInBulk(
                question.deadline(),
                tables -> roll.everybody(tables)
                        .compose(all -> fitting(tables, question, all))
                        .compose(found -> page(tables, Roll.after(found, after), found.size(), question.limit())));
    }

    private Future<List<Roll.Entry>> fitting(Tables tables, FindPeople question, List<Roll.Entry> all) {
        if (!question.externalId().isEmpty()) {
            return new PeopleTables(tables)
                    .withExternalId(question.externalId())
                    .compose(id -> fitting(
                            tables,
                            new FindPeople(
                                    "",
                                    question.text(),
                                    question.active(),
                                    question.after(),
                                    question.limit(),
                                    question.deadline()),
                            all.stream()
                                    .filter(entry -> id.filter(known -> known == entry.id())
                                            .isPresent())
                                    .toList()));
        }
        String plain = Label.plain(question.text());
        return roll.details(tables)
                .map(details -> all.stream()
                        .filter(entry ->
                                fits(entry, details.getOrDefault(entry.id(), Roll.Words.NONE), question, plain))
                        .toList());
    }

    private static boolean fits(Roll.Entry entry, Roll.Words words, FindPeople question, String plain) {
        boolean active = words.said().inactiveSince() == null;
        return (question.active() == null || question.active() == active)
                && (entry.plain().contains(plain) || words.plain().contains(plain));
    }

    /** Of those of the people of whom something is said. */
    public Future<Outcome<KnownDetails>> details(FindDetails question) {
        return transactions.look(
                question.deadline(),
                tables -> new DetailTables(tables)
                        .of(question.labels())
                        .map(found -> Outcome.done(new KnownDetails(found))));
    }

    public Future<Outcome<Person>> get(GetPerson question) {
        return transactions.read(question.deadline(), tables -> People.person(tables, question.label()));
    }

    public Future<Outcome<EncodedImage>> picture(FindPicture question) {
        return transactions.read(
                question.deadline(),
                tables -> People.known(
                        tables,
                        question.label(),
                        person -> new PictureTables(tables)
                                .find(person.id(), question.template())
                                .map(found -> found.map(png -> Outcome.done(new EncodedImage(png)))
                                        .orElseGet(() -> Outcome.refused(
                                                Refusal.Code.UNKNOWN_TEMPLATE,
                                                "of this person's template " + question.template()
                                                        + " no picture is kept: list the person's templates")))));
    }

    /** How the templates fit that are compared; a page of people at a time, or one person. */
    public Future<Outcome<PeopleCheck>> check(CheckPeople question) {
        if (question.label() != null) {
            return get(new GetPerson(question.label(), question.deadline()))
                    .compose(person -> person.fold(
                            known -> check(List.of(known.label()), null),
                            refusal -> Future.succeededFuture(Outcome.refused(refusal))));
        }
        return list(new ListPeople(question.after(), question.limit(), question.deadline()))
                .compose(page -> page.fold(
                        found -> {
                            List<Label> labels = found.people().stream()
                                    .map(Person.Summary::label)
                                    .toList();
                            return check(
                                    labels,
                                    found.more() ? labels.get(labels.size() - 1).text() : null);
                        },
                        refusal -> Future.succeededFuture(Outcome.refused(refusal))));
    }

    private Future<Outcome<PeopleCheck>> check(List<Label> labels, String next) {
        return compute(() -> {
            List<PeopleCheck.Fit> fits = new ArrayList<>();
            for (Label label : labels) {
                for (Gallery.Fit fit : gallery.fits(label)) {
                    fits.add(new PeopleCheck.Fit(
                            label,
                            fit.id(),
                            fit.own().isPresent() ? fit.own().getAsDouble() : null,
                            fit.other().orElse(null)));
                }
            }
            return Outcome.done(new PeopleCheck(labels.size(), next, fits));
        });
    }

    public Future<Outcome<Alike>> alike(FindAlike question) {
        return transactions.read(
                question.deadline(),
                tables ->
                        new PeopleTables(tables).twins(question.label()).map(twins -> Outcome.done(new Alike(twins))));
    }

    public Future<Outcome<Label>> owner(FindOwner question) {
        return transactions.read(
                question.deadline(),
                tables -> new PeopleTables(tables)
                        .owner(question.template())
                        .map(owner -> owner.map(Outcome::done)
                                .orElseGet(() -> Outcome.refused(
                                        Refusal.Code.UNKNOWN_TEMPLATE,
                                        "there is no template of this number: list the person's templates"))));
    }

    private static Candidate duplicate(List<Candidate> nearest, EnrolTemplates question) {
        return nearest.stream()
                .filter(other ->
                        !other.label().equals(question.label()) && other.similarity() >= question.duplicateSimilarity())
                .findFirst()
                .orElse(null);
    }
}

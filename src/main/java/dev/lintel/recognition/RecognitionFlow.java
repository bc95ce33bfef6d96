package dev.lintel.recognition;

import static dev.lintel.recognition.Steps.then;

import dev.lintel.bus.Bus;
import dev.lintel.face.Calibration;
import dev.lintel.face.Candidate;
import dev.lintel.face.Deadline;
import dev.lintel.face.Embedding;
import dev.lintel.face.EncodedImage;
import dev.lintel.face.GallerySize;
import dev.lintel.face.Label;
import dev.lintel.face.LookCount;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.face.ScreenedFace;
import dev.lintel.messages.FaceMessages;
import dev.lintel.messages.FaceMessages.ScreenImage;
import dev.lintel.messages.FaceMessages.Screening;
import dev.lintel.messages.PeopleMessages;
import dev.lintel.messages.PeopleMessages.Alike;
import dev.lintel.messages.PeopleMessages.Enrolment;
import dev.lintel.messages.PeopleMessages.FindAlike;
import dev.lintel.messages.PeopleMessages.FindDetails;
import dev.lintel.messages.PeopleMessages.KnownDetails;
import dev.lintel.messages.PeopleMessages.MatchPerson;
import dev.lintel.messages.PeopleMessages.Matches;
import dev.lintel.metrics.ApplianceMetrics;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The use cases about faces, each a few questions to the verticles. Call from an event loop; thread-safe. A future
 * fails if something broke or did not answer in time; an expected "no" is a refusal.
 */
public final class RecognitionFlow {
    private final Bus bus;
    private final VectorSearch search;
    private final String modelId;
    private final RecognitionConfig config;
    private final ThresholdPolicy policy;
    private final ApplianceMetrics metrics;
    private final EnrolmentFlow enrolment;

    /**
     * @param calibration of the embedding model in use
     * @param modelId of the embedding model in use
     */
    public RecognitionFlow(
            Bus bus, Calibration calibration, String modelId, RecognitionConfig config, ApplianceMetrics metrics) {
        this.bus = bus;
        this.search = new VectorSearch(bus);
        this.modelId = modelId;
        this.config = config;
        this.policy = new ThresholdPolicy(calibration, config);
        this.metrics = metrics;
        this.enrolment = new EnrolmentFlow(bus, search, config, policy, metrics);
    }

    /** Id of the embedding model in use. */
    public String modelId() {
        return modelId;
    }

    /** Where "known" begins in a search without a {@code tau}, in a gallery of this size. */
    public Threshold searchThreshold(GallerySize size) {
        return policy.forSearch(OptionalDouble.empty(), size);
    }

    /** Where "the same" begins in a comparison with somebody of so many templates, without a {@code tau}. */
    public Threshold comparisonThreshold(int templates) {
        return policy.forComparison(OptionalDouble.empty(), LookCount.ONE, templates);
    }

    /** Whether enough can be seen of a face to recognise it. */
    public boolean usable(ScreenedFace face) {
        return recognisable(face, false) instanceof Outcome.Done;
    }

    /** Distance on the users' scale of a cosine similarity. */
    public double distance(double similarity) {
        return policy.distance(similarity);
    }

    /** From this similarity on, a face counts as enrolled under another label already. */
    public double duplicateSimilarity() {
        return policy.duplicateSimilarity();
    }

    /** People, or a face and a person, with a smaller score against each other are taken for different people. */
    public double unlikeSimilarity() {
        return policy.unlikeSimilarity(1);
    }

    /**
     * Judges every image and stores what is good in one transaction. Answers even if no image was good; refused as a
     * whole only where nobody waits any more.
     */
    public Future<Outcome<EnrolmentReport>> enrol(
            Label label, List<EncodedImage> images, EnrolOptions options, Deadline deadline) {
        return enrolment.enrol(label, images, options, deadline);
    }

    /** Other people whose labels differ from this one in case or spaces only. */
    public Future<Outcome<Alike>> alike(Label label, Deadline deadline) {
        return bus.ask(PeopleMessages.FIND_ALIKE, new FindAlike(label, deadline));
    }

    /** What the operator's own system says of these people. */
    public Future<Outcome<KnownDetails>> details(List<Label> labels, Deadline deadline) {
        return bus.ask(PeopleMessages.DETAILS, new FindDetails(labels, deadline));
    }

    /** Enrols a group of unknown visitors under a name. Refused if that face is another person's already. */
    public Future<Outcome<Enrolment>> assignVisitors(
            long group,
            Label label,
            boolean allowDuplicate,
            boolean allowMixed,
            boolean allowUnproven,
            boolean overRights,
            Deadline deadline) {
        return enrolment.assign(group, label, allowDuplicate, allowMixed, allowUnproven, overRights, deadline);
    }

    /** Searches for one face or all of them. Refused if none of those that were meant can be looked up. */
    public Future<Outcome<Identification>> identify(EncodedImage image, IdentifyOptions options, Deadline deadline) {
        return bus.ask(FaceMessages.SCREEN, new ScreenImage(image, deadline))
                .compose(then(screening -> search(screening, options, deadline)));
    }

    /**
     * Searches for the one person whom several images show, by all of them together. Refused if one of them cannot be used, or
     * shows somebody else than the others.
     *
     * @param options for one face of each image
     */
    public Future<Outcome<Identification>> identifyTogether(
            List<EncodedImage> images, IdentifyOptions options, Deadline deadline) {
        LivenessUse liveness = options.mustBeLive() ? LivenessUse.REQUIRED : LivenessUse.REPORT;
        return together(images, options.faces(), liveness, "leave faces=one out to take the largest", deadline)
                .compose(then(seen -> search.match(List.of(seen.fused().mean()), Math.max(2, options.top()), deadline)
                        .map(matched -> matched.map(matches -> identification(seen, matches, options)))));
    }

    private Identification identification(SeenTogether seen, Matches matches, IdentifyOptions options) {
        Threshold threshold =
                policy.forSearch(options.tau(), matches.size(), seen.fused().count());
        Identity identity =
                Identity.judge(matches.candidates().get(0), threshold, config.minimumMargin(), options.top());
        metrics.identification(identity.label().isPresent() ? "match" : "unknown");
        SeenTogether.Look best = seen.best();
        return new Identification(
                best.image(),
                best.facesFound(),
                seen.looks().size(),
                threshold,
                List.of(new Identification.Face(best.face(), Outcome.done(identity))));
    }

    /** Compares several images of one person, all together, with a person. Refused as {@link #identifyTogether}. */
    public Future<Outcome<Verification>> verifyTogether(
            List<EncodedImage> images, Label label, VerifyOptions options, Deadline deadline) {
        return together(images, options.face(), options.liveness(), "add face=largest", deadline)
                .compose(then(seen -> bus.ask(
                                PeopleMessages.MATCH_PERSON,
                                new MatchPerson(label, seen.fused().mean(), deadline))
                        .map(matched -> matched.map(found -> new Verification(
                                found.similarity(),
                                policy.forComparison(options.tau(), seen.fused().count(), found.templates()),
                                seen.looks().stream()
                                        .map(SeenTogether.Look::face)
                                        .toList())))));
    }

    private Future<Outcome<SeenTogether>> together(
            List<EncodedImage> images,
            FaceChoice choice,
            LivenessUse liveness,
            String howToTakeTheLargest,
            Deadline deadline) {
        return Steps.each(
                        images,
                        config.imagesAtOnce(),
                        image -> look(
                                image, choice, liveness.demands(image == images.get(0)), howToTakeTheLargest, deadline))
                .compose(looks -> {
                    List<SeenTogether.Look> good = new ArrayList<>();
                    for (int i = 0; i < looks.size(); i++) {
                        int number = i + 1;
                        Optional<Refusal> refused = looks.get(i)
                                .fold(
                                        look -> good.add(look) ? Optional.<Refusal>empty() : Optional.empty(),
                                        Optional::of);
                        if (refused.isPresent()) {
                            return Future.succeededFuture(Outcome.<SeenTogether>refused(
                                    SeenTogether.numbered(refused.get(), number, looks.size())));
                        }
                    }
                    return embed(good.stream().map(SeenTogether.Look::face).toList(), deadline)
                            .map(embedded ->
                                    embedded.fold(vectors -> SeenTogether.of(good, vectors, policy), Outcome::refused));
                });
    }

    private Future<Outcome<SeenTogether.Look>> look(
            EncodedImage image, FaceChoice choice, boolean mustBeLive, String howToTakeTheLargest, Deadline deadline) {
        return bus.ask(FaceMessages.SCREEN, new ScreenImage(image, deadline))
                .map(screened -> screened.fold(
                        screening -> Judgement.choose(screening, choice, howToTakeTheLargest)
                                .fold(face -> recognisable(face, mustBeLive), Outcome::<ScreenedFace>refused)
                                .map(face -> new SeenTogether.Look(
                                        ImageFacts.of(screening),
                                        screening.faces().size(),
                                        face)),
                        Outcome::refused));
    }

    /** Compares an image with a person. */
    public Future<Outcome<Verification>> verify(
            EncodedImage image, Label label, VerifyOptions options, Deadline deadline) {
        return face(image, options.face(), options.liveness().demands(true), deadline)
                .compose(then(face -> embed(List.of(face), deadline)
                        .compose(then(embedded -> bus.ask(
                                PeopleMessages.MATCH_PERSON, new MatchPerson(label, embedded.get(0), deadline))))
                        .map(matched -> matched.map(found -> new Verification(
                                found.similarity(),
                                policy.forComparison(options.tau(), LookCount.ONE, found.templates()),
                                List.of(face))))));
    }

    /** Compares two images. */
    public Future<Outcome<Verification>> compare(
            EncodedImage first, EncodedImage second, VerifyOptions options, Deadline deadline) {
        return face(first, options.face(), options.liveness().demands(true), deadline)
                .compose(then(a -> face(
                                second, options.face(), options.liveness().demands(false), deadline)
                        .compose(then(b -> embed(List.of(a, b), deadline)
                                .map(embedded -> embedded.map(vectors -> verification(
                                        vectors.get(0).similarity(vectors.get(1)), options, List.of(a, b))))))));
    }

    /** Finds and judges all faces; recognises nobody. */
    public Future<Outcome<Screening>> detect(EncodedImage image, Deadline deadline) {
        return bus.ask(FaceMessages.SCREEN, new ScreenImage(image, deadline));
    }

    private Future<Outcome<Identification>> search(Screening screening, IdentifyOptions options, Deadline deadline) {
        if (options.faces() == FaceChoice.ALL) {
            return search(screening, screening.faces(), options, deadline);
        }
        return Future.succeededFuture(
                        Judgement.choose(screening, options.faces(), "leave faces=one out to take the largest"))
                .compose(then(face -> search(screening, List.of(face), options, deadline)));
    }

    private Future<Outcome<Identification>> search(
            Screening screening, List<ScreenedFace> faces, IdentifyOptions options, Deadline deadline) {
        List<Outcome<ScreenedFace>> judged = faces.stream()
                .map(face -> recognisable(face, options.mustBeLive()))
                .toList();
        List<ScreenedFace> good = new ArrayList<>();
        List<Refusal> refusals = new ArrayList<>();
        judged.forEach(outcome -> outcome.fold(good::add, refusals::add));
        refusals.forEach(refusal -> metrics.identification(
                refusal.code() == Refusal.Code.SPOOF_SUSPECTED
                        ? "spoof"
                        : refusal.code().name().toLowerCase(Locale.ROOT)));
        if (good.isEmpty()) {
            return Future.succeededFuture(Outcome.refused(refusals.get(0)));
        }
        int top = Math.max(2, options.top());
        return embed(good, deadline)
                .compose(then(vectors -> search.match(vectors, top, deadline)))
                .map(matched -> matched.map(matches -> identification(screening, faces, judged, matches, options)));
    }

    private Identification identification(
            Screening screening,
            List<ScreenedFace> faces,
            List<Outcome<ScreenedFace>> judged,
            Matches matches,
            IdentifyOptions options) {
        Threshold threshold = policy.forSearch(options.tau(), matches.size());
        Iterator<List<Candidate>> candidates = matches.candidates().iterator();
        List<Identification.Face> answers = new ArrayList<>();
        for (int i = 0; i < faces.size(); i++) {
            Outcome<Identity> identity = judged.get(i)
                    .map(face -> Identity.judge(candidates.next(), threshold, config.minimumMargin(), options.top()));
            answers.add(new Identification.Face(faces.get(i), identity));
            identity.map(found -> {
                metrics.identification(found.label().isPresent() ? "match" : "unknown");
                return found;
            });
        }
        return new Identification(ImageFacts.of(screening), screening.faces().size(), 1, threshold, answers);
    }

    private Future<Outcome<ScreenedFace>> face(
            EncodedImage image, FaceChoice choice, boolean mustBeLive, Deadline deadline) {
        return bus.ask(FaceMessages.SCREEN, new ScreenImage(image, deadline))
                .map(screened -> screened.fold(
                                screening -> Judgement.choose(screening, choice, "add face=largest"),
                                Outcome::<ScreenedFace>refused)
                        .fold(face -> recognisable(face, mustBeLive), Outcome::refused));
    }

    private Outcome<ScreenedFace> recognisable(ScreenedFace face, boolean mustBeLive) {
        Outcome<ScreenedFace> usable = Judgement.usable(face, config.minimumQuality());
        return mustBeLive ? usable.fold(Judgement::live, Outcome::refused) : usable;
    }

    private Future<Outcome<List<Embedding>>> embed(List<ScreenedFace> faces, Deadline deadline) {
        return search.embed(faces.stream().map(ScreenedFace::crop).toList(), deadline);
    }

    private Verification verification(double similarity, VerifyOptions options, List<ScreenedFace> faces) {
        return new Verification(similarity, policy.forComparison(options.tau()), faces);
    }
}

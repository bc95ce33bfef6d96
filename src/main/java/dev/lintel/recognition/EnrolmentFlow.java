package dev.lintel.recognition;

import static dev.lintel.recognition.Steps.then;

import dev.lintel.bus.Bus;
import dev.lintel.face.Candidate;
import dev.lintel.face.Deadline;
import dev.lintel.face.Embedding;
import dev.lintel.face.EncodedImage;
import dev.lintel.face.FaceBox;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.face.ScreenedFace;
import dev.lintel.messages.FaceMessages;
import dev.lintel.messages.FaceMessages.ScreenImage;
import dev.lintel.messages.FaceMessages.Screening;
import dev.lintel.messages.PeopleMessages;
import dev.lintel.messages.PeopleMessages.EnrolTemplates;
import dev.lintel.messages.PeopleMessages.Enrolment;
import dev.lintel.messages.VisitorMessages;
import dev.lintel.messages.VisitorMessages.AssignVisitors;
import dev.lintel.metrics.ApplianceMetrics;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Enrolment: every image is judged, the good ones are embedded as one batch and stored in one transaction. */
final class EnrolmentFlow {
    private final Bus bus;
    private final VectorSearch search;
    private final RecognitionConfig config;
    private final ThresholdPolicy policy;
    private final ApplianceMetrics metrics;

    EnrolmentFlow(
            Bus bus, VectorSearch search, RecognitionConfig config, ThresholdPolicy policy, ApplianceMetrics metrics) {
        this.bus = bus;
        this.search = search;
        this.config = config;
        this.policy = policy;
        this.metrics = metrics;
    }

    /** An image on its way: what was seen, and the face to store or why not. */
    private record EnrolmentCandidate(
            Optional<ImageFacts> facts, Optional<ScreenedFace> face, int facesFound, Optional<Refusal> refusal) {}

    Future<Outcome<EnrolmentReport>> enrol(
            Label label, List<EncodedImage> images, EnrolOptions options, Deadline deadline) {
        return Steps.each(images, config.imagesAtOnce(), image -> candidate(image, options, deadline))
                .compose(all -> {
                    Optional<Refusal> gone = all.stream()
                            .flatMap(c -> c.refusal().stream())
                            .filter(refusal -> refusal.code() == Refusal.Code.EXPIRED)
                            .findFirst();
                    return gone.isPresent()
                            ? Future.succeededFuture(Outcome.<EnrolmentReport>refused(gone.get()))
                            : store(label, all, options, deadline);
                })
                .onSuccess(outcome -> outcome.map(this::count));
    }

    private Future<EnrolmentCandidate> candidate(EncodedImage image, EnrolOptions options, Deadline deadline) {
        return bus.ask(FaceMessages.SCREEN, new ScreenImage(image, deadline))
                .map(outcome -> outcome.fold(
                        screening -> judge(screening, options),
                        refusal ->
                                new EnrolmentCandidate(Optional.empty(), Optional.empty(), 0, Optional.of(refusal))));
    }

    private static EnrolmentCandidate judge(Screening screening, EnrolOptions options) {
        Optional<ImageFacts> facts = Optional.of(ImageFacts.of(screening));
        int found = screening.faces().size();
        return Judgement.choose(screening, options.face(), "add face=largest")
                .fold(
                        face -> new EnrolmentCandidate(facts, Optional.of(face), found, refusal(face, options)),
                        refusal -> new EnrolmentCandidate(facts, Optional.empty(), found, Optional.of(refusal)));
    }

    private static Optional<Refusal> refusal(ScreenedFace face, EnrolOptions options) {
        Outcome<ScreenedFace> good = options.acceptLowQuality() ? Judgement.whole(face) : Judgement.flawless(face);
        return good.fold(
                        sound -> options.mustBeLive() ? Judgement.live(sound) : Outcome.done(sound),
                        Outcome::<ScreenedFace>refused)
                .fold(taken -> Optional.empty(), Optional::of);
    }

    private Future<Outcome<EnrolmentReport>> store(
            Label label, List<EnrolmentCandidate> all, EnrolOptions options, Deadline deadline) {
        List<ScreenedFace> good = all.stream()
                .filter(c -> c.refusal().isEmpty())
                .map(c -> c.face().orElseThrow())
                .toList();
        if (good.isEmpty()) {
            return Future.succeededFuture(Outcome.done(report(label, 0, all, List.of())));
        }
        return search.embed(good.stream().map(ScreenedFace::crop).toList(), deadline)
                .compose(then(vectors -> {
                    Optional<Refusal> mixed = options.allowMixed()
                            ? Optional.empty()
                            : OddOneOut.among(vectors, policy).map(odd -> unlikeEachOther(odd, good));
                    return mixed.isPresent()
                            ? Future.succeededFuture(Outcome.done(refusedAsMixed(label, all, mixed.get())))
                            : store(label, all, good, vectors, options, deadline);
                }));
    }

    private Future<Outcome<EnrolmentReport>> store(
            Label label,
            List<EnrolmentCandidate> all,
            List<ScreenedFace> good,
            List<Embedding> vectors,
            EnrolOptions options,
            Deadline deadline) {
        return bus.ask(
                        PeopleMessages.ENROL,
                        new EnrolTemplates(
                                label,
                                templates(good, vectors),
                                policy.duplicateSimilarity(),
                                options.allowDuplicate(),
                                options.allowMixed() ? -1 : policy.unlikeSimilarity(1),
                                options.overRights(),
                                deadline))
                .map(outcome -> outcome.map(enrolment -> report(label, enrolment.total(), all, enrolment.results())));
    }

    private Refusal unlikeEachOther(OddOneOut odd, List<ScreenedFace> faces) {
        String detail = String.format(
                Locale.ROOT,
                "these images show different people: one is unlike the %s (distance %.2f, at most %.2f is one person); enrol each"
                        + " person apart, or all the same with mixed=allow",
                faces.size() == 2 ? "other" : "others",
                policy.distance(odd.similarity()),
                policy.distance(policy.unlikeSimilarity(faces.size() - 1)));
        return new Refusal(
                Refusal.Code.UNLIKE_OTHERS,
                detail,
                List.of(faces.get(odd.index()).box()));
    }

    /** Nothing is stored: which of them is the person is for the asker to say. */
    private static EnrolmentReport refusedAsMixed(Label label, List<EnrolmentCandidate> all, Refusal mixed) {
        return new EnrolmentReport(
                label,
                0,
                all.stream()
                        .map(c -> new EnrolmentReport.Image(
                                c.facts(),
                                c.face(),
                                c.facesFound(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(c.refusal().orElse(mixed))))
                        .toList());
    }

    /** Refused, with the name of whose face it is, where nothing could be stored. */
    Future<Outcome<Enrolment>> assign(
            long group,
            Label label,
            boolean allowDuplicate,
            boolean allowMixed,
            boolean allowUnproven,
            boolean overRights,
            Deadline deadline) {
        return bus.ask(
                        VisitorMessages.ASSIGN,
                        new AssignVisitors(
                                group,
                                label,
                                policy.duplicateSimilarity(),
                                allowDuplicate,
                                allowMixed ? -1 : policy.unlikeSimilarity(1),
                                allowUnproven,
                                overRights,
                                deadline))
                .map(outcome -> outcome.fold(
                        enrolment -> enrolment.results().stream().anyMatch(Enrolment.Result::stored)
                                ? outcome
                                : Outcome.refused(refusal(enrolment.results().get(0), List.of())),
                        Outcome::refused));
    }

    private static List<EnrolTemplates.NewTemplate> templates(List<ScreenedFace> faces, List<Embedding> vectors) {
        List<EnrolTemplates.NewTemplate> templates = new ArrayList<>();
        for (int i = 0; i < faces.size(); i++) {
            templates.add(new EnrolTemplates.NewTemplate(
                    vectors.get(i), faces.get(i).quality().score(), faces.get(i).crop()));
        }
        return templates;
    }

    private EnrolmentReport report(
            Label label, int total, List<EnrolmentCandidate> all, List<Enrolment.Result> results) {
        Iterator<Enrolment.Result> stored = results.iterator();
        List<EnrolmentReport.Image> images = all.stream()
                .map(c -> c.refusal().isPresent()
                        ? new EnrolmentReport.Image(
                                c.facts(), c.face(), c.facesFound(), Optional.empty(), Optional.empty(), c.refusal())
                        : image(c, stored.next()))
                .toList();
        return new EnrolmentReport(label, total, images);
    }

    private EnrolmentReport.Image image(EnrolmentCandidate c, Enrolment.Result result) {
        if (result.stored()) {
            return new EnrolmentReport.Image(
                    c.facts(),
                    c.face(),
                    c.facesFound(),
                    Optional.of(result.id()),
                    result.duplicateOf(),
                    Optional.empty());
        }
        Refusal refusal = refusal(result, List.of(c.face().orElseThrow().box()));
        return new EnrolmentReport.Image(
                c.facts(), c.face(), c.facesFound(), Optional.empty(), result.duplicateOf(), Optional.of(refusal));
    }

    private Refusal refusal(Enrolment.Result result, List<FaceBox> faces) {
        if (result.duplicateOf().isEmpty()) {
            String detail = String.format(
                    Locale.ROOT,
                    "unlike the other pictures of this person (distance %.2f, at most %.2f is one person): check the name, or enrol it"
                            + " all the same with mixed=allow",
                    policy.distance(result.unlike()),
                    policy.distance(policy.unlikeSimilarity(1)));
            return new Refusal(Refusal.Code.UNLIKE_OTHERS, detail, faces);
        }
        Candidate other = result.duplicateOf().orElseThrow();
        String detail = String.format(
                Locale.ROOT,
                "already enrolled as %s (distance %.2f): use that label, or enrol it all the same with duplicate=allow",
                other.label().text(),
                policy.distance(other.similarity()));
        return new Refusal(Refusal.Code.ALREADY_ENROLLED, detail, faces);
    }

    private EnrolmentReport count(EnrolmentReport enrolled) {
        for (EnrolmentReport.Image image : enrolled.images()) {
            metrics.enrolment(image.refusal()
                    .map(r -> r.code().name().toLowerCase(Locale.ROOT))
                    .orElse("stored"));
        }
        return enrolled;
    }
}

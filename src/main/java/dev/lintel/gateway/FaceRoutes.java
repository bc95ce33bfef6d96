package dev.lintel.gateway;

import dev.lintel.face.Deadline;
import dev.lintel.face.EncodedImage;
import dev.lintel.face.Label;
import dev.lintel.recognition.EnrolOptions;
import dev.lintel.recognition.EnrolmentReport;
import dev.lintel.recognition.FaceChoice;
import dev.lintel.recognition.Identification;
import dev.lintel.recognition.IdentifyOptions;
import dev.lintel.recognition.LivenessUse;
import dev.lintel.recognition.RecognitionFlow;
import dev.lintel.recognition.Verification;
import dev.lintel.recognition.VerifyOptions;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Enrol, identify, verify, detect. */
final class FaceRoutes {
    private final RecognitionFlow flow;
    private final FaceJson json;
    private final GatewayConfig config;
    private final Admission admission;

    FaceRoutes(RecognitionFlow flow, GatewayConfig config, Admission admission) {
        this.flow = flow;
        this.json = new FaceJson(flow);
        this.config = config;
        this.admission = admission;
    }

    Map<String, ApiRouter.Handler> operations() {
        return Map.of(
                "enroll", this::enroll, "identify", this::identify, "verify", this::verify, "detect", this::detect);
    }

    private Future<Reply> enroll(Call call) {
        var options = new EnrolOptions(
                choice(call, "face", FaceChoice.ONE),
                call.text("quality", "check").equals("accept"),
                call.text("duplicate", "refuse").equals("allow"),
                call.text("mixed", "refuse").equals("allow"),
                liveness(call) == LivenessUse.REQUIRED,
                call.who().administrates());
        if (!options.mustBeLive() && !call.who().administrates()) {
            return Future.failedFuture(new Problem(
                            403,
                            "forbidden",
                            "only an administrator may enrol a face that does not look live: use a key with the role admin, or"
                                    + " leave liveness=report out")
                    .exception());
        }
        return Call.valueOf(call.label())
                .compose(label -> work(
                        call,
                        Integer.MAX_VALUE,
                        (images, deadline) -> flow.enrol(label, encoded(images), options, deadline)
                                .compose(Call::valueOf)
                                .compose(enrolled -> enrolled(enrolled, images, deadline))));
    }

    /** Whoever is new is told of others who have nearly the same name. */
    private Future<Reply> enrolled(EnrolmentReport enrolled, List<Uploads.Upload> images, Deadline deadline) {
        JsonArray results = json.results(
                enrolled, images.stream().map(Uploads.Upload::filename).toList());
        if (enrolled.stored() == 0) {
            Problem problem = Problem.of(enrolled.firstRefusal().orElseThrow());
            return Future.failedFuture(
                    problem.with(new JsonObject().put("results", results)).exception());
        }
        JsonObject answer = json.enrolled(enrolled, results);
        return enrolled.total() > enrolled.stored()
                ? Future.succeededFuture(Reply.json(answer))
                : flow.alike(enrolled.label(), deadline).map(found -> Reply.json(FaceJson.withTwins(answer, found)));
    }

    private Future<Reply> identify(Call call) {
        FaceChoice faces = choice(call, "faces", FaceChoice.LARGEST);
        var options = new IdentifyOptions(
                call.number("tau"), call.integer("top", 5), faces, liveness(call) != LivenessUse.REPORT);
        if (together(call)) {
            if (faces == FaceChoice.ALL) {
                return Future.failedFuture(Problem.invalid("looks=together is about one person: leave faces=all out")
                        .exception());
            }
            return work(
                    call,
                    Integer.MAX_VALUE,
                    (images, deadline) -> flow.identifyTogether(encoded(images), options, deadline)
                            .compose(Call::valueOf)
                            .compose(found -> told(call, found, false, deadline)));
        }
        return work(
                call,
                1,
                (images, deadline) -> flow.identify(images.get(0).image(), options, deadline)
                        .compose(Call::valueOf)
                        .compose(found -> told(call, found, faces == FaceChoice.ALL, deadline)));
    }

    private Future<Reply> told(Call call, Identification found, boolean all, Deadline deadline) {
        boolean people = call.who().seesPeople();
        List<Label> recognised = FaceJson.recognised(found, all);
        return recognised.isEmpty()
                ? Future.succeededFuture(Reply.json(json.identification(found, all, people, Map.of())))
                : flow.details(recognised, deadline)
                        .compose(Call::valueOf)
                        .map(details -> Reply.json(json.identification(found, all, people, details.people())));
    }

    private Future<Reply> verify(Call call) {
        var options = new VerifyOptions(call.number("tau"), choice(call, "face", FaceChoice.ONE), liveness(call));
        if (together(call)) {
            return together(call, options);
        }
        if (call.text("label").isEmpty()) {
            return work(call, 2, (images, deadline) -> {
                if (images.size() < 2) {
                    return Future.failedFuture(Problem.invalid(
                                    "one image and no label: add label=NAME to compare with a person, or send two images")
                            .exception());
                }
                return flow.compare(images.get(0).image(), images.get(1).image(), options, deadline)
                        .compose(Call::valueOf)
                        .map(compared -> reply(compared, Optional.empty()));
            });
        }
        return Call.valueOf(call.label())
                .compose(label -> work(
                        call,
                        1,
                        (images, deadline) -> flow.verify(images.get(0).image(), label, options, deadline)
                                .compose(Call::valueOf)
                                .map(compared -> reply(compared, Optional.of(label)))));
    }

    private Future<Reply> together(Call call, VerifyOptions options) {
        if (call.text("label").isEmpty()) {
            return Future.failedFuture(Problem.invalid("looks=together compares with a person: add label=NAME")
                    .exception());
        }
        return Call.valueOf(call.label())
                .compose(label -> work(
                        call,
                        Integer.MAX_VALUE,
                        (images, deadline) -> flow.verifyTogether(encoded(images), label, options, deadline)
                                .compose(Call::valueOf)
                                .map(compared -> reply(compared, Optional.of(label)))));
    }

    private static boolean together(Call call) {
        return call.text("looks", "single").equals("together");
    }

    private Reply reply(Verification compared, Optional<Label> label) {
        return Reply.json(json.verification(compared, label));
    }

    private Future<Reply> detect(Call call) {
        return work(
                call,
                1,
                (images, deadline) -> flow.detect(images.get(0).image(), deadline)
                        .compose(Call::valueOf)
                        .map(seen -> Reply.json(FaceJson.detection(seen))));
    }

    /**
     * Works on the images, if there is room. Time counts from when they have arrived.
     *
     * @param most how many the operation takes
     */
    private Future<Reply> work(Call call, int most, BiFunction<List<Uploads.Upload>, Deadline, Future<Reply>> work) {
        List<Uploads.Upload> images = call.images();
        int limit = Math.min(most, config.maxFiles());
        if (images.size() > limit) {
            String detail =
                    images.size() + " images, but this operation takes " + (limit == 1 ? "one" : "at most " + limit);
            return Future.failedFuture(
                    (most <= config.maxFiles() ? Problem.invalid(detail) : Problem.tooLarge(detail)).exception());
        }
        return admission.run(() -> work.apply(images, call.deadline(images.size())));
    }

    /** {@code all} is what verification called it first. */
    private static LivenessUse liveness(Call call) {
        String use = call.text("liveness", "required");
        return LivenessUse.valueOf(use.equals("all") ? "REQUIRED" : use.toUpperCase(Locale.ROOT));
    }

    private static List<EncodedImage> encoded(List<Uploads.Upload> images) {
        return images.stream().map(Uploads.Upload::image).toList();
    }

    private static FaceChoice choice(Call call, String parameter, FaceChoice byDefault) {
        return call.text(parameter)
                .map(text -> FaceChoice.valueOf(text.toUpperCase(Locale.ROOT)))
                .orElse(byDefault);
    }
}

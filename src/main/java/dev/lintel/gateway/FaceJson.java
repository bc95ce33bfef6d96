package dev.lintel.gateway;

import dev.lintel.face.Candidate;
import dev.lintel.face.Details;
import dev.lintel.face.FaceBox;
import dev.lintel.face.Label;
import dev.lintel.face.Landmarks;
import dev.lintel.face.Liveness;
import dev.lintel.face.Outcome;
import dev.lintel.face.Quality;
import dev.lintel.face.Refusal;
import dev.lintel.face.ScreenedFace;
import dev.lintel.messages.FaceMessages.Screening;
import dev.lintel.messages.PeopleMessages.Alike;
import dev.lintel.recognition.EnrolmentReport;
import dev.lintel.recognition.Identification;
import dev.lintel.recognition.Identity;
import dev.lintel.recognition.ImageFacts;
import dev.lintel.recognition.RecognitionFlow;
import dev.lintel.recognition.Threshold;
import dev.lintel.recognition.Verification;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What was found out about faces, in the words of the contract. */
final class FaceJson {
    private final RecognitionFlow flow;

    /** @param flow knows the model in use and its scale of distances */
    FaceJson(RecognitionFlow flow) {
        this.flow = flow;
    }

    /** @param filenames as they were sent, one for each image */
    JsonArray results(EnrolmentReport enrolled, List<Optional<String>> filenames) {
        JsonArray results = new JsonArray();
        for (EnrolmentReport.Image image : enrolled.images()) {
            JsonObject json = new JsonObject().put("file", results.size()).put("stored", image.stored());
            filenames.get(results.size()).ifPresent(name -> json.put("filename", name));
            image.templateId().ifPresent(id -> json.put("template_id", id));
            image.facts().ifPresent(facts -> json.put("image", facts(facts)).put("faces_found", image.facesFound()));
            image.face()
                    .ifPresent(face -> json.put("box", box(face.box()))
                            .put("quality", quality(face.quality()))
                            .put("liveness", liveness(face.liveness())));
            image.duplicateOf().ifPresent(other -> json.put("duplicate_of", candidate(other)));
            image.refusal().ifPresent(refusal -> json.put("reason", reason(refusal)));
            results.add(json);
        }
        return results;
    }

    JsonObject enrolled(EnrolmentReport enrolled, JsonArray results) {
        return new JsonObject()
                .put("label", enrolled.label().text())
                .put("enrolled", enrolled.stored())
                .put("total", enrolled.total())
                .put("model_id", flow.modelId())
                .put("results", results);
    }

    /** With the other people whose labels differ in case or spaces only, if there are any. */
    static JsonObject withTwins(JsonObject enrolled, Outcome<Alike> found) {
        JsonArray twins = new JsonArray();
        found.map(Alike::labels).map(labels -> {
            labels.forEach(label -> twins.add(label.text()));
            return labels;
        });
        return twins.isEmpty() ? enrolled : enrolled.put("similar_labels", twins);
    }

    /** Who is recognised in a picture. */
    static List<Label> recognised(Identification found, boolean all) {
        return (all ? found.faces() : List.of(found.principal()))
                .stream()
                        .flatMap(face -> face.identity()
                                .<Stream<Label>>fold(identity -> identity.label().stream(), refusal -> Stream.empty()))
                        .distinct()
                        .toList();
    }

    /**
     * @param people whether the asker may know who is enrolled; else only who was recognised is named
     * @param details what else is known of who was recognised
     */
    JsonObject identification(Identification found, boolean all, boolean people, Map<Label, Details> details) {
        JsonObject json = identified(found.principal(), people, details)
                .put("threshold", threshold(found.threshold()))
                .put("faces_found", found.facesFound())
                .put("looks", found.looks())
                .put("image", facts(found.image()))
                .put("model_id", flow.modelId());
        return all ? json.put("faces", array(found.faces(), face -> identified(face, people, details))) : json;
    }

    JsonObject verification(Verification compared, Optional<Label> label) {
        JsonObject json = new JsonObject().put("verified", compared.verified());
        label.ifPresent(asked -> json.put("label", asked.text()));
        return json.put("distance", round(flow.distance(compared.similarity())))
                .put("similarity", round(compared.similarity()))
                .put("threshold", threshold(compared.threshold()))
                .put("faces", array(compared.faces(), FaceJson::face))
                .put("model_id", flow.modelId());
    }

    static JsonObject detection(Screening seen) {
        return new JsonObject()
                .put("faces_found", seen.faces().size())
                .put("faces", array(seen.faces(), FaceJson::face))
                .put("image", facts(new ImageFacts(seen.width(), seen.height(), seen.rotation())));
    }

    private JsonObject identified(Identification.Face face, boolean people, Map<Label, Details> details) {
        JsonObject json = face.identity()
                .fold(
                        identity -> withDetails(identity(identity, people), identity, people, details),
                        refusal -> new JsonObject().put("reason", reason(refusal)));
        return json.mergeIn(face(face.seen()));
    }

    /** The number of the asker's own system for everybody who learns the name; the rest for who may see people. */
    private static JsonObject withDetails(
            JsonObject json, Identity identity, boolean people, Map<Label, Details> details) {
        Details said = identity.label().map(details::get).orElse(null);
        if (said == null || said.isEmpty()) {
            return json;
        }
        JsonObject person = DetailsJson.write(said);
        return json.put(
                "person", people ? person : new JsonObject().put("external_id", person.getValue("external_id")));
    }

    private JsonObject identity(Identity identity, boolean people) {
        List<Candidate> named = people
                ? identity.candidates()
                : identity.candidates().stream()
                        .filter(candidate -> identity.label()
                                .filter(candidate.label()::equals)
                                .isPresent())
                        .toList();
        Optional<Candidate> nearest = identity.candidates().stream().findFirst();
        JsonObject json = new JsonObject()
                .put("label", identity.label().map(Label::text).orElse(Label.UNKNOWN))
                .put(
                        "distance",
                        nearest.map(c -> round(flow.distance(c.similarity()))).orElse(null))
                .put("similarity", nearest.map(c -> round(c.similarity())).orElse(null))
                .put(
                        "margin",
                        identity.margin().isPresent() ? round(identity.margin().getAsDouble()) : null)
                .put("candidates", array(named, this::candidate));
        identity.unknownBecause().ifPresent(why -> json.put("unknown_because", lower(why)));
        return json;
    }

    private JsonObject candidate(Candidate candidate) {
        return new JsonObject()
                .put("label", candidate.label().text())
                .put("distance", round(flow.distance(candidate.similarity())))
                .put("similarity", round(candidate.similarity()));
    }

    private static JsonObject threshold(Threshold threshold) {
        JsonObject json = new JsonObject()
                .put("distance", round(threshold.distance()))
                .put("similarity", round(threshold.similarity()))
                .put("source", lower(threshold.source()));
        threshold
                .basis()
                .ifPresent(basis -> json.put("target", basis.target())
                        .put("people", basis.size().people())
                        .put("templates", basis.size().templates())
                        .put("looks", basis.looks())
                        .put("fmr", basis.fmr())
                        .put("extrapolated", basis.extrapolated()));
        return json;
    }

    private static JsonObject face(ScreenedFace face) {
        return new JsonObject()
                .put("box", box(face.box()))
                .put("landmarks", landmarks(face.landmarks()))
                .put("detection_score", round(face.detectionScore()))
                .put("quality", quality(face.quality()))
                .put("liveness", liveness(face.liveness()));
    }

    static JsonObject box(FaceBox box) {
        return new JsonObject()
                .put("x", pixels(box.x()))
                .put("y", pixels(box.y()))
                .put("width", pixels(box.width()))
                .put("height", pixels(box.height()));
    }

    private static JsonObject landmarks(Landmarks landmarks) {
        return new JsonObject()
                .put("left_eye", point(landmarks.leftEye()))
                .put("right_eye", point(landmarks.rightEye()))
                .put("nose", point(landmarks.nose()))
                .put("mouth_left", point(landmarks.mouthLeft()))
                .put("mouth_right", point(landmarks.mouthRight()));
    }

    private static JsonObject point(Landmarks.Point point) {
        return new JsonObject().put("x", pixels(point.x())).put("y", pixels(point.y()));
    }

    private static JsonObject facts(ImageFacts facts) {
        return new JsonObject()
                .put("width", facts.width())
                .put("height", facts.height())
                .put("rotation", facts.rotation());
    }

    private static JsonObject quality(Quality quality) {
        return new JsonObject()
                .put("score", round(quality.score()))
                .put("acceptable", quality.acceptable())
                .put("face_size", quality.faceSize())
                .put("yaw", pixels(quality.yaw()))
                .put("pitch", pixels(quality.pitch()))
                .put("roll", pixels(quality.roll()))
                .put("sharpness", pixels(quality.sharpness()))
                .put("brightness", pixels(quality.brightness()))
                .put("contrast", pixels(quality.contrast()))
                .put(
                        "issues",
                        array(
                                quality.issues(),
                                issue -> new JsonObject()
                                        .put("kind", lower(issue.kind()))
                                        .put("value", round(issue.value()))
                                        .put("limit", round(issue.limit()))
                                        .put("detail", issue.describe())));
    }

    private static JsonObject liveness(Liveness liveness) {
        return new JsonObject()
                .put("live", liveness.live())
                .put(
                        "checks",
                        array(
                                liveness.checks(),
                                check -> new JsonObject()
                                        .put("name", check.name())
                                        .put("value", round(check.value()))
                                        .put("threshold", round(check.threshold()))
                                        .put("passed", check.passed())));
    }

    private static JsonObject reason(Refusal refusal) {
        Problem problem = Problem.of(refusal);
        JsonObject json = new JsonObject().put("code", problem.code()).put("detail", problem.detail());
        return refusal.faces().isEmpty() ? json : json.put("faces", array(refusal.faces(), FaceJson::box));
    }

    private static <T> JsonArray array(List<T> items, Function<T, JsonObject> json) {
        JsonArray array = new JsonArray();
        items.forEach(item -> array.add(json.apply(item)));
        return array;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** To four places; JSON knows no infinity, which becomes the largest number instead. */
    private static double round(double value) {
        return rounded(value, 10_000);
    }

    private static double pixels(double value) {
        return rounded(value, 10);
    }

    private static double rounded(double value, double steps) {
        if (Double.isNaN(value)) {
            return 0;
        }
        return Double.isInfinite(value) ? Math.copySign(Double.MAX_VALUE, value) : Math.round(value * steps) / steps;
    }
}

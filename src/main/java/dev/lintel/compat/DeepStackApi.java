package dev.lintel.compat;

import dev.lintel.accounts.Role;
import dev.lintel.bus.Bus;
import dev.lintel.face.Deadline;
import dev.lintel.face.EncodedImage;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.gateway.GuestApi;
import dev.lintel.gateway.GuestCall;
import dev.lintel.gateway.GuestCall.Form;
import dev.lintel.gateway.Problem;
import dev.lintel.gateway.Reply;
import dev.lintel.recognition.EnrolOptions;
import dev.lintel.recognition.FaceChoice;
import dev.lintel.recognition.Identification;
import dev.lintel.recognition.IdentifyOptions;
import dev.lintel.recognition.LivenessUse;
import dev.lintel.recognition.RecognitionFlow;
import dev.lintel.recognition.VerifyOptions;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * DeepStack's faces, which CodeProject.AI speaks too. The key is a field of the form and may stand behind the pictures, so the
 * form is read before anybody knows who sent it, within the budget of all uploads.
 */
public final class DeepStackApi implements GuestApi {
    private static final String BASE = "/v1/vision/face";
    private static final double DETECTED_FROM = 0.55;
    private static final double NANOS = 1e9;
    private static final String UNKNOWN = "unknown";
    private static final String NO_IMAGE = "No valid image file found";
    private static final EnrolOptions OPTIONS = new EnrolOptions(FaceChoice.ONE, false, false, false, false);

    private final JsonObject contract = Contracts.read("compat/deepstack.yaml");
    private final RecognitionFlow flow;
    private final Subjects subjects;
    private final CompatConfig config;

    public DeepStackApi(Bus bus, RecognitionFlow flow, CompatConfig config) {
        this.flow = flow;
        this.subjects = new Subjects(bus);
        this.config = config;
    }

    @Override
    public String name() {
        return "deepstack";
    }

    @Override
    public JsonObject contract() {
        return contract;
    }

    @Override
    public boolean owns(String path) {
        return path.equals(BASE)
                || path.startsWith(BASE + "/")
                || path.equals("/v1/backup")
                || path.equals("/v1/restore");
    }

    /** DeepStack's own SDK tells failures by 400, 403 and 500. */
    @Override
    public Reply refuse(Problem problem) {
        String words = switch (problem.code()) {
            case "unauthorized" -> "Incorrect api key";
            case "unreadable_image", "unsupported_format" -> "invalid image";
            case "no_face" -> "no face detected";
            default -> problem.detail();
        };
        int status = problem.status() == 409 || problem.status() == 415 ? 400 : problem.status();
        return Reply.json(
                status,
                new JsonObject().put("success", false).put("error", words).put("duration", 0));
    }

    @Override
    public Map<String, Operation> operations() {
        return Map.of(
                "detectFaces", needing(Role.IDENTIFY, this::detect),
                "recognizeFaces", needing(Role.IDENTIFY, this::recognize),
                "registerFace", needing(Role.ENROL, this::register),
                "matchFaces", needing(Role.IDENTIFY, this::match),
                "listFaces", needing(Role.ENROL, this::list),
                "deleteFace", needing(Role.ENROL, this::delete),
                "backup", call -> notConvertible(),
                "restore", call -> notConvertible());
    }

    /** A request whose form was read and whose key suffices. */
    private interface Task {
        Future<JsonObject> run(GuestCall call, Form form);
    }

    private Operation needing(Role role, Task task) {
        return call -> {
            long begun = System.nanoTime();
            return call.form()
                    .compose(form -> {
                        admit(call, form, role);
                        return task.run(call, form);
                    })
                    .map(json -> {
                        double seconds = (System.nanoTime() - begun) / NANOS;
                        return Reply.json((json.containsKey("success")
                                        ? json
                                        : new JsonObject().put("success", true).mergeIn(json))
                                .put("duration", Math.round(seconds * 1000) / 1000.0));
                    });
        };
    }

    private void admit(GuestCall call, Form form, Role role) {
        boolean keyless = config.keyless(call.remoteAddress());
        if (keyless && config.keylessRole().compareTo(role) >= 0) {
            return;
        }
        Optional<String> key = Optional.ofNullable(form.fields().get("api_key"))
                .or(() -> call.query("api_key"))
                .or(() -> call.header("X-API-Key"))
                .or(() -> call.header("Authorization").flatMap(DeepStackApi::password))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
        if (keyless && key.isEmpty()) {
            throw new Problem(
                            403,
                            "forbidden",
                            "this needs compat.keyless-role: " + role.name().toLowerCase(Locale.ROOT)
                                    + " in the configuration, or a key")
                    .exception();
        }
        call.admit(key, role);
    }

    private static Optional<String> password(String authorization) {
        if (!authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
            return authorization.regionMatches(true, 0, "Bearer ", 0, 7)
                    ? Optional.of(authorization.substring(7))
                    : Optional.empty();
        }
        try {
            String pair = new String(
                    Base64.getDecoder().decode(authorization.substring(6).strip()), StandardCharsets.UTF_8);
            return Optional.of(pair.substring(pair.indexOf(':') + 1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Future<JsonObject> detect(GuestCall call, Form form) {
        EncodedImage picture = picture(form);
        double least = least(form, DETECTED_FROM);
        return call.work(() -> flow.detect(picture, call.deadline(1)))
                .map(outcome -> outcome.fold(
                        seen -> {
                            JsonArray predictions = new JsonArray();
                            seen.faces().stream()
                                    .filter(face -> face.detectionScore() >= least)
                                    .forEach(face -> predictions.add(new Pixels(seen.width(), seen.height())
                                            .box(
                                                    new JsonObject().put("confidence", rounded(face.detectionScore())),
                                                    face.box())));
                            return predictions(predictions);
                        },
                        DeepStackApi::nobody));
    }

    private Future<JsonObject> recognize(GuestCall call, Form form) {
        EncodedImage picture = picture(form);
        double least = least(form, 0);
        var options = new IdentifyOptions(OptionalDouble.empty(), 1, FaceChoice.ALL, false);
        return call.work(() -> {
            Deadline deadline = call.deadline(2);
            return flow.identify(picture, options, deadline)
                    .compose(outcome -> outcome.fold(
                            found -> {
                                JsonArray predictions = new JsonArray();
                                found.faces().forEach(face -> predictions.add(prediction(face, found, least)));
                                return Future.succeededFuture(predictions(predictions));
                            },
                            refusal -> refusal.code() == Refusal.Code.LOW_QUALITY
                                    ? strangers(picture, deadline)
                                    : Future.succeededFuture(nobody(refusal))));
        });
    }

    /** Faces are there, and too little can be seen of any to look it up. */
    private Future<JsonObject> strangers(EncodedImage picture, Deadline deadline) {
        return flow.detect(picture, deadline)
                .map(outcome -> outcome.fold(
                        seen -> {
                            JsonArray predictions = new JsonArray();
                            seen.faces()
                                    .forEach(face -> predictions.add(
                                            new Pixels(seen.width(), seen.height()).box(stranger(), face.box())));
                            return predictions(predictions);
                        },
                        DeepStackApi::nobody));
    }

    private static JsonObject stranger() {
        return new JsonObject().put("confidence", 0).put("userid", UNKNOWN);
    }

    private static JsonObject prediction(Identification.Face face, Identification found, double least) {
        JsonObject who = face.identity()
                .fold(
                        identity -> identity.label()
                                .map(label -> {
                                    double confidence = Scale.deepStack(
                                            identity.candidates().get(0).similarity(), found.threshold(), true);
                                    return confidence < least
                                            ? stranger()
                                            : new JsonObject()
                                                    .put("confidence", rounded(confidence))
                                                    .put("userid", label.text());
                                })
                                .orElse(stranger()),
                        unusable -> stranger());
        return new Pixels(found.image().width(), found.image().height())
                .box(who, face.seen().box());
    }

    private Future<JsonObject> register(GuestCall call, Form form) {
        Label name = user(form);
        if (form.files().isEmpty()) {
            throw bad(NO_IMAGE);
        }
        List<EncodedImage> pictures =
                form.files().stream().map(GuestCall.FormFile::image).toList();
        return call.work(() -> {
            Deadline deadline = call.deadline(pictures.size());
            return subjects.find(name, deadline)
                    .compose(there -> flow.enrol(there.orElse(name), pictures, OPTIONS, deadline)
                            .compose(GuestCall::valueOf)
                            .compose(enrolled -> enrolled.stored() == 0
                                    ? GuestCall.<JsonObject>valueOf(Outcome.refused(
                                            enrolled.firstRefusal().orElseThrow()))
                                    : Future.succeededFuture(new JsonObject()
                                            .put("message", there.isPresent() ? "face updated" : "face added"))));
        });
    }

    private Future<JsonObject> match(GuestCall call, Form form) {
        if (form.files().isEmpty()) {
            throw bad(NO_IMAGE);
        }
        if (form.files().size() == 1) {
            throw bad("expected two image files, only one found");
        }
        if (form.files().size() > 2) {
            throw bad("only two images allowed");
        }
        var options = new VerifyOptions(OptionalDouble.empty(), FaceChoice.LARGEST, LivenessUse.REPORT);
        return call.work(() -> flow.compare(
                        form.files().get(0).image(), form.files().get(1).image(), options, call.deadline(2)))
                .compose(outcome -> outcome.fold(
                        compared -> Future.succeededFuture(new JsonObject()
                                .put(
                                        "similarity",
                                        rounded(Scale.deepStack(
                                                compared.similarity(), compared.threshold(), compared.verified())))),
                        refusal -> switch (refusal.code()) {
                            case NO_FACE, LOW_QUALITY ->
                                Future.succeededFuture(new JsonObject()
                                        .put("success", false)
                                        .put(
                                                "error",
                                                refusal.code() == Refusal.Code.NO_FACE
                                                        ? "no face found"
                                                        : refusal.detail()));
                            default -> GuestCall.<JsonObject>valueOf(Outcome.refused(refusal));
                        }));
    }

    private Future<JsonObject> list(GuestCall call, Form form) {
        return subjects.names(call.deadline(1)).map(names -> new JsonObject().put("faces", new JsonArray(names)));
    }

    /** Clients delete before they train: where nobody has the name, that needs no more rights than the training. */
    private Future<JsonObject> delete(GuestCall call, Form form) {
        Label name = user(form);
        Deadline deadline = call.deadline(1);
        return subjects.find(name, deadline).compose(there -> {
            if (there.isEmpty()) {
                return Future.succeededFuture(new JsonObject());
            }
            admit(call, form, Role.ADMIN);
            return subjects.delete(there.get(), deadline).map(faces -> new JsonObject());
        });
    }

    private static Future<Reply> notConvertible() {
        return Future.failedFuture(new Problem(
                        501,
                        "not_convertible",
                        "vectors of another network cannot be used: enrol from photos, with 'lintel enroll FOLDER'")
                .exception());
    }

    /** A picture without a face is an answer here, not a refusal. */
    private static JsonObject nobody(Refusal refusal) {
        return switch (refusal.code()) {
            case NO_FACE -> predictions(new JsonArray());
            default -> throw Problem.of(refusal).exception();
        };
    }

    private static JsonObject predictions(JsonArray predictions) {
        return new JsonObject()
                .put("success", true)
                .put("predictions", predictions)
                .put("count", predictions.size())
                .put("message", predictions.isEmpty() ? "No faces found" : "");
    }

    private static EncodedImage picture(Form form) {
        return form.files().stream()
                .filter(file -> file.field().equals("image"))
                .findFirst()
                .or(() -> form.files().stream().findFirst())
                .map(GuestCall.FormFile::image)
                .orElseThrow(() -> bad(NO_IMAGE));
    }

    private static Label user(Form form) {
        String name = form.fields().getOrDefault("userid", form.fields().getOrDefault("userId", ""));
        if (name.isBlank()) {
            throw bad("userid not specified");
        }
        return Label.parse(name).fold(label -> label, refusal -> {
            throw bad(refusal.detail());
        });
    }

    private static double least(Form form, double byDefault) {
        String text = form.fields().getOrDefault("min_confidence", "").strip();
        if (text.isEmpty()) {
            return byDefault;
        }
        try {
            double least = Double.parseDouble(text);
            if (least > 1) {
                throw bad("min_confidence cannot be greater than 1");
            }
            if (!Double.isNaN(least)) {
                return least;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw bad("Invalid value for min_confidence");
    }

    private static double rounded(double score) {
        return Math.round(score * 1e5) / 1e5;
    }

    private static RuntimeException bad(String words) {
        return new Problem(400, "deepstack", words).exception();
    }
}

package dev.lintel.compat;

import dev.lintel.face.Candidate;
import dev.lintel.face.Deadline;
import dev.lintel.face.Embedding;
import dev.lintel.face.Outcome;
import dev.lintel.face.ScreenedFace;
import dev.lintel.gateway.GuestCall;
import dev.lintel.gateway.Reply;
import dev.lintel.messages.FaceMessages.Screening;
import dev.lintel.recognition.FaceChoice;
import dev.lintel.recognition.Identification;
import dev.lintel.recognition.IdentifyOptions;
import dev.lintel.recognition.Identity;
import dev.lintel.recognition.RecognitionFlow;
import dev.lintel.recognition.Threshold;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** CompreFace's answers about faces: who is it, where are they, is it the same. Whether they look live is not asked. */
final class CompreFaceFaces {
    private final RecognitionFlow flow;
    private final ClientVectors vectors;
    private final Subjects subjects;

    CompreFaceFaces(RecognitionFlow flow, ClientVectors vectors, Subjects subjects) {
        this.flow = flow;
        this.vectors = vectors;
        this.subjects = subjects;
    }

    Future<Reply> recognize(GuestCall call) {
        Asked asked = Asked.of(call);
        var options = new IdentifyOptions(OptionalDouble.empty(), asked.predictions(), FaceChoice.ALL, false);
        return RequestImages.read(call, "file")
                .compose(pictures -> call.work(() -> {
                    Deadline deadline = call.deadline(1);
                    CompreFaceJson json = new CompreFaceJson(asked, flow.modelId());
                    return flow.identify(pictures.get(0), options, deadline)
                            .compose(GuestCall::valueOf)
                            .compose(found -> {
                                List<Identification.Face> faces = found.faces().stream()
                                        .filter(face -> face.identity() instanceof Outcome.Done)
                                        .filter(face -> face.seen().detectionScore() >= asked.detection())
                                        .limit(asked.limit() == 0 ? Long.MAX_VALUE : asked.limit())
                                        .toList();
                                List<ScreenedFace> seen = faces.stream()
                                        .map(Identification.Face::seen)
                                        .toList();
                                Pixels picture = new Pixels(
                                        found.image().width(), found.image().height());
                                return described(seen, picture, asked, json, deadline)
                                        .map(result -> {
                                            for (int i = 0; i < faces.size(); i++) {
                                                result.getJsonObject(i)
                                                        .put("subjects", people(faces.get(i), found.threshold()));
                                            }
                                            return json.answer(result);
                                        });
                            });
                }));
    }

    Future<Reply> detect(GuestCall call) {
        Asked asked = Asked.of(call);
        return RequestImages.read(call, "file")
                .compose(pictures -> call.work(() -> {
                    Deadline deadline = call.deadline(1);
                    CompreFaceJson json = new CompreFaceJson(asked, flow.modelId());
                    return flow.detect(pictures.get(0), deadline)
                            .compose(GuestCall::valueOf)
                            .compose(seen -> described(chosen(seen, asked), pixels(seen), asked, json, deadline))
                            .map(json::answer);
                }));
    }

    /** One face against each face of another picture. */
    Future<Reply> verify(GuestCall call) {
        Asked asked = Asked.of(call);
        return RequestImages.read(call, "source_image", "target_image")
                .compose(pictures -> call.work(() -> {
                    Deadline deadline = call.deadline(2);
                    CompreFaceJson json = new CompreFaceJson(asked, flow.modelId());
                    return flow.detect(pictures.get(0), deadline)
                            .compose(GuestCall::valueOf)
                            .compose(first -> {
                                ScreenedFace source = single(usable(first, asked));
                                return flow.detect(pictures.get(1), deadline)
                                        .compose(GuestCall::valueOf)
                                        .compose(seen -> {
                                            List<ScreenedFace> targets = limited(usable(seen, asked), asked);
                                            List<ScreenedFace> all = new ArrayList<>(targets);
                                            all.add(0, source);
                                            return vectors.of(all, deadline).map(embedded -> {
                                                JsonArray matches = new JsonArray();
                                                for (int i = 0; i < targets.size(); i++) {
                                                    Embedding target = embedded.get(i + 1);
                                                    matches.add(
                                                            json.face(targets.get(i), pixels(seen), Optional.of(target))
                                                                    .put(
                                                                            "similarity",
                                                                            similarity(
                                                                                    embedded.get(0)
                                                                                            .similarity(target),
                                                                                    1)));
                                                }
                                                return Reply.json(new JsonObject()
                                                        .put(
                                                                "result",
                                                                new JsonArray()
                                                                        .add(json.versions(new JsonObject()
                                                                                .put(
                                                                                        "source_image_face",
                                                                                        json.face(
                                                                                                source,
                                                                                                pixels(first),
                                                                                                Optional.of(
                                                                                                        embedded.get(
                                                                                                                0))))
                                                                                .put("face_matches", matches)))));
                                            });
                                        });
                            });
                }));
    }

    /** Each face of a picture against the person to whom an enrolled picture belongs, by all pictures of that person. */
    Future<Reply> verifyFace(GuestCall call) {
        Asked asked = Asked.of(call);
        OptionalLong template = CompreFaceSubjects.template(call.path("id"));
        return RequestImages.read(call, "file")
                .compose(pictures -> call.work(() -> {
                    Deadline deadline = call.deadline(1);
                    CompreFaceJson json = new CompreFaceJson(asked, flow.modelId());
                    return owner(template, deadline)
                            .compose(owner -> flow.detect(pictures.get(0), deadline)
                                    .compose(GuestCall::valueOf)
                                    .compose(seen -> {
                                        List<ScreenedFace> faces = limited(usable(seen, asked), asked);
                                        return vectors.of(faces, deadline).compose(embedded -> {
                                            JsonArray result = new JsonArray();
                                            Future<Void> done = Future.succeededFuture();
                                            for (int i = 0; i < faces.size(); i++) {
                                                JsonObject face = json.face(
                                                        faces.get(i), pixels(seen), Optional.of(embedded.get(i)));
                                                Embedding probe = embedded.get(i);
                                                result.add(face);
                                                done = done.compose(v -> owner.isEmpty()
                                                                ? Future.succeededFuture(0.0)
                                                                : vectors.compare(owner.get(), probe, deadline)
                                                                        .map(found -> similarity(
                                                                                found.similarity(), found.templates())))
                                                        .map(score -> {
                                                            face.put(
                                                                            "subject",
                                                                            owner.map(o -> o.text())
                                                                                    .orElse(""))
                                                                    .put("similarity", score);
                                                            return null;
                                                        });
                                            }
                                            return done.map(v -> json.answer(result));
                                        });
                                    }));
                }));
    }

    Future<Reply> recognizeEmbeddings(GuestCall call) {
        Asked asked = Asked.of(call);
        return probes(call, "embeddings")
                .compose(probes -> call.work(() -> {
                    Deadline deadline = call.deadline(1);
                    return vectors.read(probes, deadline)
                            .compose(embedded -> vectors.match(embedded, Math.max(2, asked.predictions()), deadline))
                            .map(matches -> {
                                Threshold threshold = flow.searchThreshold(matches.size());
                                JsonArray result = new JsonArray();
                                for (int i = 0; i < probes.size(); i++) {
                                    JsonArray similarities = new JsonArray();
                                    matches.candidates().get(i).stream()
                                            .limit(asked.predictions())
                                            .forEach(
                                                    candidate -> similarities.add(subject(candidate, threshold, true)));
                                    result.add(new JsonObject()
                                            .put("embedding", CompreFaceJson.vector(probes.get(i)))
                                            .put("similarities", similarities));
                                }
                                return Reply.json(new JsonObject().put("result", result));
                            });
                }));
    }

    Future<Reply> verifyFaceEmbeddings(GuestCall call) {
        OptionalLong template = CompreFaceSubjects.template(call.path("id"));
        return probes(call, "embeddings")
                .compose(probes -> call.work(() -> {
                    Deadline deadline = call.deadline(1);
                    return owner(template, deadline)
                            .compose(owner -> vectors.read(probes, deadline).compose(embedded -> {
                                List<JsonObject> result = new ArrayList<>();
                                Future<Void> done = Future.succeededFuture();
                                for (int i = 0; i < probes.size(); i++) {
                                    float[] sent = probes.get(i);
                                    Embedding probe = embedded.get(i);
                                    done = done.compose(v -> owner.isEmpty()
                                                    ? Future.succeededFuture(0.0)
                                                    : vectors.compare(owner.get(), probe, deadline)
                                                            .map(found ->
                                                                    similarity(found.similarity(), found.templates())))
                                            .map(score -> {
                                                result.add(compared(sent, score));
                                                return null;
                                            });
                                }
                                return done.map(v -> bestFirst(result));
                            }));
                }));
    }

    Future<Reply> verifyEmbeddings(GuestCall call) {
        return call.body()
                .map(RequestImages::json)
                .compose(body -> call.work(() -> {
                    List<float[]> all = new ArrayList<>();
                    all.add(RequestImages.vector(body.getValue("source")));
                    list(body, "targets").forEach(target -> all.add(RequestImages.vector(target)));
                    return vectors.read(all, call.deadline(1)).map(embedded -> {
                        List<JsonObject> result = new ArrayList<>();
                        for (int i = 1; i < all.size(); i++) {
                            result.add(compared(
                                    all.get(i), similarity(embedded.get(0).similarity(embedded.get(i)), 1)));
                        }
                        return bestFirst(result);
                    });
                }));
    }

    private static JsonObject compared(float[] sent, double similarity) {
        return new JsonObject().put("embedding", CompreFaceJson.vector(sent)).put("similarity", similarity);
    }

    private static Reply bestFirst(List<JsonObject> result) {
        result.sort(java.util.Comparator.comparingDouble((JsonObject one) -> one.getDouble("similarity"))
                .reversed());
        return Reply.json(new JsonObject().put("result", new JsonArray(result)));
    }

    private static Future<List<float[]>> probes(GuestCall call, String member) {
        return call.body().map(RequestImages::json).map(body -> {
            List<float[]> vectors = new ArrayList<>();
            list(body, member).forEach(vector -> vectors.add(RequestImages.vector(vector)));
            if (vectors.isEmpty()) {
                throw CompreFaceFault.bad(CompreFaceFault.UNFORESEEN, member + " must hold at least one embedding");
            }
            return vectors;
        });
    }

    private static JsonArray list(JsonObject body, String member) {
        if (body.getValue(member) instanceof JsonArray list) {
            return list;
        }
        throw CompreFaceFault.bad(CompreFaceFault.UNFORESEEN, member + " must be a list of embeddings");
    }

    private Future<Optional<dev.lintel.face.Label>> owner(OptionalLong template, Deadline deadline) {
        return template.isEmpty()
                ? Future.succeededFuture(Optional.empty())
                : subjects.owner(template.getAsLong(), deadline);
    }

    private List<ScreenedFace> chosen(Screening seen, Asked asked) {
        return limited(
                seen.faces().stream()
                        .filter(face -> face.detectionScore() >= asked.detection())
                        .toList(),
                asked);
    }

    /** Those that can be compared at all. */
    private List<ScreenedFace> usable(Screening seen, Asked asked) {
        List<ScreenedFace> found = seen.faces().stream()
                .filter(face -> face.detectionScore() >= asked.detection())
                .toList();
        List<ScreenedFace> usable = found.stream().filter(flow::usable).toList();
        if (usable.isEmpty() && !found.isEmpty()) {
            throw CompreFaceFault.bad(
                    CompreFaceFault.NO_FACE,
                    "A face was found, but too little can be seen of it: it is cut off, too small or blurred");
        }
        return usable;
    }

    private static Pixels pixels(Screening seen) {
        return new Pixels(seen.width(), seen.height());
    }

    private static List<ScreenedFace> limited(List<ScreenedFace> faces, Asked asked) {
        if (faces.isEmpty()) {
            throw CompreFaceFault.noFace();
        }
        return asked.limit() == 0 ? faces : faces.subList(0, Math.min(asked.limit(), faces.size()));
    }

    private static ScreenedFace single(List<ScreenedFace> faces) {
        if (faces.isEmpty()) {
            throw CompreFaceFault.noFace();
        }
        if (faces.size() > 1) {
            throw CompreFaceFault.severalFaces();
        }
        return faces.get(0);
    }

    private Future<JsonArray> described(
            List<ScreenedFace> faces, Pixels picture, Asked asked, CompreFaceJson json, Deadline deadline) {
        if (faces.isEmpty()) {
            throw CompreFaceFault.noFace();
        }
        Future<List<Embedding>> embedded = asked.plugins().contains("calculator")
                ? vectors.of(faces, deadline)
                : Future.succeededFuture(List.of());
        return embedded.map(all -> {
            JsonArray result = new JsonArray();
            for (int i = 0; i < faces.size(); i++) {
                result.add(
                        json.face(faces.get(i), picture, all.isEmpty() ? Optional.empty() : Optional.of(all.get(i))));
            }
            return result;
        });
    }

    /** Never empty while somebody is enrolled: a stranger is somebody of less than the limit. */
    private static JsonArray people(Identification.Face face, Threshold threshold) {
        Identity identity = face.identity().fold(found -> found, refusal -> {
            throw new IllegalStateException("a face that was not looked up");
        });
        JsonArray people = new JsonArray();
        identity.candidates()
                .forEach(candidate -> people.add(
                        subject(candidate, threshold, identity.label().isPresent())));
        return people;
    }

    private static JsonObject subject(Candidate candidate, Threshold threshold, boolean anybodyKnown) {
        return new JsonObject()
                .put("subject", candidate.label().text())
                .put(
                        "similarity",
                        Scale.compreFace(
                                candidate.similarity(),
                                threshold,
                                anybodyKnown && threshold.accepts(candidate.similarity())));
    }

    /** @param templates how many it was made of */
    private double similarity(double cosine, int templates) {
        Threshold threshold = flow.comparisonThreshold(templates);
        return Scale.compreFace(cosine, threshold, threshold.accepts(cosine));
    }
}

package dev.lintel.compat;

import dev.lintel.accounts.Role;
import dev.lintel.bus.Bus;
import dev.lintel.face.Label;
import dev.lintel.gateway.GuestApi;
import dev.lintel.gateway.GuestCall;
import dev.lintel.gateway.Problem;
import dev.lintel.gateway.ProblemException;
import dev.lintel.gateway.Reply;
import dev.lintel.recognition.RecognitionFlow;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** CompreFace's recognition, detection and verification services: keys, names of the operations, and how it says no. */
public final class CompreFaceApi implements GuestApi {
    private static final String BASE = "/api/v1/";
    private static final String RECOGNITION = "Recognition";

    private final JsonObject contract = Contracts.read("compat/compreface.yaml");
    private final CompreFaceFaces faces;
    private final CompreFaceSubjects subjects;

    public CompreFaceApi(Bus bus, RecognitionFlow flow) {
        Subjects people = new Subjects(bus);
        this.faces = new CompreFaceFaces(flow, new ClientVectors(bus, flow), people);
        this.subjects = new CompreFaceSubjects(flow, people);
    }

    @Override
    public String name() {
        return "compreface";
    }

    @Override
    public JsonObject contract() {
        return contract;
    }

    @Override
    public boolean owns(String path) {
        return path.startsWith(BASE);
    }

    @Override
    public Reply refuse(Problem problem) {
        return CompreFaceFault.reply(problem);
    }

    @Override
    public Map<String, Operation> operations() {
        Map<String, Operation> all = new HashMap<>();
        all.put("recognize", needing(Role.IDENTIFY, RECOGNITION, faces::recognize));
        all.put("recognizeEmbeddings", needing(Role.IDENTIFY, RECOGNITION, faces::recognizeEmbeddings));
        all.put("verifyFace", needing(Role.IDENTIFY, RECOGNITION, faces::verifyFace));
        all.put("verifyFaceEmbeddings", needing(Role.IDENTIFY, RECOGNITION, faces::verifyFaceEmbeddings));
        all.put("detect", needing(Role.IDENTIFY, "Detection", faces::detect));
        all.put("verify", needing(Role.IDENTIFY, "Verification", faces::verify));
        all.put("verifyEmbeddings", needing(Role.IDENTIFY, "Verification", faces::verifyEmbeddings));
        all.put("listSubjects", needing(Role.ENROL, RECOGNITION, subjects::list));
        all.put("addSubject", needing(Role.ENROL, RECOGNITION, subjects::add));
        all.put("renameSubject", needing(Role.ADMIN, RECOGNITION, subjects::rename));
        all.put("deleteSubject", needing(Role.ADMIN, RECOGNITION, subjects::delete));
        all.put("deleteSubjects", needing(Role.ADMIN, RECOGNITION, subjects::deleteAll));
        all.put("listFaces", needing(Role.ENROL, RECOGNITION, subjects::listFaces));
        all.put("addFace", needing(Role.ENROL, RECOGNITION, subjects::addFace));
        all.put("deleteFaces", needing(Role.ENROL, RECOGNITION, this::deleteFaces));
        all.put("deleteFace", needing(Role.ADMIN, RECOGNITION, subjects::deleteFace));
        all.put("deleteSeveralFaces", needing(Role.ADMIN, RECOGNITION, subjects::deleteSeveralFaces));
        all.put("faceImage", needing(Role.ENROL, RECOGNITION, call -> noImage()));
        all.put("staticImage", call -> noImage());
        return all;
    }

    /** Clients delete before they train: where nobody has the name, that needs no more rights than the training. */
    private Future<Reply> deleteFaces(GuestCall call) {
        return subjects.deleteFaces(call, () -> admit(call, Role.ADMIN, RECOGNITION));
    }

    /** What Lintel answers for every picture: it keeps none. */
    private static Future<Reply> noImage() {
        return Future.succeededFuture(Reply.of(200, "application/octet-stream", io.vertx.core.buffer.Buffer.buffer()));
    }

    /** @param service as CompreFace calls it in its refusals */
    private static Operation needing(Role role, String service, Operation operation) {
        return call -> {
            admit(call, role, service);
            return operation.handle(call);
        };
    }

    private static void admit(GuestCall call, Role role, String service) {
        if (!call.keysNeeded()) {
            return;
        }
        Optional<String> key = call.header("x-api-key").map(String::strip);
        if (key.isEmpty()) {
            throw CompreFaceFault.bad(CompreFaceFault.NO_KEY, "Missing header: x-api-key");
        }
        try {
            call.admit(key, role);
        } catch (ProblemException e) {
            throw e.problem().status() == 401
                    ? CompreFaceFault.of(
                            404, CompreFaceFault.UNKNOWN_KEY, service + " service with this API Key not found")
                    : e;
        }
    }

    /** A name that a client gave; CompreFace's words where it is none. */
    static Label label(String name) {
        return Label.parse(name).fold(label -> label, refusal -> {
            throw CompreFaceFault.bad(CompreFaceFault.OUT_OF_RANGE, refusal.detail());
        });
    }
}

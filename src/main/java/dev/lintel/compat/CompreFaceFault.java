package dev.lintel.compat;

import dev.lintel.gateway.Problem;
import dev.lintel.gateway.ProblemException;
import dev.lintel.gateway.Reply;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** How CompreFace says no: {@code {"message": ..., "code": N}} with codes that its clients know. */
final class CompreFaceFault {
    static final int UNFORESEEN = 0;
    static final int NO_ROLE = 1;
    static final int EMPTY_CONTENT = 5;
    static final int UNKNOWN_KEY = 10;
    static final int NO_KEY = 20;
    static final int UNREADABLE_FILE = 21;
    static final int OUT_OF_RANGE = 26;
    static final int NO_FACE = 28;
    static final int SEVERAL_FACES = 31;
    static final int NO_PARAMETER = 33;
    static final int NO_PART = 34;
    static final int SPECIAL_CHARACTERS = 36;
    static final int WRONG_EMBEDDING = 37;
    static final int UNKNOWN_SUBJECT = 42;
    static final int SUBJECT_EXISTS = 43;
    static final int UNKNOWN_IMAGE = 44;

    private static final String CODE = "code_of_compreface";

    private CompreFaceFault() {}

    static ProblemException of(int status, int code, String message) {
        return new Problem(status, "compreface_" + code, message, List.of(), new JsonObject().put(CODE, code), Map.of())
                .exception();
    }

    static ProblemException bad(int code, String message) {
        return of(400, code, message);
    }

    static ProblemException noFace() {
        return bad(NO_FACE, "No face is found in the given image");
    }

    static ProblemException severalFaces() {
        return bad(SEVERAL_FACES, "More than one face in the source image");
    }

    /** In CompreFace's words where it has some, and otherwise in Lintel's, which clients show. */
    static Reply reply(Problem problem) {
        Integer own = problem.more().getInteger(CODE);
        if (own != null) {
            return reply(problem.status(), own, problem.detail());
        }
        return switch (problem.code()) {
            case "no_face", "unreadable_image", "unsupported_format" ->
                reply(400, NO_FACE, "No face is found in the given image");
            case "low_quality", "spoof_suspected" -> reply(400, NO_FACE, problem.detail());
            case "several_faces" -> reply(400, SEVERAL_FACES, "More than one face in the source image");
            case "already_enrolled", "unlike_others", "invalid_label" -> reply(400, OUT_OF_RANGE, problem.detail());
            case "unsupported_media_type" -> reply(400, NO_PART, problem.detail());
            case "forbidden", "unauthorized" -> reply(403, NO_ROLE, problem.detail());
            case "method_not_allowed" -> reply(404, UNFORESEEN, "Request method not supported: " + problem.detail());
            case "internal_error" -> reply(500, UNFORESEEN, "Something went wrong, please try again");
            default -> reply(problem.status(), UNFORESEEN, problem.detail());
        };
    }

    private static Reply reply(int status, int code, String message) {
        return Reply.json(status, new JsonObject().put("message", message).put("code", code));
    }
}

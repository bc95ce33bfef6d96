package dev.lintel.gateway;

import dev.lintel.face.FaceBox;
import dev.lintel.face.Refusal;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.handler.HttpException;
import io.vertx.openapi.validation.ValidatorException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Why a request was not answered, as RFC 9457 has it.
 *
 * @param code machine-readable, part of the contract
 * @param detail what was wrong and what to do
 * @param faces where the faces are that it is about
 * @param more further members of the document
 * @param headers of the response
 */
public record Problem(
        int status, String code, String detail, List<FaceBox> faces, JsonObject more, Map<String, String> headers) {

    /** How long a client that was turned away should wait. */
    static final Map<String, String> RETRY = Map.of("Retry-After", "1");

    public Problem(int status, String code, String detail) {
        this(status, code, detail, List.of(), new JsonObject(), Map.of());
    }

    public static Problem of(Refusal refusal) {
        String code = refusal.code().name().toLowerCase(Locale.ROOT);
        Map<String, String> headers = refusal.code() == Refusal.Code.EXPIRED ? RETRY : Map.of();
        return new Problem(
                status(refusal.code()), code, seedWords(refusal), refusal.faces(), new JsonObject(), headers);
    }

    /** For those who may not know who is enrolled: nearly the same name is the name of somebody. */
    Problem withoutNames() {
        return code.equals("unknown_person")
                ? new Problem(status, code, "nobody is enrolled under this label", faces, more, headers)
                : this;
    }

    private static int status(Refusal.Code code) {
        return switch (code) {
            case UNREADABLE_IMAGE,
                    NO_FACE,
                    SEVERAL_FACES,
                    LOW_QUALITY,
                    SPOOF_SUSPECTED,
                    INVALID_LABEL,
                    INVALID_REQUEST -> 400;
            case UNKNOWN_PERSON,
                    UNKNOWN_CONSENT,
                    UNKNOWN_TEMPLATE,
                    UNKNOWN_ENTRY,
                    UNKNOWN_VISITOR,
                    VIEW_GONE,
                    UNKNOWN_CAMERA,
                    UNKNOWN_DOOR,
                    UNKNOWN_SCREEN,
                    UNKNOWN_ACCOUNT,
                    UNKNOWN_KEY -> 404;
            case ALREADY_ENROLLED,
                    UNLIKE_OTHERS,
                    ALREADY_CORRECTED,
                    LABEL_TAKEN,
                    EXTERNAL_ID_TAKEN,
                    PERSON_INACTIVE,
                    MODEL_MISMATCH,
                    NO_PIN_EXPECTED,
                    NAME_TAKEN,
                    BACKUP_RUNNING,
                    LAST_ADMINISTRATOR -> 409;
            case IMAGE_TOO_LARGE -> 413;
            case UNSUPPORTED_FORMAT -> 415;
            case PICTURE_WITHHELD, RIGHTS_PROTECTED, CONSENT_MISSING -> 403;
            case PIN_LOCKED_OUT -> 429;
            case LOCK_FAILED -> 502;
            case EXPIRED, CAMERA_UNAVAILABLE, BACKUP_FAILED -> 503;
        };
    }

    /** The seed service's words come first, because programs look for them. */
    private static String seedWords(Refusal refusal) {
        String words = switch (refusal.code()) {
            case NO_FACE -> "no face detected";
            case SPOOF_SUSPECTED -> "failed liveness checks";
            default -> "";
        };
        return refusal.detail().startsWith(words) ? refusal.detail() : words + ": " + refusal.detail();
    }

    /** The problem that a failure stands for; {@code internal_error} if it is none that was foreseen. */
    static Problem of(Throwable failure) {
        if (failure instanceof ProblemException foreseen) {
            return foreseen.problem();
        }
        if (failure instanceof ValidatorException invalid) {
            return invalid(invalid.getMessage());
        }
        if (failure instanceof ReplyException reply) {
            return switch (reply.failureType()) {
                // 503 as for a question that expired in a queue: which of the two it is, is a race.
                case TIMEOUT ->
                    new Problem(
                            503,
                            "timeout",
                            "the box did not finish in time: try again, with a smaller image",
                            List.of(),
                            new JsonObject(),
                            RETRY);
                case NO_HANDLERS ->
                    new Problem(
                            503,
                            "unavailable",
                            "a part of the box is not running: see /ready",
                            List.of(),
                            new JsonObject(),
                            RETRY);
                default -> internal();
            };
        }
        if (failure instanceof HttpException http && http.getStatusCode() < 500) {
            return ofStatus(http.getStatusCode());
        }
        return failure instanceof IllegalArgumentException
                ? invalid("the request cannot be read: check its address")
                : internal();
    }

    static Problem ofStatus(int status) {
        return switch (status) {
            case 404 -> new Problem(404, "not_found", "there is nothing at this address: see /docs");
            case 408 -> new Problem(408, "upload_timeout", "the request took too long to arrive: send it again");
            case 413 -> tooLarge("the request is too large");
            case 414 -> new Problem(414, "invalid_request", "the address is too long");
            case 431 -> new Problem(431, "invalid_request", "the headers are too large");
            case 500 -> internal();
            default -> new Problem(400, "invalid_request", "the request cannot be read: check its address and headers");
        };
    }

    static Problem invalid(String detail) {
        return new Problem(400, "invalid_request", detail);
    }

    static Problem tooLarge(String detail) {
        return new Problem(413, "payload_too_large", detail);
    }

    static Problem unsupported(String detail) {
        return new Problem(415, "unsupported_media_type", detail);
    }

    static Problem overloaded(String detail) {
        return new Problem(503, "overloaded", detail, List.of(), new JsonObject(), RETRY);
    }

    private static Problem internal() {
        return new Problem(500, "internal_error", "something broke; the box's log has more under this request_id");
    }

    Problem with(JsonObject further) {
        return new Problem(status, code, detail, faces, more.copy().mergeIn(further), headers);
    }

    JsonObject toJson(String requestId) {
        JsonObject json = new JsonObject()
                .put("type", "urn:lintel:problem:" + code)
                .put(
                        "title",
                        Character.toUpperCase(code.charAt(0))
                                + code.substring(1).replace('_', ' '))
                .put("status", status)
                .put("detail", detail)
                .put("code", code)
                .put("request_id", requestId);
        if (!faces.isEmpty()) {
            json.put("faces", new JsonArray(faces.stream().map(FaceJson::box).toList()));
        }
        return json.mergeIn(more);
    }

    public ProblemException exception() {
        return new ProblemException(this);
    }
}

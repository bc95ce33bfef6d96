package dev.lintel.gateway;

import dev.lintel.accounts.Role;
import dev.lintel.face.Deadline;
import dev.lintel.face.EncodedImage;
import dev.lintel.face.Outcome;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A request to an API that Lintel speaks beside its own. Nothing of it is checked: other servers are more patient with
 * parameters, and their clients rely on it. Belongs to one event loop.
 */
public final class GuestCall {
    private static final int MOST_PARAMETERS = 64;
    private static final int MOST_FIELDS = 32;

    private final RoutingContext rc;
    private final GatewayConfig config;
    private final Admission admission;
    private final Callers callers;
    private Call call;
    private final Map<String, List<String>> query;

    GuestCall(RoutingContext rc, GatewayConfig config, Admission admission, Callers callers) {
        this.rc = rc;
        this.config = config;
        this.admission = admission;
        this.callers = callers;
        this.call = new Call(rc, config, admission, Caller.NOBODY);
        this.query = parameters(rc.request().query());
    }

    /** A file of a form. */
    public record FormFile(String field, Optional<String> filename, EncodedImage image) {}

    /**
     * A form.
     *
     * @param files whatever they are called, in their order
     * @param fields the others, the first of each name
     */
    public record Form(List<FormFile> files, Map<String, String> fields) {}

    public Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name)).map(values -> values.get(0));
    }

    /** A part of the address. */
    public String path(String name) {
        return rc.pathParam(name);
    }

    public Optional<String> header(String name) {
        return call.header(name);
    }

    /** In lower case, without parameters; empty if the request has none. */
    public String contentType() {
        return call.contentType();
    }

    /** The number of the caller's machine, or of the proxy in front of the box. */
    public String remoteAddress() {
        return rc.request().remoteAddress().hostAddress();
    }

    /**
     * Who may do what needs this role.
     *
     * @param secret as it was presented
     * @throws ProblemException 401 without a valid key, 403 if its role does not suffice
     */
    public void admit(Optional<String> secret, Role needed) {
        call = new Call(rc, config, admission, callers.check(rc.request(), secret, atLeast(needed)));
        rc.put(RequestLog.CALLER, call.who());
    }

    /** Other programs know three steps of rights, of which each has what the one before has. */
    private static Set<Role> atLeast(Role needed) {
        return switch (needed) {
            case IDENTIFY -> Set.of(Role.IDENTIFY, Role.ENROL);
            case ENROL -> Set.of(Role.ENROL);
            default -> Set.of(Role.ADMIN);
        };
    }

    /** Whether the box asks for keys at all. */
    public boolean keysNeeded() {
        return !callers.open();
    }

    /** Reads a form with or without files, as {@code multipart} or in the way of a query; without a body, it is empty. */
    public Future<Form> form() {
        return call.body(config.maxRequest(), true, config.uploadTimeout())
                .compose(body -> call.vertx().executeBlocking(() -> form(body), false));
    }

    /** Reads a body that is as large as the images that are allowed are in base64. */
    public Future<Buffer> body() {
        return call.body(config.maxRequest() / 3 * 4, true, config.uploadTimeout());
    }

    /** Begins now; cancelled when the client goes away. */
    public Deadline deadline(int parts) {
        return call.deadline(parts);
    }

    /** Works on images as soon as there is room for it. */
    public <T> Future<T> work(Supplier<Future<T>> work) {
        return admission.run(work);
    }

    /** Does something that takes a while off the event loop. */
    public <T> Future<T> aside(Supplier<T> work) {
        return call.vertx().executeBlocking(work::get, false);
    }

    /** The value of an outcome, or a failure with the problem that its refusal stands for. */
    public static <T> Future<T> valueOf(Outcome<T> outcome) {
        return Call.valueOf(outcome);
    }

    /** An image of the size that may be sent. */
    public EncodedImage image(byte[] bytes) {
        if (bytes.length > config.maxUpload()) {
            throw Problem.tooLarge("an image has more than " + config.maxUpload() + " bytes: send a smaller one")
                    .exception();
        }
        return new EncodedImage(bytes);
    }

    /** Bytes in base64, in either alphabet, in lines or not, padded or not; empty if the text is something else. */
    public static Optional<byte[]> base64(String text) {
        return Uploads.decode(text);
    }

    private Form form(Buffer body) {
        List<FormFile> files = new ArrayList<>();
        Map<String, String> fields = new HashMap<>();
        if (!call.contentType().startsWith("multipart/form-data")) {
            parameters(body.toString()).forEach((name, values) -> fields.put(name, values.get(0)));
            return new Form(files, fields);
        }
        for (Multipart.Part part :
                Multipart.parse(call.fullContentType(), body.getBytes(), config.maxFiles() + MOST_FIELDS)) {
            if (part.filename().isPresent()) {
                files.add(new FormFile(part.name(), part.filename(), image(part.content())));
            } else {
                fields.putIfAbsent(part.name(), part.text(StandardCharsets.UTF_8));
            }
        }
        return new Form(files, fields);
    }

    private static Map<String, List<String>> parameters(String encoded) {
        try {
            return encoded == null || encoded.isEmpty()
                    ? Map.of()
                    : new QueryStringDecoder(encoded, StandardCharsets.UTF_8, false, MOST_PARAMETERS, true)
                            .parameters();
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("the parameters are not percent-encoded correctly")
                    .exception();
        }
    }
}

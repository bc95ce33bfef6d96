package dev.lintel.gateway;

import dev.lintel.face.Act;
import dev.lintel.face.Asker;
import dev.lintel.face.Deadline;
import dev.lintel.face.Label;
import dev.lintel.face.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.RoutingContext;
import io.vertx.openapi.validation.RequestParameter;
import io.vertx.openapi.validation.ValidatedRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** A request to one operation, its parameters checked against the contract. Belongs to one event loop. */
final class Call {
    private final RoutingContext rc;
    private final GatewayConfig config;
    private final Admission admission;
    private final Caller caller;
    private final Map<String, String> remarks = new LinkedHashMap<>();
    private ValidatedRequest parameters;
    private List<Uploads.Upload> images = List.of();

    Call(RoutingContext rc, GatewayConfig config, Admission admission, Caller caller) {
        this.rc = rc;
        this.config = config;
        this.admission = admission;
        this.caller = caller;
    }

    void checked(ValidatedRequest request) {
        parameters = request;
    }

    void brought(List<Uploads.Upload> sent) {
        images = sent;
    }

    /** What an operation that takes images was sent; at least one. */
    List<Uploads.Upload> images() {
        return images;
    }

    /** Who called. */
    Caller who() {
        return caller;
    }

    /** The body if it is JSON and small. */
    RequestParameter json() {
        return parameters.getBody();
    }

    Optional<String> text(String name) {
        return value(name).map(RequestParameter::getString);
    }

    String text(String name, String byDefault) {
        return text(name).orElse(byDefault);
    }

    int integer(String name, int byDefault) {
        return value(name).map(RequestParameter::getInteger).orElse(byDefault);
    }

    long wholeNumber(String name, long byDefault) {
        return value(name).map(RequestParameter::getLong).orElse(byDefault);
    }

    HttpServerRequest request() {
        return rc.request();
    }

    HttpConnection connection() {
        return rc.request().connection();
    }

    HttpMethod method() {
        return rc.request().method();
    }

    /** Whether the client asks for a WebSocket. */
    boolean upgradable() {
        return rc.request().canUpgradeToWebSocket();
    }

    /** The connection as a WebSocket; nothing may have been answered yet. */
    Future<ServerWebSocket> upgrade() {
        return Future.succeededFuture().compose(v -> rc.request().toWebSocket());
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(rc.request().getHeader(name));
    }

    long id(String name) {
        return value(name).map(RequestParameter::getLong).orElseThrow();
    }

    boolean flag(String name) {
        return value(name).map(RequestParameter::getBoolean).orElse(false);
    }

    /** Empty if it is not said. */
    Optional<Boolean> whether(String name) {
        return value(name).map(RequestParameter::getBoolean);
    }

    OptionalDouble number(String name) {
        return value(name).map(v -> OptionalDouble.of(v.getDouble())).orElse(OptionalDouble.empty());
    }

    /** The parameter {@code label}. */
    Outcome<Label> label() {
        return Label.parse(text("label").orElse(null));
    }

    /** The name of the account or key with which the call was made; without any, {@code local}. */
    String caller() {
        return caller.name().isEmpty() ? "local" : caller.name();
    }

    /** Who called, as the log of acts names them. */
    Asker asker() {
        return caller.asker(Origins.address(rc.request()));
    }

    /** Something more that the log is to say of this call, if the gateway notes it. */
    void remark(String name, Object value) {
        remarks.put(name, String.valueOf(value));
    }

    /** What the log is to say of this call: what stands in its address, but no name, and what was remarked. */
    Act act(String code) {
        Act act = Act.of(code, label().fold(label -> label, refusal -> null));
        for (var parameter : parameters.getPathParameters().entrySet()) {
            if (!parameter.getKey().equals("label")) {
                act = act.with(parameter.getKey(), parameter.getValue().get());
            }
        }
        for (var remark : remarks.entrySet()) {
            act = act.with(remark.getKey(), remark.getValue());
        }
        return act;
    }

    /** What the client wants, in lower case; empty if it does not say. */
    String accept() {
        String accept = rc.request().getHeader(HttpHeaders.ACCEPT);
        return accept == null ? "" : accept.toLowerCase(Locale.ROOT);
    }

    /** Lower case, without parameters; empty if there is none. */
    String contentType() {
        return fullContentType().split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    String fullContentType() {
        String type = rc.request().getHeader(HttpHeaders.CONTENT_TYPE);
        return type == null ? "" : type;
    }

    /** Reads the body; see {@link Body}. */
    Future<Buffer> body(long limit, boolean budgeted) {
        return body(
                limit, budgeted, caller.kind() == Caller.Kind.NOBODY ? strangersPatience() : config.uploadTimeout());
    }

    /** The same with another patience than the configuration's. */
    Future<Buffer> body(long limit, boolean budgeted, Duration patience) {
        return Body.read(
                vertx(),
                rc.request(),
                admission,
                limit,
                budgeted,
                patience,
                forget -> rc.addEndHandler(ended -> forget.run()));
    }

    private Duration strangersPatience() {
        return config.headerTimeout().compareTo(config.uploadTimeout()) < 0
                ? config.headerTimeout()
                : config.uploadTimeout();
    }

    /** Reads a body that says it is JSON. */
    Future<Buffer> jsonBody(long limit) {
        return contentType().equals("application/json")
                ? body(limit, false)
                : Future.failedFuture(
                        Problem.unsupported("the body must be JSON: send it with Content-Type: application/json")
                                .exception());
    }

    /** A body that says it is JSON, as it arrives. */
    Future<BodyStream> jsonStream(long limit) {
        return contentType().equals("application/json")
                ? Future.succeededFuture().map(v -> BodyStream.of(vertx(), rc.request(), limit, config.uploadTimeout()))
                : jsonBody(limit).mapEmpty();
    }

    Vertx vertx() {
        return rc.vertx();
    }

    /**
     * Begins now; cancelled when the client goes away.
     *
     * @param parts how many times the configured patience the work may take
     */
    Deadline deadline(int parts) {
        return deadline(config.requestTimeout().multipliedBy(Math.max(1, parts)));
    }

    Deadline deadline(Duration patience) {
        Deadline deadline = Deadline.after(patience, asker());
        rc.addEndHandler(ended -> deadline.cancel());
        if (rc.response().closed()) {
            deadline.cancel();
        }
        return deadline;
    }

    /** The value of an outcome, or a failure with the problem that its refusal stands for. */
    static <T> Future<T> valueOf(Outcome<T> outcome) {
        return outcome.fold(
                Future::succeededFuture,
                refusal -> Future.failedFuture(Problem.of(refusal).exception()));
    }

    private Optional<RequestParameter> value(String name) {
        Map<String, RequestParameter> where = parameters.getPathParameters().containsKey(name)
                ? parameters.getPathParameters()
                : parameters.getQuery();
        return Optional.ofNullable(where.get(name)).filter(v -> v.get() != null);
    }
}

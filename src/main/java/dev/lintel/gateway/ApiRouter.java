package dev.lintel.gateway;

import dev.lintel.accounts.Role;
import dev.lintel.bus.Bus;
import dev.lintel.messages.EventMessages;
import dev.lintel.messages.EventMessages.NoteAct;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.OpenAPIRoute;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.contract.MediaType;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Path;
import io.vertx.openapi.validation.RequestValidator;
import io.vertx.openapi.validation.ValidatableRequest;
import io.vertx.openapi.validation.ValidatedRequest;
import io.vertx.openapi.validation.ValidatorException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds the router from the contract. Each operation goes the same way: key, parameters by the contract, then its
 * handler, which alone decides whether to read a body of images; in that order, so that nothing is uploaded in vain.
 */
final class ApiRouter {
    /** One operation of the contract. */
    interface Handler {
        /** Fails with a {@link ProblemException} for what is wrong with the request. */
        Future<Reply> handle(Call call);
    }

    private static final Logger LOG = LoggerFactory.getLogger(ApiRouter.class);
    private static final int LARGEST_JSON = 64 * 1024;

    private static final Duration NOTE_TIMEOUT = Duration.ofSeconds(20);

    private final Bus bus;
    private final Contract contract;
    private final GatewayConfig config;
    private final Admission admission;
    private final Uploads uploads;
    private final Guests guests;
    private final Callers callers;
    private final Cors cors;
    private final SiteCheck sites;
    private final RequestValidator validator;

    /** @param others APIs that are spoken beside Lintel's own */
    ApiRouter(
            Vertx vertx,
            Bus bus,
            Contract contract,
            GatewayConfig config,
            Callers callers,
            Admission admission,
            List<GuestApi> others) {
        this.bus = bus;
        this.contract = contract;
        this.config = config;
        this.admission = admission;
        this.uploads = new Uploads(config);
        this.callers = callers;
        this.cors = new Cors(config.origins());
        this.sites = new SiteCheck(config, cors, callers::open);
        this.guests = new Guests(others, config, admission, callers, sites);
        this.validator = RequestValidator.create(vertx, contract.routes());
    }

    /**
     * @param operations the handler of each operation, by its id
     * @throws IllegalStateException if these are not exactly the contract's operations
     */
    Router build(Vertx vertx, Map<String, Handler> operations, RequestLog log, Assets assets) {
        Map<String, Handler> left = new HashMap<>(operations);
        RouterBuilder builder = RouterBuilder.create(vertx, contract.routes())
                .rootHandler(log)
                .rootHandler(rc -> {
                    sites.check(rc.request());
                    if (!cors.answered(rc.request())) {
                        rc.next();
                    }
                });
        for (OpenAPIRoute route : builder.getRoutes()) {
            Operation operation = route.getOperation();
            Contract.requireAct(operation);
            Handler handler = left.remove(operation.getOperationId());
            if (handler == null) {
                throw new IllegalStateException("nothing handles the operation " + operation.getOperationId());
            }
            route.setDoSecurity(false).setDoValidation(false).addHandler(rc -> serve(rc, operation, handler));
        }
        if (!left.isEmpty()) {
            throw new IllegalStateException("the contract has no " + left.keySet());
        }
        Router router = builder.createRouter();
        for (Operation operation : contract.routes().operations()) {
            if (operation.getHttpMethod().equals(HttpMethod.GET)) {
                router.head(operation.getOpenAPIPath().replaceAll("\\{(\\w+)}", ":$1"))
                        .handler(rc -> serve(rc, operation, operations.get(operation.getOperationId())));
            }
        }
        guests.mount(router, new Guests.Ending() {
            @Override
            public void send(RoutingContext rc, Reply reply) {
                ApiRouter.send(rc, reply);
            }

            @Override
            public void fail(RoutingContext rc, Throwable failure) {
                ApiRouter.this.fail(rc, problem(failure, rc));
            }
        });
        assets.mount(router);
        router.route().failureHandler(rc -> fail(rc, problem(rc)));
        for (int status : new int[] {404, 405}) {
            router.errorHandler(status, this::noRoute);
        }
        for (int status : new int[] {400, 413, 415, 500}) {
            router.errorHandler(status, rc -> fail(rc, problem(rc)));
        }
        return router;
    }

    private void serve(RoutingContext rc, Operation operation, Handler handler) {
        rc.put(RequestLog.OPERATION, operation.getOperationId());
        Optional<String> noted = Contract.noted(operation);
        sites.checkCall(rc.request());
        Caller caller = needed(operation)
                .map(roles -> callers.check(rc.request(), roles))
                .orElse(Caller.NOBODY);
        rc.put(RequestLog.CALLER, caller);
        if (caller.byCookie()) {
            sites.checkOwnPage(rc.request());
        }
        Call call = new Call(rc, config, admission, caller);
        (takesImages(operation) ? withImages(rc, operation, call) : withJson(rc, operation, call))
                .compose(checked -> {
                    call.checked(checked);
                    return handler.handle(call);
                })
                .compose(reply -> noted.map(code -> note(call, code, reply)).orElse(Future.succeededFuture(reply)))
                .onComplete(reply -> send(rc, reply), failure -> fail(rc, problem(failure, rc)));
    }

    /** Nothing is answered before it is in the log who asked for it. */
    private Future<Reply> note(Call call, String code, Reply reply) {
        return bus.ask(EventMessages.NOTE, new NoteAct(call.act(code), call.deadline(NOTE_TIMEOUT)))
                .compose(Call::valueOf)
                .map(reply);
    }

    private Future<ValidatedRequest> withJson(RoutingContext rc, Operation operation, Call call) {
        return jsonBody(call, operation)
                .compose(body -> validate(operation, Parameters.of(rc, operation, body.orElse(null)))
                        .recover(failure -> Future.failedFuture(inWords(operation, body, failure))));
    }

    /** The validator speaks of schemas; whoever sent the body is told what to write instead. */
    private static Throwable inWords(Operation operation, Optional<Buffer> body, Throwable failure) {
        if (!(failure instanceof ValidatorException) || body.isEmpty()) {
            return failure;
        }
        try {
            JsonObject schema = (JsonObject) operation
                    .getRequestBody()
                    .getContent()
                    .get(MediaType.APPLICATION_JSON)
                    .getSchema();
            return Problem.invalid(BodyCheck.fault(schema, Json.decodeValue(body.get()))
                            .orElse("the body does not have the form that /docs shows for this operation"))
                    .exception();
        } catch (DecodeException e) {
            return Problem.invalid("the body is not JSON").exception();
        }
    }

    /** What stands in the address is checked before anything is uploaded; the form may then bring the rest. */
    private Future<ValidatedRequest> withImages(RoutingContext rc, Operation operation, Call call) {
        boolean moreToCome = Parameters.incomplete(rc, operation) && Uploads.mayHoldFields(call.contentType());
        Future<ValidatedRequest> address =
                moreToCome ? Future.succeededFuture() : validate(operation, Parameters.of(rc, operation, null));
        return address.compose(early -> admission.full()
                ? Future.failedFuture(admission.refusal("requests"))
                : uploads.read(call, name -> Parameters.has(operation, name)).compose(sent -> {
                    call.brought(sent.images());
                    return early != null && sent.fields().isEmpty()
                            ? Future.succeededFuture(early)
                            : validate(operation, Parameters.of(rc, operation, null, sent.fields()));
                }));
    }

    private Future<ValidatedRequest> validate(Operation operation, ValidatableRequest request) {
        return validator.validate(request, operation.getOperationId());
    }

    private static boolean takesImages(Operation operation) {
        return operation.getRequestBody() != null
                && operation.getRequestBody().getContent().containsKey(MediaType.MULTIPART_FORM_DATA);
    }

    private Optional<Set<Role>> needed(Operation operation) {
        boolean open = operation.getOperationId().equals("metrics") && config.openMetrics();
        return open ? Optional.empty() : Contract.roles(operation);
    }

    /** The body, if the contract is to check it; empty if the handler reads it. */
    private static Future<Optional<Buffer>> jsonBody(Call call, Operation operation) {
        boolean json = operation.getRequestBody() != null
                && operation.getRequestBody().getContent().keySet().equals(Set.of(MediaType.APPLICATION_JSON));
        if (!json) {
            return Future.succeededFuture(Optional.empty());
        }
        return call.jsonBody(LARGEST_JSON).map(body -> {
            if (BodyCheck.hasBrokenCharacter(body)) {
                throw Problem.invalid(
                                "the body holds half of a character (a \\ud8.. without its other half): send it whole")
                        .exception();
            }
            return Optional.of(body);
        });
    }

    private static void send(RoutingContext rc, Reply reply) {
        HttpServerResponse response = rc.response();
        if (!response.ended() && !response.closed()) {
            reply.send(rc.vertx(), response).onFailure(failure -> {
                if (hungUp(response, failure)) {
                    LOG.debug("request {}: the client hung up", rc.<String>get(RequestLog.ID));
                } else {
                    LOG.error("request {} broke off while it was answered", rc.<String>get(RequestLog.ID), failure);
                    rc.request().connection().close();
                }
            });
        }
    }

    /** The pipe may be known to be broken before the connection is known to be closed. */
    private static boolean hungUp(HttpServerResponse response, Throwable failure) {
        return response.closed() || failure instanceof IOException || failure instanceof HttpClosedException;
    }

    private static Problem problem(RoutingContext rc) {
        return rc.failure() == null ? Problem.ofStatus(rc.statusCode()) : problem(rc.failure(), rc);
    }

    private static Problem problem(Throwable failure, RoutingContext rc) {
        Problem problem = Problem.of(failure);
        if (problem.status() == 500 && !hungUp(rc.response(), failure)) {
            LOG.error(
                    "request {} to {} failed",
                    rc.<String>get(RequestLog.ID),
                    rc.get(RequestLog.OPERATION, "none"),
                    failure);
        }
        return problem;
    }

    private void fail(RoutingContext rc, Problem found) {
        Problem problem = rc.get(RequestLog.CALLER, Caller.NOBODY).seesPeople() ? found : found.withoutNames();
        HttpServerResponse response = rc.response();
        if (response.ended() || response.closed()) {
            return;
        }
        rc.put(RequestLog.OUTCOME, problem.code());
        guests.owner(rc)
                .ifPresentOrElse(
                        api -> {
                            problem.headers().forEach(response::putHeader);
                            send(rc, api.refuse(problem));
                        },
                        () -> write(rc.request(), problem, rc.get(RequestLog.ID)));
    }

    /** For requests that could not even be read. */
    static void refuseBroken(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        if (cause instanceof StrictDecoder.AmbiguousRequest) {
            refuse(request, Problem.invalid("the request can be read in more than one way: " + cause.getMessage()));
            return;
        }
        refuse(
                request,
                Problem.ofStatus(
                        cause instanceof TooLongHttpLineException
                                ? 414
                                : cause instanceof TooLongHttpHeaderException ? 431 : 400));
    }

    /** For requests that are too broken to be routed. */
    private static void refuse(HttpServerRequest request, Problem problem) {
        String id = RequestLog.id(request);
        RequestLog.dress(request.response(), id);
        request.response().putHeader(HttpHeaders.CONNECTION, "close");
        write(request, problem, id);
        request.connection().close();
    }

    /** The router needs a Host, and takes a missing or unreadable one for its own fault. */
    static void route(Router router, HttpServerRequest request) {
        if (request.authority() == null) {
            refuse(request, Problem.ofStatus(400));
        } else {
            router.handle(request);
        }
    }

    private static void write(HttpServerRequest request, Problem problem, String requestId) {
        HttpServerResponse response = request.response();
        problem.headers().forEach(response::putHeader);
        response.setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .end(problem.toJson(requestId).toBuffer());
    }

    /** Nothing here, or not by this method. */
    private void noRoute(RoutingContext rc) {
        Path path = contract.routes().findPath(rc.normalizedPath());
        if (path == null) {
            fail(rc, Problem.ofStatus(404));
            return;
        }
        TreeSet<String> methods = path.getOperations().stream()
                .map(operation -> operation.getHttpMethod().name())
                .collect(Collectors.toCollection(TreeSet::new));
        methods.add("OPTIONS");
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        String allowed = String.join(", ", methods);
        if (rc.request().method().equals(HttpMethod.OPTIONS)) {
            rc.response()
                    .setStatusCode(204)
                    .putHeader(HttpHeaders.ALLOW, allowed)
                    .end();
            return;
        }
        fail(
                rc,
                new Problem(
                        405,
                        "method_not_allowed",
                        "this address takes " + allowed,
                        List.of(),
                        new io.vertx.core.json.JsonObject(),
                        Map.of("Allow", allowed)));
    }
}

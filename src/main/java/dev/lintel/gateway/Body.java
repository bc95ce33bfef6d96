package dev.lintel.gateway;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/**
 * Reads the body of one request into memory, never to disk. It grows as bytes arrive, not as the client announces,
 * and stops at a limit, at the budget of all uploads together, and when the client is too slow.
 */
final class Body {
    /** Who has been answered and sends nothing for as long has seen the answer. */
    private static final long LONGEST_SILENCE_MS = 1000;

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final Admission admission;
    private final Buffer body;
    private final Promise<Buffer> promise = Promise.promise();
    private long held;
    private long timer;

    private Body(Vertx vertx, HttpServerRequest request, Admission admission) {
        this.body = Buffer.buffer();
        this.vertx = vertx;
        this.request = request;
        this.admission = admission;
    }

    /**
     * Call on the request's event loop, while the request is paused. The bytes count against the budget until {@link
     * #forget}.
     *
     * @param limit most bytes
     * @param budgeted whether they count against the budget of all uploads
     */
    static Future<Buffer> read(
            Vertx vertx,
            HttpServerRequest request,
            Admission admission,
            long limit,
            boolean budgeted,
            Duration patience,
            java.util.function.Consumer<Runnable> whenDone) {
        Body reader = new Body(vertx, request, admission);
        whenDone.accept(reader::forget);
        try {
            check(request, limit);
        } catch (ProblemException wrong) {
            return Future.failedFuture(wrong);
        }
        return reader.start(limit, budgeted, patience);
    }

    /**
     * Looks at what the head says of the body.
     *
     * @throws ProblemException if it is over, too large or compressed
     */
    static void check(HttpServerRequest request, long limit) {
        if (request.isEnded()) {
            // Paused, it cannot have been read: what followed it on the connection was no request, and closed it.
            throw endedEarly();
        }
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw Problem.unsupported("the body is compressed: send it without Content-Encoding")
                    .exception();
        }
        if (announced(request) > limit) {
            throw tooLarge(limit);
        }
    }

    /**
     * Ends a request whose answer was sent before all of it had arrived: reads and forgets the rest, because many clients look
     * for an answer only when they have sent everything, and then closes the connection.
     *
     * @param most bytes to read
     * @param patience how long to read
     */
    static void drain(Vertx vertx, HttpServerRequest request, long most, Duration patience) {
        if (request.isEnded()) {
            return;
        }
        long[] left = {most};
        boolean[] silent = {false};
        long last =
                vertx.setTimer(patience.toMillis(), id -> request.connection().close());
        long silence = vertx.setPeriodic(LONGEST_SILENCE_MS, id -> {
            if (silent[0]) {
                request.connection().close();
            }
            silent[0] = true;
        });
        Runnable over = () -> {
            vertx.cancelTimer(last);
            vertx.cancelTimer(silence);
        };
        request.exceptionHandler(gone -> over.run());
        request.endHandler(v -> {
            over.run();
            request.connection().close();
        });
        request.handler(chunk -> {
            silent[0] = false;
            left[0] -= chunk.length();
            if (left[0] < 0) {
                over.run();
                request.connection().close();
            }
        });
        request.resume();
    }

    private Future<Buffer> start(long limit, boolean budgeted, Duration patience) {
        timer = vertx.setTimer(
                patience.toMillis(), id -> promise.tryFail(Problem.ofStatus(408).exception()));
        request.exceptionHandler(promise::tryFail);
        request.endHandler(v -> promise.tryComplete(body));
        request.handler(chunk -> add(chunk, limit, budgeted));
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.response().writeContinue();
        }
        request.resume();
        return promise.future().eventually(() -> {
            vertx.cancelTimer(timer);
            return Future.succeededFuture();
        });
    }

    private void add(Buffer chunk, long limit, boolean budgeted) {
        if (promise.future().isComplete()) {
            return;
        }
        if (body.length() + (long) chunk.length() > limit) {
            promise.tryFail(tooLarge(limit));
        } else if (budgeted && !admission.reserve(chunk.length())) {
            promise.tryFail(admission.refusal("uploads"));
        } else {
            held += budgeted ? chunk.length() : 0;
            body.appendBuffer(chunk);
        }
        if (promise.future().isComplete()) {
            request.pause();
        }
    }

    private void forget() {
        promise.tryFail(endedEarly());
        admission.release(held);
        held = 0;
    }

    /** Bytes that the head names; 0 if none. */
    static long announced(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static ProblemException endedEarly() {
        return Problem.invalid("the request ended early").exception();
    }

    static ProblemException tooLarge(long limit) {
        return Problem.tooLarge("the request has more than " + limit + " bytes: send less at once")
                .exception();
    }
}

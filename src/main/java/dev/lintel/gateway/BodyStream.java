package dev.lintel.gateway;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The body of a request as it arrives: no more than a few pieces are held, and the client sends on only when these were read.
 * Made on the request's event loop, while the request is paused; read on one other thread, which it holds up.
 */
final class BodyStream extends InputStream {
    private static final int AHEAD = 4;
    private static final Buffer END = Buffer.buffer();
    private static final Buffer BROKEN = Buffer.buffer();

    private final Context context;
    private final HttpServerRequest request;
    private final long limit;
    private final BlockingQueue<Buffer> pieces = new LinkedBlockingQueue<>();
    private long patience;
    private long size;
    private Buffer piece = Buffer.buffer();
    private int at;

    private BodyStream(Context context, HttpServerRequest request, long limit, Duration patience) {
        this.context = context;
        this.request = request;
        this.limit = limit;
        this.patience = patience.toNanos();
    }

    /**
     * @param limit most bytes
     * @param patience how long the client may be waited for in all; how long reading takes does not count
     * @throws ProblemException if it is too large or compressed, by what its head says
     */
    static BodyStream of(Vertx vertx, HttpServerRequest request, long limit, Duration patience) {
        Body.check(request, limit);
        BodyStream stream = new BodyStream(vertx.getOrCreateContext(), request, limit, patience);
        request.exceptionHandler(gone -> stream.pieces.add(BROKEN));
        request.endHandler(v -> stream.pieces.add(END));
        request.handler(stream.pieces::add);
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.response().writeContinue();
        }
        request.fetch(AHEAD);
        return stream;
    }

    /** Of the whole body at most, by what its head says. */
    long most() {
        long announced = Body.announced(request);
        return announced > 0 ? announced : limit;
    }

    /** Bytes that were read so far. */
    long size() {
        return size;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** @throws ProblemException if it is too large, does not come, or broke off */
    @Override
    public int read(byte[] into, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        while (at == piece.length()) {
            if (piece == END) {
                return -1;
            }
            next();
        }
        int count = Math.min(length, piece.length() - at);
        piece.getBytes(at, at + count, into, offset);
        at += count;
        return count;
    }

    private void next() {
        long asked = System.nanoTime();
        Buffer next;
        try {
            next = pieces.poll(patience, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            next = BROKEN;
        }
        patience -= System.nanoTime() - asked;
        if (next == null) {
            throw Problem.ofStatus(408).exception();
        }
        if (next == BROKEN) {
            throw Problem.invalid("the request ended early").exception();
        }
        size += next.length();
        if (size > limit) {
            throw Body.tooLarge(limit);
        }
        piece = next;
        at = 0;
        if (next != END) {
            context.runOnContext(v -> request.fetch(1));
        }
    }
}

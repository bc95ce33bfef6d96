package dev.lintel.gateway;

import dev.lintel.bus.Bus;
import dev.lintel.face.Deadline;
import dev.lintel.messages.CameraMessages;
import dev.lintel.messages.CameraMessages.CameraPicture;
import dev.lintel.messages.CameraMessages.GetPicture;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A live picture as browsers show it: JPEGs one after another in one answer. The next one is asked for when the client
 * has taken the one before, so that a slow client sees fewer pictures, never old ones. While the camera is lost, the
 * answer waits for it. Confined to one event loop.
 */
final class PictureStream {
    private static final String BOUNDARY = "picture";
    private static final String TYPE = "multipart/x-mixed-replace; boundary=" + BOUNDARY;

    /** Short, because a stream ends no faster at shutdown. */
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private static final long LOST_MS = 1000;

    private final Vertx vertx;
    private final Bus bus;
    private final HttpServerResponse response;
    private final String camera;
    private final BooleanSupplier closed;
    private final Runnable taken;
    private final Promise<Void> done = Promise.promise();
    private long last;

    /** @param taken hears that the client took a picture */
    PictureStream(
            Vertx vertx, Bus bus, HttpServerResponse response, String camera, BooleanSupplier closed, Runnable taken) {
        this.vertx = vertx;
        this.bus = bus;
        this.response = response;
        this.camera = camera;
        this.closed = closed;
        this.taken = taken;
    }

    /** What is answered to somebody who only asks what there is. */
    static Reply head() {
        return (vertx, response) ->
                response.putHeader(HttpHeaders.CONTENT_TYPE, TYPE).end();
    }

    /** Ends with the client, the gateway, or the camera's removal. */
    Future<Void> run(CameraPicture first) {
        response.setChunked(true).putHeader(HttpHeaders.CONTENT_TYPE, TYPE);
        response.closeHandler(gone -> done.tryComplete());
        write(first);
        return done.future();
    }

    private void write(CameraPicture picture) {
        last = picture.sequence();
        byte[] jpeg = picture.jpeg().bytes();
        Buffer part = Buffer.buffer(jpeg.length + 128)
                .appendString("--" + BOUNDARY + "\r\nContent-Type: image/jpeg\r\nContent-Length: " + jpeg.length
                        + "\r\nX-Captured-At: " + picture.at() + "\r\n\r\n")
                .appendBytes(jpeg)
                .appendString("\r\n");
        response.write(part)
                .onComplete(
                        written -> {
                            taken.run();
                            next();
                        },
                        gone -> done.tryComplete());
    }

    private void next() {
        if (response.closed() || done.future().isComplete()) {
            done.tryComplete();
            return;
        }
        if (closed.getAsBoolean()) {
            response.end("--" + BOUNDARY + "--\r\n").onComplete(ended -> done.tryComplete());
            return;
        }
        bus.ask(CameraMessages.PICTURE, new GetPicture(camera, last, Deadline.after(TIMEOUT)))
                .onComplete(
                        answer -> {
                            CameraPicture picture = answer.fold(p -> p, lost -> null);
                            if (picture != null) {
                                write(picture);
                            } else {
                                vertx.timer(LOST_MS, TimeUnit.MILLISECONDS).onComplete(waited -> next());
                            }
                        },
                        failure -> vertx.timer(LOST_MS, TimeUnit.MILLISECONDS).onComplete(waited -> next()));
    }
}

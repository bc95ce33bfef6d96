package dev.lintel.gateway;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.Iterator;

/** A successful answer. */
public interface Reply {

    /** Writes itself to a response that nothing was written to. */
    Future<Void> send(Vertx vertx, HttpServerResponse response);

    static Reply of(int status, String contentType, Buffer body) {
        return (vertx, response) -> response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, contentType)
                .end(body);
    }

    static Reply json(JsonObject json) {
        return json(200, json);
    }

    static Reply json(int status, JsonObject json) {
        return of(status, "application/json", json.toBuffer());
    }

    /** A file to be saved under a name, which must need no quoting; never to be kept by a cache. */
    static Reply download(String contentType, String name, Buffer body) {
        return (vertx, response) -> of(200, contentType, body)
                .send(
                        vertx,
                        response.putHeader("Content-Disposition", "attachment; filename=\"" + name + "\"")
                                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store"));
    }

    /** The same of a file on the disk, which is not read into memory. */
    static Reply file(String contentType, String name, String path) {
        return (vertx, response) -> response.putHeader(HttpHeaders.CONTENT_TYPE, contentType)
                .putHeader("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .sendFile(path);
    }

    /** A large document: each part is made off the event loop, once the client has taken the one before. */
    static Reply jsonInParts(Iterator<Buffer> parts) {
        return (vertx, response) -> {
            response.setChunked(true).putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
            return next(vertx, response, parts);
        };
    }

    private static Future<Void> next(Vertx vertx, HttpServerResponse response, Iterator<Buffer> parts) {
        return parts.hasNext()
                ? vertx.executeBlocking(parts::next, false)
                        .compose(response::write)
                        .compose(v -> next(vertx, response, parts))
                : response.end();
    }
}

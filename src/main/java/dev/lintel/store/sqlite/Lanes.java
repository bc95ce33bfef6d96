package dev.lintel.store.sqlite;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

/**
 * The connections to one database, which work side by side.
 *
 * @param writer every change, and whatever a door waits for
 * @param reader questions that may take a moment
 * @param background reading in bulk, and looking after the journal
 */
public record Lanes(Lane writer, Lane reader, Lane background) {

    public static Future<Lanes> open(Vertx vertx, Database database) {
        return Lane.open(vertx, database.writing())
                .compose(writer -> Lane.open(vertx, database.reading())
                        .compose(reader -> Lane.open(vertx, database.reading())
                                .map(background -> new Lanes(writer, reader, background))));
    }

    /** What is at work is finished. */
    public Future<Void> close() {
        return Future.join(background.close(), reader.close()).transform(done -> writer.close());
    }
}

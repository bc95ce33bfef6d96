package dev.lintel.recognition;

import dev.lintel.face.Outcome;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** How the steps of a use case are strung together. */
final class Steps {
    private Steps() {}

    /** The next step, skipped if the one before was refused. */
    static <T, R> Function<Outcome<T>, Future<Outcome<R>>> then(Function<T, Future<Outcome<R>>> step) {
        return outcome -> outcome.fold(step, refusal -> Future.succeededFuture(Outcome.refused(refusal)));
    }

    /** Applies a step to each item, at most {@code lanes} at a time; the results are in the items' order. */
    static <T, R> Future<List<R>> each(List<T> items, int lanes, Function<T, Future<R>> step) {
        int width = Math.min(lanes, items.size());
        List<Future<List<R>>> running = new ArrayList<>();
        for (int lane = 0; lane < width; lane++) {
            running.add(lane(items, lane, width, step));
        }
        return Future.all(running).map(done -> {
            List<R> results = new ArrayList<>();
            for (int i = 0; i < items.size(); i++) {
                results.add(running.get(i % width).result().get(i / width));
            }
            return results;
        });
    }

    private static <T, R> Future<List<R>> lane(List<T> items, int first, int stride, Function<T, Future<R>> step) {
        Future<List<R>> done = Future.succeededFuture(new ArrayList<>());
        for (int i = first; i < items.size(); i += stride) {
            T item = items.get(i);
            done = done.compose(results -> step.apply(item).map(result -> {
                results.add(result);
                return results;
            }));
        }
        return done;
    }
}

package dev.lintel.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sqlite.SQLiteDataSource;

class LaneTest {
    private final Vertx vertx = Vertx.vertx();
    private final List<String> order = new CopyOnWriteArrayList<>();
    private Lane lane;

    @BeforeEach
    void open() throws Exception {
        SQLiteDataSource memory = new SQLiteDataSource();
        memory.setUrl("jdbc:sqlite::memory:");
        lane = await(Lane.open(vertx, memory));
    }

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(30, TimeUnit.SECONDS);
    }

    private Future<Void> note(String name) {
        order.add(name);
        return Future.succeededFuture();
    }

    @Test
    void shouldDoWhatIsUrgentFirstAndOneAfterTheOther() throws Exception {
        Promise<Void> first = Promise.promise();
        Future<?> begun = lane.inBulk(tables -> note("first portion").compose(noted -> first.future()));
        List<Future<?>> all = List.of(
                begun,
                lane.inBulk(tables -> note("second portion")),
                lane.urgently(tables -> note("decision")),
                lane.urgently(tables -> note("enrolment")));

        first.complete();
        await(Future.all(all));

        assertThat(order).containsExactly("first portion", "decision", "enrolment", "second portion");
    }

    @Test
    void shouldRestAfterBulkWorkForAsLongAsItTook() throws Exception {
        long[] at = new long[2];
        Future<?> first = lane.inBulk(
                tables -> vertx.timer(20, TimeUnit.MILLISECONDS).onComplete(done -> at[0] = System.nanoTime()));
        Future<?> second = lane.inBulk(tables -> {
            at[1] = System.nanoTime();
            return note("after a rest");
        });

        await(Future.all(first, second));

        assertThat(TimeUnit.NANOSECONDS.toMillis(at[1] - at[0])).isGreaterThanOrEqualTo(15);
    }

    @Test
    void shouldGoOnAfterAPieceThatFails() throws Exception {
        Future<Void> thrown = lane.urgently(tables -> {
            throw new IllegalStateException("broken");
        });

        assertThatThrownBy(() -> await(thrown)).hasMessage("broken");
        assertThatThrownBy(() -> await(lane.urgently(tables -> tables.execute("no SQL"))))
                .hasMessageContaining("syntax");

        await(lane.urgently(tables -> note("the next")));
        assertThat(order).containsExactly("the next");
    }

    @Test
    void shouldFinishWhatIsAtWorkAndDropWhatWaitsWhenClosed() throws Exception {
        Promise<Void> first = Promise.promise();
        Future<?> atWork = lane.urgently(tables -> first.future().compose(done -> tables.execute("SELECT 1")));
        Future<?> waiting = lane.urgently(tables -> note("too late"));

        Future<Void> closed = lane.close();
        assertThatThrownBy(() -> await(waiting)).isInstanceOf(StoreException.class);
        assertThat(closed.isComplete()).isFalse();
        first.complete();

        await(atWork);
        await(closed);
        assertThatThrownBy(() -> await(lane.urgently(tables -> note("later")))).isInstanceOf(StoreException.class);
        assertThat(order).isEmpty();
    }
}

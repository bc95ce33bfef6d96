package dev.lintel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.Direction;
import dev.lintel.access.DoorEvent;
import dev.lintel.access.Recorded;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventStreamTest {
    private static final class Client implements Outlet {
        final List<Long> events = new ArrayList<>();
        int views;
        int beats;
        boolean full;
        boolean cut;

        @Override
        public boolean full() {
            return full;
        }

        @Override
        public void event(long sequence, JsonObject event) {
            events.add(sequence);
        }

        @Override
        public void live(JsonObject view) {
            views++;
        }

        @Override
        public void beat() {
            beats++;
        }

        @Override
        public void end() {}

        @Override
        public void cut() {
            cut = true;
        }
    }

    private final List<Recorded> log = new ArrayList<>();
    private final Client client = new Client();
    private Promise<List<Recorded>> slowRead;

    private Future<List<Recorded>> read(long after) {
        return slowRead != null
                ? slowRead.future()
                : Future.succeededFuture(log.stream()
                        .filter(event -> event.sequence() > after)
                        .limit(2)
                        .toList());
    }

    private Recorded happens() {
        Recorded event = new Recorded(
                log.size() + 1,
                true,
                new DoorEvent(
                        new UUID(0, log.size()),
                        DoorEvent.Kind.DOOR_OPENED,
                        Instant.EPOCH,
                        null,
                        null,
                        "main",
                        Direction.BOTH,
                        null,
                        null,
                        List.of()));
        log.add(event);
        return event;
    }

    @Test
    void shouldBeginWithWhatHappensNext() {
        happens();
        EventStream stream = new EventStream(client, this::read, -1, false);
        stream.start();

        stream.happened(happens());
        stream.happened(happens());

        assertThat(client.events).containsExactly(2L, 3L);
    }

    @Test
    void shouldSendWhatWasMissedBeforeWhatHappensMeanwhile() {
        for (int i = 0; i < 5; i++) {
            happens();
        }
        slowRead = Promise.promise();
        EventStream stream = new EventStream(client, this::read, 1, false);
        stream.start();
        stream.happened(happens());
        assertThat(client.events).isEmpty();

        Promise<List<Recorded>> read = slowRead;
        slowRead = null;
        read.complete(List.copyOf(log.subList(1, 3)));
        stream.happened(happens());

        assertThat(client.events).containsExactly(2L, 3L, 4L, 5L, 6L, 7L);
    }

    @Test
    void shouldNotSendTwiceWhatWasReadBeforeItWasAnnounced() {
        Recorded event = happens();
        EventStream stream = new EventStream(client, this::read, 0, false);
        stream.start();
        stream.happened(event);

        assertThat(client.events).containsExactly(1L);
    }

    @Test
    void shouldKeepNothingForAClientThatTakesNothing() {
        EventStream stream = new EventStream(client, this::read, -1, true);
        stream.start();
        stream.happened(happens());
        client.full = true;
        for (int i = 0; i < 4; i++) {
            stream.happened(happens());
            stream.seen(new JsonObject());
        }
        assertThat(client.events).containsExactly(1L);
        assertThat(client.views).isZero();

        client.full = false;
        stream.drained();

        assertThat(client.events).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void shouldCutOffAClientThatTakesNothingForTwoBeats() {
        EventStream stream = new EventStream(client, this::read, -1, true);
        assertThat(stream.beat()).isFalse();
        client.full = true;
        assertThat(stream.beat()).isFalse();
        client.full = false;
        stream.drained();
        client.full = true;
        assertThat(stream.beat()).isFalse();
        assertThat(client.cut).isFalse();

        assertThat(stream.beat()).isTrue();

        assertThat(client.cut).isTrue();
        assertThat(client.beats).isEqualTo(1);
    }

    @Test
    void shouldSendLiveViewsOnlyToThoseWhoAsk() {
        new EventStream(client, this::read, -1, false).seen(new JsonObject());
        assertThat(client.views).isZero();

        new EventStream(client, this::read, -1, true).seen(new JsonObject());
        assertThat(client.views).isEqualTo(1);
    }

    @Test
    void shouldCutOffWhereTheLogCannotBeRead() {
        EventStream stream = new EventStream(client, after -> Future.failedFuture("broken"), 0, false);

        stream.start();

        assertThat(client.cut).isTrue();
    }
}

package dev.lintel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.CameraState;
import dev.lintel.access.CameraState.State;
import dev.lintel.access.Direction;
import dev.lintel.access.LiveLevel;
import dev.lintel.bus.Bus;
import dev.lintel.face.Deadline;
import dev.lintel.face.Outcome;
import dev.lintel.gateway.Component.Trouble;
import dev.lintel.messages.CameraMessages;
import dev.lintel.messages.CameraMessages.CameraStates;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HouseReportTest {
    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = Bus.install(vertx);

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
    }

    @Test
    void shouldSayAtWhichCameraTheNetworkRefusesMostPeople() throws Exception {
        await(bus.serve(
                CameraMessages.LIST,
                question -> Future.succeededFuture(Outcome.done(new CameraStates(List.of(
                        camera("fine", level(30, 2)),
                        camera("young", level(4, 4)),
                        camera("strange", level(30, 28)),
                        camera("without", null)))))));

        List<Component> parts = await(new HouseReport(bus).components(Deadline.after(Duration.ofSeconds(5))));

        assertThat(parts)
                .filteredOn(part -> part.trouble().isPresent())
                .singleElement()
                .satisfies(part -> {
                    assertThat(part.name()).isEqualTo("camera strange");
                    assertThat(part.ready()).isTrue();
                    assertThat(part.trouble()).contains(Trouble.CAMERA_LIVENESS);
                    assertThat(part.detail()).contains("refused 28 of the last 30 people");
                });
    }

    private static LiveLevel level(int recent, int refused) {
        return new LiveLevel(LiveLevel.State.LEARNING, 0, 0.55, false, 0, 0, recent, refused);
    }

    private static CameraState camera(String id, LiveLevel level) {
        return new CameraState(
                id,
                null,
                Direction.IN,
                State.LIVE,
                Instant.EPOCH,
                "",
                640,
                480,
                15,
                9,
                0,
                true,
                false,
                "",
                false,
                level);
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}

package dev.lintel.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.Cue;
import dev.lintel.access.ScreenState;
import dev.lintel.access.ScreenState.Shows;
import dev.lintel.bus.Bus;
import dev.lintel.face.Deadline;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.messages.ScreenMessages;
import dev.lintel.messages.ScreenMessages.CameraCue;
import dev.lintel.messages.ScreenMessages.GetScreen;
import dev.lintel.messages.ScreenMessages.WakeDoor;
import dev.lintel.testkit.Configs;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScreensTest {
    private static final String MAIN = "0123456789abcdef-main";
    private static final String YARD = "0123456789abcdef-yard";

    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = Bus.install(vertx);
    private final Screens screens = new Screens(
            bus,
            List.of(
                    new ScreenedDoor(
                            "main",
                            Configs.of(ScreenConfig.class, "key: " + MAIN),
                            Optional.of(Duration.ofSeconds(15))),
                    new ScreenedDoor("yard", Configs.of(ScreenConfig.class, "key: " + YARD), Optional.empty()),
                    new ScreenedDoor("barn", Configs.of(ScreenConfig.class), Optional.empty())),
            Map.of("front", "main", "back", "yard"),
            () -> 0);

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void shouldShowEachDoorOnlyWhatItsOwnCamerasSay() throws Exception {
        BlockingQueue<ScreenState> changes = new LinkedBlockingQueue<>();
        bus.listen(ScreenMessages.CHANGED, changes::add);
        screens.cue(new CameraCue("back", Cue.of(Cue.Kind.LOOK)));
        screens.cue(new CameraCue("stable", Cue.of(Cue.Kind.LOOK)));

        assertThat(shows("yard", YARD)).isEqualTo(Shows.LOOK);
        assertThat(shows("main", MAIN)).isEqualTo(Shows.IDLE);
        assertThat(changes.poll(10, TimeUnit.SECONDS).door()).isEqualTo("yard");
    }

    /** Screens stay connected while cameras and doors are taken down and put up again: what was asked for is asked no more. */
    @Test
    void shouldSayWhatScreensShowWhenTheyBeginAnew() throws Exception {
        BlockingQueue<ScreenState> changes = new LinkedBlockingQueue<>();
        bus.listen(ScreenMessages.CHANGED, changes::add);
        vertx.deployVerticle(new ScreenVerticle(
                        bus,
                        List.of(new ScreenedDoor(
                                "main", Configs.of(ScreenConfig.class, "key: " + MAIN), Optional.empty())),
                        Map.of("front", "main")))
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);

        ScreenState first = changes.poll(10, TimeUnit.SECONDS);
        assertThat(first.door()).isEqualTo("main");
        assertThat(first.shows()).isEqualTo(Shows.IDLE);
    }

    @Test
    void shouldOpenAScreenWithItsOwnKeyAlone() {
        assertThat(refused(get("main", YARD))).isEqualTo(Refusal.Code.UNKNOWN_SCREEN);
        assertThat(refused(get("main", ""))).isEqualTo(Refusal.Code.UNKNOWN_SCREEN);
        assertThat(refused(get("barn", ""))).as("a door without a screen").isEqualTo(Refusal.Code.UNKNOWN_SCREEN);
        assertThat(refused(get("nowhere", MAIN))).isEqualTo(Refusal.Code.UNKNOWN_SCREEN);
        assertThat(refused(wake("yard", MAIN))).isEqualTo(Refusal.Code.UNKNOWN_SCREEN);
    }

    @Test
    void shouldWakeOnlyADoorThatWaitsForIt() {
        assertThat(refused(wake("yard", null))).isEqualTo(Refusal.Code.INVALID_REQUEST);
        assertThat(refused(wake("nowhere", null))).isEqualTo(Refusal.Code.UNKNOWN_DOOR);

        screens.wake(new WakeDoor("main", MAIN, soon()));
        assertThat(shows("main", MAIN)).isEqualTo(Shows.LOOK);
    }

    private Shows shows(String door, String key) {
        return get(door, key).fold(ScreenState::shows, refusal -> null);
    }

    private Outcome<ScreenState> get(String door, String key) {
        return screens.get(new GetScreen(door, key, soon()));
    }

    private Outcome<ScreenState> wake(String door, String key) {
        return screens.wake(new WakeDoor(door, key, soon()));
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofMinutes(1));
    }

    private static Refusal.Code refused(Outcome<ScreenState> outcome) {
        return outcome.fold(state -> null, Refusal::code);
    }
}

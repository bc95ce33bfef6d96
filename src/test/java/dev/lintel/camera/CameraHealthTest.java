package dev.lintel.camera;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.CameraState.State;
import dev.lintel.access.DoorEvent;
import dev.lintel.testkit.Configs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CameraHealthTest {
    private final FakeClock clock = new FakeClock();
    private final List<DoorEvent> events = new ArrayList<>();
    private final CameraHealth health =
            new CameraHealth(Configs.camera("front", "rtsp://anna:secret@10.0.0.5/live"), clock, events::add);

    private void pictures(int seconds, boolean same) {
        for (int i = 0; i < seconds; i++) {
            clock.pass(Duration.ofSeconds(1));
            health.picture(same ? 7 : clock.nanos());
            health.tick();
        }
    }

    private void nothing(int seconds) {
        for (int i = 0; i < seconds; i++) {
            clock.pass(Duration.ofSeconds(1));
            health.tick();
        }
    }

    private List<DoorEvent.Kind> kinds() {
        return events.stream().map(DoorEvent::kind).toList();
    }

    @Test
    void shouldBeLiveWithThePictures() {
        assertThat(health.state()).isEqualTo(State.CONNECTING);
        health.opened();
        pictures(60, false);

        assertThat(health.state()).isEqualTo(State.LIVE);
        assertThat(health.detail()).isEmpty();
        assertThat(events).isEmpty();
    }

    @Test
    void shouldTellALossOnceAndTheReturnOnce() {
        health.opened();
        pictures(5, false);
        health.failed("the stream ended or fell silent");
        assertThat(health.state()).isEqualTo(State.CONNECTING);
        for (int i = 0; i < 3600; i++) {
            nothing(1);
            health.failed("nothing answers");
        }
        assertThat(kinds()).containsExactly(DoorEvent.Kind.CAMERA_LOST);
        assertThat(health.state()).isEqualTo(State.LOST);
        assertThat(health.stale()).isEqualTo(Duration.ofHours(1));

        health.opened();
        pictures(60, false);

        assertThat(kinds()).containsExactly(DoorEvent.Kind.CAMERA_LOST, DoorEvent.Kind.CAMERA_BACK);
        assertThat(events).allSatisfy(event -> {
            assertThat(event.camera()).isEqualTo("front");
            assertThat(event.person()).isNull();
        });
    }

    @Test
    void shouldNotTellAShortBreak() {
        health.opened();
        pictures(5, false);
        health.failed("the stream ended or fell silent");
        nothing(8);
        health.opened();
        pictures(5, false);

        assertThat(events).isEmpty();
    }

    @Test
    void shouldTellACameraThatNeverCame() {
        health.failed("nothing answers");
        nothing(9);
        assertThat(events).isEmpty();
        nothing(1);

        assertThat(kinds()).containsExactly(DoorEvent.Kind.CAMERA_LOST);
        assertThat(events.get(0).detail()).isEqualTo("nothing answers");
    }

    @Test
    void shouldSeeAFrozenPicture() {
        health.opened();
        pictures(3, false);
        pictures(12, true);

        assertThat(health.state()).isEqualTo(State.FROZEN);
        assertThat(health.reopenDue()).isTrue();
        assertThat(kinds()).containsExactly(DoorEvent.Kind.CAMERA_LOST);

        health.failed("it is opened again");
        health.opened();
        assertThat(health.reopenDue()).isFalse();
        pictures(3, true);
        assertThat(health.state()).as("the same picture after opening it again").isEqualTo(State.FROZEN);
        pictures(1, false);

        assertThat(health.state()).isEqualTo(State.LIVE);
        assertThat(kinds()).containsExactly(DoorEvent.Kind.CAMERA_LOST, DoorEvent.Kind.CAMERA_BACK);
    }

    @Test
    void shouldSeeThatAFrozenCameraFellSilent() {
        health.opened();
        pictures(15, true);
        nothing(11);

        assertThat(health.state()).isEqualTo(State.LOST);
        assertThat(kinds()).containsExactly(DoorEvent.Kind.CAMERA_LOST);
    }

    @Test
    void shouldLetAFileShowTheSamePictureForEver() {
        CameraHealth file = new CameraHealth(Configs.camera("demo", "clip.avi"), clock, events::add);
        file.opened();
        for (int i = 0; i < 60; i++) {
            clock.pass(Duration.ofSeconds(1));
            file.picture(7);
            file.tick();
        }

        assertThat(file.state()).isEqualTo(State.LIVE);
        assertThat(events).isEmpty();
    }

    private void waits(int seconds) {
        for (int i = 0; i < seconds; i++) {
            clock.pass(Duration.ofSeconds(1));
            health.waits();
            health.tick();
        }
    }

    @Test
    void shouldTakeVideoThatWaitsForAKeyFrameForLife() {
        health.opened();
        waits(22);

        assertThat(health.state()).isEqualTo(State.CONNECTING);
        assertThat(health.detail()).contains("waits for a key frame", "I-frames");
        assertThat(health.reopenDue()).isFalse();
        pictures(1, false);
        assertThat(health.state()).isEqualTo(State.LIVE);
        assertThat(events).isEmpty();
    }

    @Test
    void shouldWaitForAKeyFrameForNoLongerThanAMinute() {
        health.opened();
        waits(40);
        health.failed("the stream ended or fell silent");
        assertThat(health.detail()).isEqualTo("the stream ended or fell silent");
        health.opened();
        waits(20);
        assertThat(events).isEmpty();
        waits(1);

        assertThat(health.state()).isEqualTo(State.LOST);
        assertThat(health.detail()).contains("waits for a key frame");
        assertThat(kinds()).containsExactly(DoorEvent.Kind.CAMERA_LOST);
        waits(100);
        assertThat(health.reopenDue())
                .as("opened again, it would wait from the beginning")
                .isFalse();
        pictures(1, false);
        assertThat(kinds()).containsExactly(DoorEvent.Kind.CAMERA_LOST, DoorEvent.Kind.CAMERA_BACK);
    }

    @Test
    void shouldLoseACameraThatFallsSilentWhileItWaits() {
        health.opened();
        waits(20);
        nothing(10);

        assertThat(health.state()).isEqualTo(State.LOST);
        assertThat(health.reopenDue()).isTrue();
        assertThat(health.detail()).isEqualTo("no picture for 10 s");
    }

    @Test
    void shouldWaitForAKeyFrameAgainAfterALongLoss() {
        health.failed("nothing answers");
        nothing(3600);
        health.opened();
        waits(22);

        assertThat(health.state()).isEqualTo(State.CONNECTING);
        assertThat(kinds()).containsExactly(DoorEvent.Kind.CAMERA_LOST);
    }

    @Test
    void shouldTellNoSecret() {
        nothing(20);

        assertThat(events.toString()).doesNotContain("secret", "anna");
    }
}

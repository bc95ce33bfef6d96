package dev.lintel.camera;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.access.CameraState.State;
import dev.lintel.face.Deadline;
import dev.lintel.face.Outcome;
import dev.lintel.face.Refusal;
import dev.lintel.messages.CameraMessages.CameraPicture;
import dev.lintel.messages.CameraMessages.GetPicture;
import dev.lintel.vision.FrameEncoder;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SnapshotsTest {
    private final FakeClock clock = new FakeClock();
    private final FrameSlot slot = new FrameSlot();
    private final Snapshots snapshots = new Snapshots("front", new FrameEncoder(640), clock);

    private CompletableFuture<Outcome<CameraPicture>> ask(long after) {
        return snapshots.ask(new GetPicture("front", after, Deadline.after(Duration.ofHours(1))), State.LIVE, "");
    }

    private void frame() throws InterruptedException {
        clock.pass(Duration.ofMillis(40));
        slot.offer(Frames.grey(90), clock.now(), clock.nanos());
        snapshots.offer(slot.take(Duration.ofMillis(1)));
    }

    private static CameraPicture picture(CompletableFuture<Outcome<CameraPicture>> answer) {
        return answer.getNow(null).fold(picture -> picture, refusal -> {
            throw new AssertionError(refusal.detail());
        });
    }

    private static Refusal.Code refusal(CompletableFuture<Outcome<CameraPicture>> answer) {
        return answer.getNow(null).fold(picture -> null, Refusal::code);
    }

    @Test
    void shouldEncodeWhenSomebodyAsksAndAnswerEverybodyAtOnce() throws InterruptedException {
        frame();
        var first = ask(0);
        var second = ask(0);
        assertThat(first).isNotDone();
        frame();

        assertThat(picture(first).sequence())
                .as("frames before were not encoded")
                .isEqualTo(1);
        assertThat(picture(second)).isSameAs(picture(first));
        assertThat(picture(first).jpeg().bytes()).startsWith(0xFF, 0xD8);
        assertThat(ask(0)).as("a second later asker gets the same").isDone();
    }

    @Test
    void shouldEncodeOnlyAFewTimesASecond() throws InterruptedException {
        long last = 0;
        for (int i = 0; i < 250; i++) {
            var answer = ask(last);
            frame();
            last = answer.isDone() ? picture(answer).sequence() : last;
        }
        assertThat(last).isBetween(55L, 80L);
    }

    @Test
    void shouldNotShowAnOldPicture() throws InterruptedException {
        var answer = ask(0);
        frame();
        assertThat(answer).isDone();
        clock.pass(Duration.ofSeconds(5));

        assertThat(ask(0)).isNotDone();
    }

    @Test
    void shouldRefuseWhileTheCameraIsLost() {
        var waiting = ask(0);
        snapshots.tick(State.LOST, "unplugged");

        assertThat(refusal(waiting)).isEqualTo(Refusal.Code.CAMERA_UNAVAILABLE);
        var late =
                snapshots.ask(new GetPicture("front", 0, Deadline.after(Duration.ofHours(1))), State.FROZEN, "frozen");
        assertThat(refusal(late)).isEqualTo(Refusal.Code.CAMERA_UNAVAILABLE);
    }

    @Test
    void shouldForgetWhoDoesNotWaitAnyMore() {
        Deadline deadline = Deadline.after(Duration.ofHours(1));
        var waiting = snapshots.ask(new GetPicture("front", 0, deadline), State.LIVE, "");
        deadline.cancel();
        snapshots.tick(State.LIVE, "");

        assertThat(refusal(waiting)).isEqualTo(Refusal.Code.EXPIRED);
    }

    @Test
    void shouldHoldABoundedCrowd() {
        for (int i = 0; i < 64; i++) {
            assertThat(ask(0)).isNotDone();
        }
        assertThat(refusal(ask(0))).isEqualTo(Refusal.Code.CAMERA_UNAVAILABLE);
    }
}
